"""The decision record of a block on one page: facts, policy, what was weighed, who, when."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from services.cli.events import by_whom, happened
from services.cli.saying import day, moment, plain
from services.replay.page.clauses import clauses_table
from services.replay.page.markup import Markup, pairs, section, sentence, table, tag, text, theirs
from services.replay.page.posts import clipped, item_of, item_words
from services.replay.page.standing import appeal_words, because
from services.replay.page.timeline import without_weekday

Told = dict[str, Any]
NOT_SAID = "not recorded"
WEIGHED = (
    ("Reason", "reason"),
    ("Other channels offered", "other_channels_offered"),
    ("Adjustments for a disability", "adjustments_considered"),
)
SAME = {
    True: "Asked again with what was recorded before it: the same answer.",
    False: "Asked again, the answer differs: casebook audit --why tells how.",
    None: "It was brought along by an import: no verdict can be asked again.",
}


def record(found: Told) -> Markup:
    """The record of one block; in print it has a page of its own."""
    block, decision = found["block"], found["decision"]
    number = block["block"]
    return section(
        f"record-{number}",
        f"Decision record of block {number}",
        _decision(found),
        table(
            "The facts, as they were at the decision",
            ("Incident", "Flagged", "Judged", "Evidence", "Done before"),
            (_facts(each) for each in found["incidents"]),
        ),
        _weighed(decision["data"], found),
        clauses_table("The policy's words that it was decided under", found["clauses"]),
        _dates(found),
        class_="record",
    )


def _decision(found: Told) -> Markup:
    decision, approval = found["decision"], found["approval"]
    data, policy = decision["data"], decision.get("policy")
    rows: list[tuple[str, object]] = [
        ("Decided", sentence(decision["words"])),
        ("By", _person(decision)),
    ]
    if approval:
        rows.append(("Approved by", _person(approval)))
    rows += [(plain(each["type"]), sentence(each["words"])) for each in found["before"]]
    version = f"{policy['id']} version {policy['version']}" if policy else NOT_SAID
    rows += [
        ("Policy", version),
        ("Ground", plain(data.get("ground", NOT_SAID))),
        ("Verdict", SAME[found["same"]]),
    ]
    irregular = [f"{each['rule']}: {each['what']}" for each in decision["irregular"]]
    rows += [("Irregular", each) for each in irregular]
    return pairs(rows)


def _facts(incident: Told) -> tuple[object, ...]:
    flagged = incident["flagged"]
    item = item_of(flagged, incident["completed"]) if flagged else {}
    first = [text(item_words(item))]
    if item.get("text"):
        first.append(clipped(item["text"]))
    return (
        incident["incident"],
        Markup("<br>".join(first)),
        _told(incident["judged"]),
        _told(incident["evidence"]),
        _told(incident["done"]),
    )


def _weighed(data: Told, found: Told) -> Markup:
    weighed = data.get("proportionality", {})
    rows: list[tuple[str, object]] = [
        ("Aim", _said(weighed.get("aim"))),
        ("Less intrusive step", _said(weighed.get("less_intrusive"))),
        *((title, _said(data.get(field))) for title, field in WEIGHED),
        ("Would the same words in praise be blocked?", _neutral(data.get("viewpoint_neutral"))),
    ]
    if found["elsewhere"]:
        rows.append(("Incidents of linked cases", ", ".join(found["elsewhere"])))
    return Markup(tag("h3", "What was weighed") + pairs(rows))


def _dates(found: Told) -> Markup:
    block, decision = found["block"], found["decision"]
    data = decision["data"]
    rows: list[tuple[str, object]] = [
        ("Decided, recorded", f"{happened(decision)}; {moment(decision['recorded_at'])}"),
    ]
    if data.get("review_on"):
        rows.append(("To be reviewed", day(data["review_on"])))
    rows += [(_day_of(each), sentence(each["words"])) for each in found["after"]]
    rows.append(("Appeal", Markup(f"{text(appeal_words(block))}{because(block)}")))
    if block["complaint_route"]:
        rows.append(("Complaint", block["complaint_route"]))
    rows += [
        (
            f"{each['route'][:1].upper()}{each['route'][1:]}",
            f"until {day(each['until'])} ({each['law']})",
        )
        for each in block["other_routes"]
    ]
    return Markup(tag("h3", "Dates") + pairs(rows))


def _told(events: Iterable[Told]) -> Markup:
    """What events say, the day first; one that the decision could not know is marked."""
    lines = [
        Markup(f"{text(_day_of(each))}: {sentence(each['words'])}{_later(each)}") for each in events
    ]
    return Markup("<br>".join(lines)) if lines else text("-")


def _later(event: Told) -> Markup:
    if not event["known_later"]:
        return Markup("")
    return Markup(" " + tag("span", "recorded after the decision", class_="mark"))


def _day_of(event: Told) -> str:
    """The London day of an event, as far as it is known."""
    return without_weekday(happened(event)).partition(",")[0]


def _person(event: Told) -> str:
    return by_whom(event).removeprefix("by ")


def _said(words: str | None) -> Markup:
    return theirs(words) if words else text(NOT_SAID)


def _neutral(neutral: bool | None) -> str:
    return {True: "yes", False: "no", None: NOT_SAID}[neutral]
