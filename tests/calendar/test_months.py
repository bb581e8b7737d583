"""Months by the corresponding-date rule."""

from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar.months import corresponding_date

DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))
MONTHS = st.integers(-240, 240)


@pytest.mark.rule("D-1")
@pytest.mark.parametrize(
    ("day", "a_year_on"),
    [
        (date(2024, 2, 29), date(2025, 2, 28)),
        (date(2023, 2, 28), date(2024, 2, 28)),
        (date(2023, 3, 1), date(2024, 3, 1)),
        (date(2024, 2, 28), date(2025, 2, 28)),
        (date(2023, 3, 23), date(2024, 3, 23)),
    ],
)
def test_twelve_months_end_on_the_corresponding_date(day: date, a_year_on: date) -> None:
    assert corresponding_date(day, 12) == a_year_on


@pytest.mark.rule("D-1")
@pytest.mark.parametrize(
    ("day", "months", "wanted"),
    [
        (date(2025, 1, 31), 1, date(2025, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2025, 8, 31), 1, date(2025, 9, 30)),
        (date(2025, 9, 30), 1, date(2025, 10, 30)),
        (date(2025, 12, 15), 1, date(2026, 1, 15)),
        (date(2025, 11, 30), 3, date(2026, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2025, 3, 31), -1, date(2025, 2, 28)),
        (date(2026, 1, 15), -12, date(2025, 1, 15)),
        (date(2025, 6, 30), 0, date(2025, 6, 30)),
    ],
)
def test_a_month_without_such_a_day_gives_its_last(day: date, months: int, wanted: date) -> None:
    assert corresponding_date(day, months) == wanted


def test_a_date_past_the_year_9999_is_refused() -> None:
    with pytest.raises(ValueError, match="year"):
        corresponding_date(date(9999, 6, 1), 12)


@pytest.mark.rule("D-1")
@given(DAYS, MONTHS)
def test_it_stays_in_the_month_named_and_never_passes_the_day(day: date, months: int) -> None:
    found = corresponding_date(day, months)
    assert (found.year - day.year) * 12 + found.month - day.month == months
    last = monthrange(found.year, found.month)[1]
    assert found.day == day.day or (found.day == last and found.day < day.day)


@pytest.mark.rule("D-1")
@given(DAYS, st.integers(0, 400), MONTHS)
def test_a_later_day_never_gives_an_earlier_date(day: date, later: int, months: int) -> None:
    after = day + timedelta(days=later)
    assert corresponding_date(day, months) <= corresponding_date(after, months)
