"""Turns moments into London days and back, and reads and writes them as RFC 3339."""

import re
from datetime import UTC, date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")

_WANTED = "wanted like 2025-03-03T10:15:00+00:00"

# fromisoformat also takes week dates, missing seconds, any separator and, in newer Pythons,
# 24:00: RFC 3339 doesn't.
_RFC3339 = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3]):[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?"
    r"(?:Z|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])",
    re.IGNORECASE,
)


def london_date(moment: datetime) -> date:
    """Return the day it was in London at an aware moment (D-1, D-3).

    Raises ValueError for a moment without an offset.
    """
    # A moment is asked for several times while one command is judged.
    return _london_date_of_utc(moment) if moment.tzinfo is UTC else to_london(moment).date()


@lru_cache(maxsize=512)
def _london_date_of_utc(moment: datetime) -> date:
    return to_london(moment).date()


def to_london(moment: datetime) -> datetime:
    """Return an aware moment as the clocks in London showed it.

    Raises ValueError for a moment without an offset, which would be read as local time.
    """
    if moment.tzinfo is None:
        raise ValueError(f"{moment.isoformat()} has no offset from UTC")
    try:
        return moment.astimezone(LONDON)
    except OverflowError:
        raise ValueError(f"{moment.isoformat()} is outside the years that can be told") from None


def at_london(day: date, clock: time) -> datetime:
    """Return the moment at which London clocks show a time on a day.

    A time that comes twice is its first coming, unless `clock.fold` is 1; a time that the
    clocks skip is as long after the change as it would have been after the hour skipped.
    """
    return datetime.combine(day, clock, LONDON).astimezone(UTC).astimezone(LONDON)


def parse_moment(text: str) -> datetime:
    """Read an RFC 3339 date and time, its offset required, and return it in UTC.

    `T` and `Z` may be lower case; digits beyond microseconds are dropped. Raises ValueError
    saying what would be right.
    """
    if _RFC3339.fullmatch(text) is None:
        raise ValueError(f"{text[:40]!r} is not a date and time with offset: {_WANTED}")
    try:
        moment = datetime.fromisoformat(text.upper())
        return moment if moment.tzinfo is UTC else moment.astimezone(UTC)
    except (ValueError, OverflowError) as fault:
        raise ValueError(f"{text[:40]!r} is no real date and time: {fault}") from None


def write_moment(moment: datetime) -> str:
    """Write an aware moment in UTC, as `2025-03-03T10:15:00+00:00`.

    Microseconds are written only when there are any. Raises ValueError without an offset.
    """
    if moment.tzinfo is not UTC:
        if moment.tzinfo is None:
            raise ValueError(f"{moment.isoformat()} has no offset from UTC")
        moment = moment.astimezone(UTC)
    return _written(moment)


# Of moments in UTC only: elsewhere two that differ by the clock change would be one to the cache.
@lru_cache(maxsize=512)
def _written(moment: datetime) -> str:
    return moment.isoformat()
