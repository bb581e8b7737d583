"""Facts in the order in which they happened, whatever the order in which they were recorded.

A fold gets an event with its personal values cut out and put under `personal` by their dotted
path, so that none can slip into the clear part of a row.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from operator import itemgetter
from typing import Any
from zoneinfo import ZoneInfo

Event = Mapping[str, Any]
Row = dict[str, Any]
Fold = Callable[[Row | None, Event], Row | None]
History = list[list[Any]]

LONDON = ZoneInfo("Europe/London")
_WHEN = itemgetter(0)


def said(event: Event, field: str) -> Any:
    """The personal value in that field of the event's data (`account.name`), or None."""
    return event["personal"].get("data." + field)


def and_then(history: History, at: str, *fact: Any) -> History:
    """`history` with one more `[at, *fact]`; of two at the same moment the later recorded is last.

    Moments are RFC 3339 in UTC as stored, which sort as text.
    """
    if not history or history[-1][0] <= at:
        return [*history, [at, *fact]]
    place = bisect_right(history, at, key=_WHEN)
    return [*history[:place], [at, *fact], *history[place:]]


def latest(history: History, default: Any = None) -> Any:
    """The first word of the latest fact, or `default` where nothing has happened."""
    return history[-1][1] if history else default


def by_london_date(history: History, day: str) -> History:
    """The facts that had happened by the end of that London day."""
    return [fact for fact in history if london_date(fact[0]) <= day]


def london_date(moment: str) -> str:
    """The London date of a moment, as `2025-07-01` (D-1): days are counted as people live them."""
    return datetime.fromisoformat(moment).astimezone(LONDON).date().isoformat()


def numbered(parts: Mapping[str, Row]) -> list[tuple[int, Row]]:
    """Incidents, blocks, appeals or complaints by their number: 2 before 10."""
    return sorted((int(number), part) for number, part in parts.items())


def amended(row: Row, kind: str, number: int | str, **changes: Any) -> Row:
    """`row` with one of its numbered parts changed; a part not yet known begins here."""
    key = str(number)
    parts = row[kind]
    return {**row, kind: {**parts, key: {**parts.get(key, {}), **changes}}}


def part(row: Row, kind: str, number: int | str) -> Row:
    """One numbered part of a row, empty where nothing about it has been folded yet."""
    found: Row = row[kind].get(str(number), {})
    return found


def account(row: Row | None, event: Event, *kinds: str) -> Row:
    """The account's row, begun where this is the first event to reach it."""
    if row is not None:
        return row
    return {"case": event["case"], "council": event["council"], **{kind: {} for kind in kinds}}


def as_stored(moment: datetime) -> str:
    """A moment as events hold it, in UTC, so that the two compare as text."""
    return moment.astimezone(UTC).isoformat()
