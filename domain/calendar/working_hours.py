"""Counts hours, and of those the ones in which the office is open (D-18)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from domain.calendar.working_days import WorkingCalendar


def add_hours(moment: datetime, hours: int) -> datetime:
    """Return the moment so many hours later, whatever the clocks do in between.

    Raises ValueError for fewer than one.
    """
    if hours < 1:
        raise ValueError(f"{hours} hours: wanted one or more")
    return moment + timedelta(hours=hours)


def add_working_hours(calendar: WorkingCalendar, moment: datetime, hours: int) -> datetime:
    """Return the moment at which the office has been open for so many hours since.

    Hours begun run on at the next opening; what ends with the day is due as the office closes.
    Raises ValueError for fewer than one, PastCalendarError where the calendar ends first.
    """
    if hours < 1:
        raise ValueError(f"{hours} working hours: wanted one or more")
    left = timedelta(hours=hours)
    # Moments of one zone are compared and subtracted as its clocks show them: so in UTC.
    begun = moment.astimezone(UTC)
    day = calendar.next_working_day_on_or_after(moment)
    while True:
        begun = max(begun, calendar.opening_of(day).astimezone(UTC))
        there = calendar.close_of(day).astimezone(UTC) - begun
        if left <= there:
            return begun + left
        left -= there
        day = calendar.add_working_days(day, 1)
