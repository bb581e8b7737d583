"""One row as the events it tells of, in the order in which one follows from the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from services.importing.appealed import CalendarOf, appeal, outcome
from services.importing.blocked import block, police
from services.importing.flagged import capture, flag
from services.importing.judged import action_of, judge, remove
from services.importing.owed import raise_what_is_ahead
from services.importing.past import NOT_HELD, Happening, Past
from services.importing.rows import OTHER_DATES, Row, yes_or_no
from services.importing.wording import meaning, shown


@dataclass(frozen=True, slots=True)
class Taken:
    """Where rows are taken from, as events say it."""

    file_name: str
    sha256: str
    sheets: tuple[str, ...]

    def place(self, row: Row) -> str:
        """Which row of which file, so that anybody can look it up."""
        sheet = self.sheets[row.sheet]
        where = f"row {row.number}" + (f" of sheet {sheet}" if sheet else "")
        ref = f"{row.ref}: " if row.ref else ""
        return f"{ref}{where} of {self.file_name}, SHA-256 {self.sha256}"


def tell(
    past: Past, names: dict[str, str], opens: bool, taken: Taken, calendar_of: CalendarOf
) -> list[Happening]:
    """All that the row tells; `names` are those that the case doesn't have yet."""
    incident = len(past.case.incidents) + 1
    source = {"kind": "import", "received_via": taken.file_name[:4000], "already": "none"}
    flagged = flag(past, incident, {} if opens else names, source)
    capture(past, flagged, incident)
    found = judge(past, flagged, incident)
    remove(past, flagged, found, incident)
    blocked = block(past, flagged, found, incident) if past.row.blocks else None
    police(past, flagged, incident)
    asked = appeal(past, blocked, calendar_of)
    outcome(past, blocked, asked)
    raise_what_is_ahead(past, calendar_of)
    if opens:
        policy, held = flagged.policy, flagged.held
        at, precision = flagged.at, flagged.precision
        opened = Happening("AccountOpened", dict(names), at, precision, policy, held)
        if not held:
            opened.lacks(NOT_HELD, "versions", "rules")
        past.told.insert(0, opened)
    return past.told


def notes(past: Past, taken: Taken) -> str:
    """Where the row is, and what of it no field has room for."""
    lines = [f"{taken.place(past.row)}.", *_left_over(past)]
    return "\n".join(lines)[:100_000]


def _left_over(past: Past) -> Iterator[str]:
    said = past.row.said
    kept = {"notes"} | {name for name in OTHER_DATES if yes_or_no(said.get(name, "y")) is None}
    kept |= {"action"} if action_of(past) is None else set()
    kept |= (
        {"appeal_outcome"} if meaning("outcomes", said.get("appeal_outcome", "")) is None else set()
    )
    kept |= {"blocked"} if yes_or_no(said.get("blocked", "y")) is None else set()
    kept |= {"evidence"} if yes_or_no(said.get("evidence", "y")) is False else set()
    if not past.row.blocks:
        kept |= {"decided_by", "block_reason", "director_informed"}
    for name in said:
        if name in kept:
            yield f"{shown(name)}: {said[name]}"
    for heading, text in past.row.extra.items():
        yield f"{heading}: {text}"
