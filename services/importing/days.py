"""Dates as people write them: day first, in figures or words, or an Excel serial number."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple

from domain.calendar.london import LONDON, at_london

# A register has few days, each in many cells.
REMEMBERED = 4096
# Nobody posted anything before; a year such as 0219 is a slip of the hand.
FIRST_YEAR = 1990
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_CLOCK = (
    r"(?:[T,\s]+(?:at\s+)?(?P<clock>\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\.\d+)?)"
    r"\s*(?P<half>[ap]\.?m\.?)?(?P<zone>Z|[+-]\d{2}:?\d{2})?)?"
)
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+)?"
_YEAR_FIRST = re.compile(
    rf"(?P<y>\d{{4}})[-/.\s](?P<m>\d{{1,2}})[-/.\s](?P<d>\d{{1,2}}){_CLOCK}", re.I
)
_DAY_FIRST = re.compile(
    rf"{_WEEKDAY}(?P<d>\d{{1,2}})\s*[-/.\s]\s*(?P<m>\d{{1,2}})\s*[-/.\s]\s*(?P<y>\d{{4}}|\d{{2}}){_CLOCK}",
    re.I,
)
_MONTH_NAMED = re.compile(
    rf"{_WEEKDAY}(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[-/.,\s]*(?:of\s+)?(?P<month>[a-z]{{3,9}})[-/.,\s]*'?(?P<y>\d{{4}}|\d{{2}}){_CLOCK}",
    re.I,
)
_MONTH_FIRST = re.compile(
    rf"{_WEEKDAY}(?P<month>[a-z]{{3,9}})\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>\d{{4}}){_CLOCK}",
    re.I,
)
_FORMS = (_YEAR_FIRST, _DAY_FIRST, _MONTH_NAMED, _MONTH_FIRST)
_SERIAL = re.compile(r"(\d{5})(?:[.,]0*(\d+))?")
# Excel counts days from here; the first that could be a post on social media, and the last.
_EXCEL_ZERO = datetime(1899, 12, 30, tzinfo=UTC)
_SERIALS = range(36526, 73051)


class When(NamedTuple):
    """A London day, and the moment on it where the clock was written too."""

    day: date
    moment: datetime | None = None

    @property
    def at(self) -> datetime:
        """The moment from which it counts: the day's beginning where no clock is known."""
        return self.moment or _beginning(self.day)

    @property
    def precision(self) -> str:
        """How exactly it is known."""
        return "time" if self.moment else "day"

    def written(self) -> str:
        """The day, or the moment in UTC: what it means, however it was typed."""
        return self.moment.isoformat() if self.moment else self.day.isoformat()


def read_when(cell: str | datetime) -> When | None:
    """The date in a cell, or None where it is no date of the calendar."""
    return _moment(cell) if isinstance(cell, datetime) else _of_text(cell)


@lru_cache(REMEMBERED)
def _beginning(day: date) -> datetime:
    return at_london(day, time()).astimezone(UTC)


@lru_cache(REMEMBERED)
def _of_text(cell: str) -> When | None:
    text = " ".join(cell.replace("\u00a0", " ").split())
    if serial := _SERIAL.fullmatch(text):
        return _of_serial(text) if int(serial[1]) in _SERIALS else None
    for form in _FORMS:
        if match := form.fullmatch(text):
            return _of_match(match.groupdict())
    return None


def _of_match(parts: dict[str, str | None]) -> When | None:
    named = (parts.get("month") or "")[:3].casefold()
    month = MONTHS.index(named) + 1 if named in MONTHS else int(parts.get("m") or 0)
    year = int(parts["y"] or 0)
    year += 2000 if year < 100 else 0
    if year < FIRST_YEAR:
        return None
    try:
        day = datetime(year, month, int(parts["d"] or 0), tzinfo=UTC)
        clock = _clock(parts.get("clock"), parts.get("half"))
    except ValueError:
        return None
    zone = parts.get("zone")
    if clock and zone:
        zone = "+00:00" if zone in "zZ" else zone
        return _aware(datetime.fromisoformat(f"{day:%Y-%m-%d}T{clock.isoformat()}{zone}"))
    return _moment(datetime.combine(day.date(), clock or time(), tzinfo=LONDON))


def _clock(text: str | None, half: str | None) -> time | None:
    if not text:
        return None
    hours, minutes, *seconds = re.split(r"[:.]", text)
    hour = int(hours)
    if half:
        hour = hour % 12 + (12 if half[0] in "pP" else 0)
    return time(hour, int(minutes), int(seconds[0]) if seconds else 0)


def _of_serial(text: str) -> When | None:
    moment = _EXCEL_ZERO + timedelta(seconds=round(float(text.replace(",", ".")) * 86400))
    return _moment(moment)


def _moment(moment: datetime) -> When:
    """Whatever clock it carries, a spreadsheet's time is the time on London's clocks."""
    if moment.time().replace(microsecond=0) == time():
        return When(moment.date())
    at = at_london(moment.date(), moment.time().replace(microsecond=0))
    return When(moment.date(), at.astimezone(UTC))


def _aware(moment: datetime) -> When:
    return When(moment.astimezone(LONDON).date(), moment.astimezone(UTC))
