"""Hours by the clock, and hours in which the office is open."""

from datetime import UTC, datetime

import pytest

from domain.calendar.london import parse_moment
from domain.calendar.working_days import (
    OfficeHours,
    PastCalendarError,
    WorkingCalendar,
    england_and_wales,
    no_holidays,
)
from domain.calendar.working_hours import add_hours, add_working_hours

WEEK = {day: ["09:00", "17:00"] for day in ("monday", "tuesday", "wednesday", "thursday")}
OFFICE = WorkingCalendar(OfficeHours({**WEEK, "friday": ["09:00", "16:45"]}), england_and_wales())
ALWAYS_ON = WorkingCalendar(OfficeHours({**WEEK, "friday": ["09:00", "16:45"]}), no_holidays())


@pytest.mark.parametrize(
    ("begun", "hours", "due"),
    [
        ("2026-03-02T10:00:00+00:00", 4, "2026-03-02T14:00:00+00:00"),
        ("2026-03-02T13:00:00+00:00", 4, "2026-03-02T17:00:00+00:00"),
        ("2026-03-02T13:30:00+00:00", 4, "2026-03-03T09:30:00+00:00"),
        ("2026-03-02T08:00:00+00:00", 4, "2026-03-02T13:00:00+00:00"),
        ("2026-03-02T17:00:00+00:00", 1, "2026-03-03T10:00:00+00:00"),
        ("2026-03-06T16:00:00+00:00", 1, "2026-03-09T09:15:00+00:00"),
        ("2026-03-07T12:00:00+00:00", 8, "2026-03-09T17:00:00+00:00"),
        ("2026-03-27T16:00:00+00:00", 1, "2026-03-30T08:15:00+00:00"),
        ("2026-04-02T15:00:00+00:00", 2, "2026-04-07T09:00:00+00:00"),
        ("2026-03-02T09:00:00+00:00", 24, "2026-03-04T17:00:00+00:00"),
    ],
    ids=[
        "within a day",
        "to the close itself",
        "over night",
        "from opening where it came before",
        "from the next opening where it came at closing",
        "over a week-end and a short Friday",
        "from Monday where it came on Saturday",
        "over the change of the clocks",
        "over Easter",
        "over three days",
    ],
)
def test_working_hours_are_those_in_which_the_office_is_open(begun, hours, due):
    found = add_working_hours(OFFICE, parse_moment(begun), hours)
    assert found == parse_moment(due)


def test_without_holidays_easter_is_worked():
    begun = parse_moment("2026-04-02T15:00:00+00:00")
    assert add_working_hours(ALWAYS_ON, begun, 2) == parse_moment("2026-04-03T09:00:00+00:00")
    assert ALWAYS_ON.version == "no-holidays"
    assert ALWAYS_ON.last_day.year == 9999


def test_hours_are_hours_also_where_the_clocks_change():
    begun = datetime(2026, 3, 28, 12, tzinfo=UTC)
    assert add_hours(begun, 24) == datetime(2026, 3, 29, 12, tzinfo=UTC)


@pytest.mark.parametrize("hours", [0, -1])
def test_fewer_than_one_is_no_time(hours):
    begun = datetime(2026, 3, 2, 12, tzinfo=UTC)
    with pytest.raises(ValueError, match="wanted one or more"):
        add_working_hours(OFFICE, begun, hours)
    with pytest.raises(ValueError, match="wanted one or more"):
        add_hours(begun, hours)


def test_past_the_calendar_it_says_so():
    begun = datetime.combine(OFFICE.last_day, datetime.min.time(), UTC)
    with pytest.raises(PastCalendarError):
        add_working_hours(OFFICE, begun, 100)
