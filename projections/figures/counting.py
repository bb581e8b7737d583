"""Counts the events of one account; every count is of what was known at the cut-off."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from projections.facts import Event, Row, london_date
from projections.figures.account import Facts, duties_of, facts_of
from projections.figures.counted import COUNTED, DUTIES, IRREGULAR, Counted
from projections.figures.tables import Words, row_in
from projections.figures.tally import MONTH, NOT_KNOWN, Cell, Tally


class Period(NamedTuple):
    """From one London day to another, both inclusive."""

    first: str
    last: str

    def holds(self, day: str | None) -> bool:
        """Whether that day is in it; what happened on no known day is in none."""
        return day is not None and self.first <= day <= self.last


def count_account(
    tally: Tally, events: Sequence[Event], at: datetime, words: Words, period: Period | None = None
) -> None:
    """Add to `tally` what one account's events come to, given in the order of recording.

    They are those recorded by the cut-off `at`. Without a period all of them count, in no month
    where the day is not known.
    """
    for counted, day, rows in _counts(events, at):
        if period is None or period.holds(day):
            tally[Cell(counted.measure)] += 1
            tally[Cell(counted.measure, MONTH, day[:7] if day else NOT_KNOWN)] += 1
            for table in counted.by:
                tally[Cell(counted.measure, table, row_in(table, rows, words))] += 1


def _counts(
    events: Sequence[Event], at: datetime
) -> Iterator[tuple[Counted, str | None, Mapping[str, Any]]]:
    """Each thing that counts: as what, on which London day, and what its tables go by."""
    facts = facts_of(events, at)
    upheld: set[int] = set()
    for event in events:
        day = _day(event)
        if not _again(event, upheld):
            for counted in COUNTED.get(event["type"], ()):
                about = _about(event, facts)
                on = event["data"].get(counted.day) or day if counted.day else day
                for entry in _entries(event["data"], counted):
                    yield counted, on, {**about, **entry}
        for entry in event["irregular"]:
            yield IRREGULAR, day, entry
    for duty in duties_of(events, at):
        yield DUTIES, london_date(duty["raised_at"]), {"duty": duty["code"], "outcome": _met(duty)}


def _day(event: Event) -> str | None:
    return None if event["precision"] == "unknown" else london_date(event["occurred_at"])


def _again(event: Event, upheld: set[int]) -> bool:
    """Whether it only adds to a finding that stands: that the item is extreme, for instance."""
    type, incident = event["type"], event["data"].get("incident")
    if type in ("FlagDismissed", "FindingOverturned"):
        upheld.discard(incident)
    if type != "FlagUpheld":
        return False
    known = incident in upheld
    upheld.add(incident)
    return known


def _about(event: Event, facts: Facts) -> dict[str, Any]:
    """What is known of the incident, else of the block, else of the appeal, that it is about."""
    data = event["data"]
    about: dict[str, Any] = {}
    for kind in ("block", "incident", "appeal"):
        if isinstance(number := data.get(kind), int):
            about = facts.get((kind, number), {})
    told = {word: value for word, value in data.items() if not isinstance(value, dict | list)}
    kinds = {word: data[word].get("kind") for word in ("source", "length") if word in data}
    return {**about, **told, **kinds}


def _entries(data: Mapping[str, Any], counted: Counted) -> Iterator[Mapping[str, Any]]:
    if not counted.each:
        yield {}
        return
    for entry in data.get(counted.each, ()):
        yield entry if isinstance(entry, Mapping) else {counted.by[0]: entry}


def _met(duty: Row) -> str:
    if duty["status"] == "owed":
        return "overdue" if duty["overdue"] else "open"
    if duty["status"] == "discharged":
        return "met_in_time" if duty["due"] else "met"
    return "waived" if duty["status"] == "waived" else "met_late"
