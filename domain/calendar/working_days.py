"""Counts working days and says when the office is open (D-18, D-19)."""

from datetime import date, datetime, timedelta

from domain.calendar.bank_holidays import (
    BankHolidays,
    PastCalendarError,
    england_and_wales,
    no_holidays,
    read_bank_holidays,
)
from domain.calendar.london import at_london, to_london
from domain.calendar.office_hours import OfficeHours, Opening

__all__ = [
    "BankHolidays",
    "OfficeHours",
    "PastCalendarError",
    "WorkingCalendar",
    "england_and_wales",
    "no_holidays",
    "read_bank_holidays",
]

_ONE_DAY = timedelta(days=1)


class WorkingCalendar:
    """One office's working days: its weekdays of opening, less the bank holidays.

    `version` is what a deadline keeps, to say which calendar computed it; `last_day` is the
    last date it answers for. Every question raises PastCalendarError for a date outside the
    bank holiday list, also where only the counting runs off its end.
    """

    def __init__(self, hours: OfficeHours, holidays: BankHolidays) -> None:
        self.version = holidays.version
        self.last_day = holidays.last_day
        self._hours = hours
        self._holidays = holidays
        self._openings: dict[date, Opening | None] = {}
        self._following: dict[date, date] = {}
        self._closes: dict[date, datetime] = {}

    def is_working_day(self, day: date) -> bool:
        """Tell whether the office opens on a date at all."""
        return self._opening(day) is not None

    def add_working_days(self, day: date, n: int) -> date:
        """Return the n-th working day after a date, the date itself not counted (D-19).

        Raises ValueError for fewer than one.
        """
        if n < 1:
            raise ValueError(f"{n} working days: wanted one or more")
        following = self._following
        for _ in range(n):
            day = following.get(day) or self._working_day_after(day)
        return day

    def close_of(self, day: date) -> datetime:
        """Return the moment the office closes on a working day, in London time (D-19).

        Raises ValueError for a day on which it doesn't open.
        """
        closes = self._closes.get(day)
        if closes is None:
            opening = self._opening(day)
            if opening is None:
                raise ValueError(f"{day} is not a working day in {self.version}")
            closes = self._closes[day] = at_london(day, opening.closes)
        return closes

    def opening_of(self, day: date) -> datetime:
        """Return the moment the office opens on a working day, in London time (D-18).

        Raises ValueError for a day on which it doesn't open.
        """
        opening = self._opening(day)
        if opening is None:
            raise ValueError(f"{day} is not a working day in {self.version}")
        return at_london(day, opening.opens)

    def is_open(self, moment: datetime) -> bool:
        """Tell whether the office is open: from opening time, no longer at closing (D-18)."""
        local = to_london(moment)
        opening = self._opening(local.date())
        return opening is not None and opening.opens <= local.time() < opening.closes

    def next_working_day_on_or_after(self, moment: datetime) -> date:
        """Return the day on which something received at a moment is first worked.

        That day itself if it is a working day not yet closed, else the next working day.
        """
        local = to_london(moment)
        day = local.date()
        opening = self._opening(day)
        if opening is not None and local.time() < opening.closes:
            return day
        return self.add_working_days(day, 1)

    def _opening(self, day: date) -> Opening | None:
        try:
            return self._openings[day]
        except KeyError:
            opening = None if self._holidays.is_holiday(day) else self._hours.on(day)
            self._openings[day] = opening
            return opening

    def _working_day_after(self, day: date) -> date:
        candidate = day
        self._opening(day)  # refuses a start outside the calendar, as every other question does
        while not self.is_working_day(candidate := candidate + _ONE_DAY):
            pass
        self._following[day] = candidate
        return candidate
