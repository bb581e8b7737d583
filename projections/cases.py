"""Cases: which there are, whose they are, and what in them nobody has judged yet."""

from __future__ import annotations

from typing import Any

from projections import sanctions
from projections.facts import (
    Event,
    Fold,
    History,
    Row,
    account,
    amended,
    and_then,
    latest,
    numbered,
    part,
    said,
)

DONE = {"dismissed", "overturned"}


def opened(row: Row | None, event: Event) -> Row:
    """A case begins with an account, known or not yet."""
    return _named({**_case(row, event), "platform": event["data"].get("platform")}, event, "")


def flagged(row: Row | None, event: Event) -> Row:
    """An incident waits for its judgement from the moment at which it was flagged."""
    data = event["data"]
    row = amended(
        _case(row, event),
        "incidents",
        data["incident"],
        flagged_at=event["occurred_at"],
        seen=[[event["occurred_at"], data.get("seen_at"), event["sequence"]]],
    )
    return _also_called(_remembered(row, event, "flagged_as", "account.name"), event)


def completed(row: Row | None, event: Event) -> Row:
    """What the flag lacked is known now: when it was seen, whose account it is."""
    row, data = _case(row, event), event["data"]
    if "seen_at" in data:
        seen = part(row, "incidents", data["incident"]).get("seen", [])
        fact = (event["occurred_at"], data["seen_at"], event["sequence"])
        row = amended(row, "incidents", data["incident"], seen=and_then(seen, *fact))
    platform = data.get("account", {}).get("platform")
    return _named({**row, "platform": platform or row["platform"]}, event, "account.")


def upheld(row: Row | None, event: Event) -> Row:
    """The post broke the policy, in these categories."""
    findings = event["data"]["findings"]
    return _judged(row, event, "upheld", [finding["category"] for finding in findings])


def dismissed(row: Row | None, event: Event) -> Row:
    """The post broke nothing, or isn't ours to judge."""
    return _judged(row, event, "dismissed")


def overturned(row: Row | None, event: Event) -> Row:
    """The finding counts no more."""
    return _judged(row, event, "overturned")


def closed(row: Row | None, event: Event) -> Row:
    """Nothing more will be done about the incident."""
    number = event["data"]["incident"]
    return amended(_case(row, event), "incidents", number, closed_at=event["occurred_at"])


def renamed(row: Row | None, event: Event) -> Row:
    """The account goes by another handle; the old one still finds the case."""
    return _named(_case(row, event), event, "")


def corrected(row: Row | None, event: Event) -> Row | None:
    """A wrong name, handle or time of seeing is put right where it was first said."""
    row, field = _case(row, event), event["data"]["field"]
    first, value = event["data"]["sequence"], said(event, "value")
    if field == "seen_at":
        for number, incident in row["incidents"].items():
            seen = _put_right(incident.get("seen", []), first, value)
            row = amended(row, "incidents", number, seen=seen)
        return row
    lists = {"name": ("names", "flagged_as"), "handle": ("handles",)}
    personal = dict(row["personal"])
    for name in lists.get(field.removeprefix("account."), ()):
        personal[name] = _put_right(personal.get(name, []), first, value)
    return {**row, "personal": personal}


def warned(row: Row | None, event: Event) -> Row:
    """The person was warned, or the attempt failed."""
    return sanctions.warned(_case(row, event), event)


def muted(row: Row | None, event: Event) -> Row:
    """The account is muted on these pages."""
    return sanctions.muted(_case(row, event), event)


def mute_ended(row: Row | None, event: Event) -> Row:
    """The account is muted on these pages no longer."""
    return sanctions.mute_ended(_case(row, event), event)


def linked(row: Row | None, event: Event) -> Row:
    """Another case is held to be of the same account, or of the same person."""
    return _tied(row, event, "linked")


def unlinked(row: Row | None, event: Event) -> Row:
    """The two are not one after all."""
    return _tied(row, event, "unlinked")


FOLDS: dict[str, Fold] = {
    "AccountOpened": opened,
    "CommentFlagged": flagged,
    "RecordCompleted": completed,
    "FlagUpheld": upheld,
    "FlagDismissed": dismissed,
    "FindingOverturned": overturned,
    "IncidentClosed": closed,
    "WarningGiven": warned,
    "Muted": muted,
    "MuteEnded": mute_ended,
    "HandleChanged": renamed,
    "AccountsLinked": linked,
    "AccountsUnlinked": unlinked,
    "RecordCorrected": corrected,
}


COLUMNS = ("case_ref", "council", "platform", "unreviewed")


def found_by(row: Row) -> tuple[object, ...]:
    """What a table finds the row by: COLUMNS."""
    return row["case"], row["council"], row["platform"], len(unreviewed(row))


def handle(row: Row) -> str | None:
    """The handle the account goes by now."""
    found: str | None = latest(row["personal"].get("handles", []))
    return found


def name(row: Row) -> str | None:
    """The name shown on the account, or as the first flag that gave one had it."""
    flagged_as = row["personal"].get("flagged_as", [])
    first = flagged_as[0][1] if flagged_as else None
    found: str | None = latest(row["personal"].get("names", []), first)
    return found


def judgement(incident: Row) -> str:
    """flagged, upheld, dismissed, overturned or closed."""
    found: str = latest(incident.get("judged", []), "flagged")
    return "closed" if "closed_at" in incident else found


def categories(row: Row) -> set[str]:
    """The categories of every finding that still stands."""
    standing = [i for i in row["incidents"].values() if latest(i.get("judged", [])) == "upheld"]
    judged = [fact for incident in standing for fact in incident["judged"]]
    return {category for fact in judged if fact[1] == "upheld" for category in fact[2]}


def unreviewed(row: Row) -> list[Row]:
    """Incidents that were flagged and neither upheld nor dismissed, and since when they wait."""
    return [
        {"incident": n, "seen_at": latest(i["seen"]), "waiting_since": i["flagged_at"]}
        for n, i in numbered(row["incidents"])
        if "flagged_at" in i and "judged" not in i
    ]


def links(row: Row) -> list[Row]:
    """The other cases that are held to be of the same account or person now."""
    return [
        {"case": case, "kind": kind, "since": facts[-1][0]}
        for case, kinds in sorted(row.get("links", {}).items())
        for kind, facts in sorted(kinds.items())
        if latest(facts) == "linked"
    ]


def status(row: Row, standing: int, owed: int) -> str:
    """blocked while a block stands; closed once each incident is done with and nothing is owed."""
    if standing:
        return "blocked"
    over = all(
        "closed_at" in incident or latest(incident.get("judged", [])) in DONE
        for incident in row["incidents"].values()
    )
    return "closed" if over and not owed else "open"


def _case(row: Row | None, event: Event) -> Row:
    return row or {**account(row, event, "incidents", "personal"), "platform": None}


def _tied(row: Row | None, event: Event, word: str) -> Row:
    row, data = _case(row, event), event["data"]
    known = row.get("links", {})
    kinds = known.get(data["other"], {})
    facts = and_then(kinds.get(data["kind"], []), event["occurred_at"], word)
    return {**row, "links": {**known, data["other"]: {**kinds, data["kind"]: facts}}}


def _judged(row: Row | None, event: Event, *fact: Any) -> Row:
    row, number = _case(row, event), event["data"]["incident"]
    judged = part(row, "incidents", number).get("judged", [])
    history = and_then(judged, event["occurred_at"], *fact)
    return amended(row, "incidents", number, judged=history)


def _named(row: Row, event: Event, where: str) -> Row:
    row = _remembered(row, event, "handles", where + "handle")
    return _remembered(row, event, "names", where + "name")


def _remembered(row: Row, event: Event, kind: str, path: str) -> Row:
    value = said(event, path)
    if not value:
        return row
    fact = (event["occurred_at"], value, event["sequence"])
    known = row["personal"].get(kind, [])
    return {**row, "personal": {**row["personal"], kind: and_then(known, *fact)}}


def _also_called(row: Row, event: Event) -> Row:
    """A flag may tell another handle than the case has, which nobody recorded as a change."""
    told = said(event, "account.handle")
    personal = row["personal"]
    if not told or any(
        told == fact[1] for kind in ("handles", "told") for fact in personal.get(kind, ())
    ):
        return row
    return _remembered(row, event, "told", "account.handle")


def _put_right(history: History, first: int, value: Any) -> History:
    return [[at, value if seq == first else old, seq] for at, old, seq in history]
