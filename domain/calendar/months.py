"""Counts calendar months by the corresponding-date rule (D-1)."""

from calendar import monthrange
from datetime import date


def corresponding_date(day: date, months: int) -> date:
    """Return the same day of the month that many months on (negative: back).

    A month that has no such day gives its last day, so 29 Feb 2024 and twelve months is
    28 Feb 2025. Raises ValueError beyond the years 1 to 9999. Source: D-1.
    """
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
