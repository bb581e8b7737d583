"""One case as one HTML file to print: no script, nothing fetched, every word escaped."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from importlib.resources import files
from typing import Any

from domain.calendar.london import write_moment
from services.cli.saying import moment, plain
from services.replay.page.clauses import clauses_table
from services.replay.page.markup import Markup, pairs, section, tag, theirs
from services.replay.page.posts import posts
from services.replay.page.records import record
from services.replay.page.standing import how_it_stands
from services.replay.page.timeline import corrected, timeline

Told = dict[str, Any]


def page(found: Told, records: list[Told], now: datetime) -> str:
    """The page of a case as `Replay.at` gives it, with its `Replay.records`; printed at `now`."""
    title = f"Case {found['case']}, {found['council']}"
    style = files(__package__).joinpath("style.css").read_text(encoding="utf-8")
    head = tag(
        "head",
        Markup('<meta charset="utf-8">'),
        Markup('<meta name="viewport" content="width=device-width, initial-scale=1">'),
        tag("title", f"{title}: {_asked(found)}"),
        tag("style", Markup(style)),
    )
    parts = list(_parts(found, records))
    body = tag(
        "body", tag("header", tag("h1", title), _head(found, now)), _contents(found, records),
        tag("main", *parts),
    )  # fmt: skip
    return f"<!DOCTYPE html>\n{tag('html', head, body, lang='en-GB')}\n"


def _parts(found: Told, records: list[Told]) -> Iterator[Markup]:
    if found["state"] is None:
        begins = found["begins"]
        first = moment(begins["occurred_at"])
        said = f"The case had not begun. Its first event happened on {first}"
        known = f"and the first was recorded on {moment(begins['recorded_at'])}."
        yield section("begins", "Not begun", tag("p", f"{said}, {known}"))
        return
    yield how_it_stands(found)
    yield section("timeline", "Timeline", timeline(found))
    if found["corrections"]:
        yield section("corrections", "Corrections", corrected(found))
    yield posts(found)
    yield from map(record, records)
    yield _policy(found["policy"])


def _head(found: Told, now: datetime) -> Markup:
    handle = theirs(found["handle"]) if found["handle"] else "not known"
    rows: list[tuple[str, object]] = [
        ("Council", found["council"]),
        ("Account", Markup(f"{handle}, on {found['platform'] or 'no known platform'}")),
        ("Shown", _asked(found)),
        ("Printed", moment(write_moment(now))),
    ]
    if found["state"]:
        rows.insert(2, ("The case is", plain(found["state"]["status"])))
    return pairs(rows)


def _asked(found: Told) -> str:
    """On which clocks the case is shown."""
    parts = []
    if found["as_of"]:
        parts.append(f"as it stood by {moment(found['as_of'])}")
    if found["as_known_at"]:
        parts.append(f"as it was known by {moment(found['as_known_at'])}")
    return ", ".join(parts) or "all that is recorded"


def _contents(found: Told, records: list[Told]) -> Markup:
    if found["state"] is None:
        return Markup("")
    named = [("standing", "How it stands"), ("timeline", "Timeline")]
    named += [("corrections", "Corrections")] if found["corrections"] else []
    named.append(("posts", "Posts and evidence"))
    for each in records:
        number = each["block"]["block"]
        named.append((f"record-{number}", f"Decision record of block {number}"))
    named.append(("policy", "The policy's words"))
    links = [tag("li", tag("a", title, href=f"#{key}")) for key, title in named]
    return tag("nav", tag("ul", *links), aria_label="Contents")


def _policy(policy: Told | None) -> Markup:
    if policy is None:
        return section("policy", "The policy's words", tag("p", "No policy was known then."))
    since = f"since {policy['from']}" if policy["from"] else "without a first day"
    force = "in force" if policy["in_force"] else "not in force yet"
    said = f"{policy['id']}, version {policy['version']}, {force} {since}. SHA-256 of its file:"
    return section(
        "policy",
        "The policy's words",
        tag("p", f"{said} {policy['sha256']}."),
        clauses_table("Clauses that this case cites", policy["clauses"]),
    )
