"""One event in lines: when, what, recorded when, by whom, under which rules, then owed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from services.cli.duties import in_words as duty_in_words
from services.cli.saying import moment, plain

Event = dict[str, Any]


def event_in_words(
    event: Event, correction: Event | None = None, corrected: Iterable[Event] = ()
) -> Iterator[str]:
    """The event; `correction` is what it corrects, `corrected` what later ones correct in it."""
    yield f"{event['sequence']}. {happened(event)}: {event['words']}"
    late = ", late" if event["late"] else ""
    yield f"  Recorded {moment(event['recorded_at'])}{late}, {by_whom(event)}."
    if under := f"{', '.join(event['rules'])}{_policies(event)}".strip():
        yield f"  Under {under.removeprefix('of ')}."
    yield from (f"  Irregular: {each['rule']}, {each['what']}" for each in event["irregular"])
    yield from (f"  Then owed: {duty_in_words(duty)}" for duty in event["duties"])
    if discharged := event["discharges"]:
        yield f"  Met what was owed: {', '.join(discharged)}."
    if place := event.get("imported"):
        yield f"  Imported: {imported_words(place)}."
    if correction and correction["first"] != correction["was"]:
        yield f"  It was recorded at first as {_said(correction['first'])}."
    yield from (f"  {corrected_words(each)}" for each in corrected)


def corrected_words(correction: Event) -> str:
    """What a field of the event said, what it says now, who said so, when and why."""
    change = f"{_said(correction['was'])} is now {_said(correction['now'])}"
    who = f"{correction['by']} on {moment(correction['occurred_at'])}"
    return (
        f"Corrected by event {correction['sequence']}: {correction['field']} {change}; "
        f"by {who}, because {_said(correction['reason'])}."
    )


def imported_words(place: Event) -> str:
    """Which row of which file, with its SHA-256."""
    if place["row"] is None:
        return "which row of which file is not recorded any more"
    sheet = f" of sheet {place['sheet']}" if place["sheet"] else ""
    ref = f", its reference {place['ref']}" if place["ref"] else ""
    return f"row {place['row']}{sheet} of {place['file']}{ref}, SHA-256 {place['sha256']}"


def happened(event: Event) -> str:
    """When it happened, as exactly as that is known."""
    if event["precision"] == "unknown":
        return "On no known date"
    told = moment(event["occurred_at"])
    return told.rpartition(",")[0] if event["precision"] == "day" else told


def by_whom(event: Event) -> str:
    """Who acted, in which role, and for whom."""
    actor, other = event["actor"], event.get("on_behalf_of")
    role = f" as {plain(actor['role'])}" if actor.get("role") else ""
    behalf = f" on behalf of {other}" if other else ""
    return f"by {actor['id']}{role}{behalf}"


def _policies(event: Event) -> str:
    named = [event[word] for word in ("policy", "substance") if event.get(word)]
    told = (f"{each['id']} version {each['version']}" for each in named)
    return f" of {' and, for the words, '.join(told)}" if named else ""


def _said(text: str | None) -> str:
    return f"“{text}”" if text is not None else "(nothing)"
