"""When the office is open: half-open hours, holidays closed."""

from datetime import date, time
from typing import Any

import pytest

from domain.calendar.bank_holidays import england_and_wales
from domain.calendar.london import at_london, parse_moment
from domain.calendar.office_hours import OfficeHours
from domain.calendar.working_days import WorkingCalendar


@pytest.mark.rule("D-18", "R-A39")
@pytest.mark.parametrize(
    ("clock", "is_open"),
    [
        (time(8, 59, 59, 999999), False),
        (time(9), True),
        (time(16, 59, 59, 999999), True),
        (time(17), False),
    ],
)
def test_the_office_is_open_from_opening_and_shut_at_closing(
    office: WorkingCalendar, clock: time, is_open: bool
) -> None:
    friday = date(2025, 3, 7)
    assert office.is_open(at_london(friday, clock)) is is_open


@pytest.mark.rule("R-N46", "R-A39")
def test_friday_at_ten_to_five_is_inside_one_office_s_hours_and_outside_the_other_s(
    office: WorkingCalendar, early_friday_office: WorkingCalendar
) -> None:
    friday = at_london(date(2025, 3, 7), time(16, 50))
    assert office.is_open(friday)
    assert not early_friday_office.is_open(friday)
    assert early_friday_office.is_open(at_london(date(2025, 3, 6), time(16, 50)))


@pytest.mark.rule("D-18")
@pytest.mark.parametrize("day", [date(2025, 3, 8), date(2025, 3, 9), date(2026, 4, 3)])
def test_weekends_and_bank_holidays_are_closed(office: WorkingCalendar, day: date) -> None:
    assert not office.is_open(at_london(day, time(10)))


@pytest.mark.rule("D-18")
def test_hours_follow_the_london_clock_in_summer_and_winter(office: WorkingCalendar) -> None:
    assert not office.is_open(parse_moment("2025-03-28T08:30:00Z"))
    assert office.is_open(parse_moment("2025-03-31T08:30:00Z"))
    assert not office.is_open(parse_moment("2025-03-31T16:00:00Z"))
    assert office.is_open(parse_moment("2025-10-27T16:30:00Z"))


@pytest.mark.rule("D-18")
def test_an_office_open_on_saturdays_is_closed_on_christmas_day_and_its_substitute() -> None:
    hours = OfficeHours({"monday": ["09:00", "17:00"], "saturday": ["10:00", "12:00"]})
    office = WorkingCalendar(hours, england_and_wales())
    assert office.is_working_day(date(2021, 12, 18))
    assert not office.is_working_day(date(2021, 12, 25))
    assert not office.is_working_day(date(2021, 12, 27))


@pytest.mark.parametrize(
    ("times", "fault"),
    [
        ({}, "at least one"),
        ({"Monday": ["09:00", "17:00"]}, "'Monday' is not a weekday"),
        ({"monday": ["09:00"]}, "monday: wanted an opening and a closing"),
        ({"monday": "09:00-17:00"}, "monday: wanted an opening and a closing"),
        ({"monday": ["17:00", "09:00"]}, "monday: closes at 09:00, not after it opens"),
        ({"monday": ["09:00", "09:00"]}, "monday: closes at 09:00"),
        ({"monday": ["9:00", "17:00"]}, "monday: '9:00' is not a time"),
        ({"monday": ["0900", "17:00"]}, "monday: '0900' is not a time"),
        ({"monday": ["09:00", "24:00"]}, "monday: '24:00' is not a time"),
        ({"monday": ["09:00", "17:00:30"]}, "monday: '17:00:30' is not a time"),
        ({"monday": [9, 17]}, "monday: 9 is not a time"),
    ],
)
def test_faulty_hours_are_refused_naming_the_weekday(times: Any, fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        OfficeHours(times)
