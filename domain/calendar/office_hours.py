"""Says when the office is open on each weekday (D-18)."""

from collections.abc import Mapping, Sequence
from datetime import date, time
from typing import NamedTuple

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class Opening(NamedTuple):
    """The hours of one day, half-open: open at `opens`, no longer at `closes` (D-18)."""

    opens: time
    closes: time


class OfficeHours:
    """Opening times for each weekday; a weekday that isn't named is closed.

    Built from a mapping such as `{"monday": ["09:00", "17:00"]}`, in London time. Raises
    ValueError naming the weekday for an unknown name, a time that isn't HH:MM, a closing
    time not after the opening time, and for an office that never opens.
    """

    def __init__(self, times: Mapping[str, Sequence[str]]) -> None:
        unknown = [name for name in times if name not in WEEKDAYS]
        if unknown:
            raise ValueError(f"{unknown[0]!r} is not a weekday: wanted {', '.join(WEEKDAYS)}")
        if not times:
            raise ValueError("office hours name no weekday: wanted at least one")
        self._openings = tuple(
            _opening(name, times[name]) if name in times else None for name in WEEKDAYS
        )

    def on(self, day: date) -> Opening | None:
        """Return the hours of the weekday a date falls on, or None where it is closed."""
        return self._openings[day.weekday()]


def _opening(weekday: str, times: Sequence[str]) -> Opening:
    if isinstance(times, str) or len(times) != 2:
        raise ValueError(f"{weekday}: wanted an opening and a closing time, as 09:00 and 17:00")
    opening = Opening(_clock(weekday, times[0]), _clock(weekday, times[1]))
    if opening.opens >= opening.closes:
        raise ValueError(f"{weekday}: closes at {times[1]}, not after it opens at {times[0]}")
    return opening


def _clock(weekday: str, text: str) -> time:
    try:
        clock = time.fromisoformat(text)
    except (TypeError, ValueError):
        clock = None
    # fromisoformat also takes 0900 and 09:00:30.
    if clock is None or clock.isoformat("minutes") != text:
        raise ValueError(f"{weekday}: {text!r} is not a time of day: wanted HH:MM")
    return clock
