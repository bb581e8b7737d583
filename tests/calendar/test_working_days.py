"""Working days counted from a day, itself excluded, to the close of the last."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar.bank_holidays import (
    BankHolidays,
    PastCalendarError,
    england_and_wales,
)
from domain.calendar.london import LONDON, at_london, london_date, write_moment
from domain.calendar.office_hours import OfficeHours
from domain.calendar.working_days import WorkingCalendar

WEEKDAYS = {
    day: ["09:00", "17:00"] for day in ("monday", "tuesday", "wednesday", "thursday", "friday")
}
OFFICE = WorkingCalendar(OfficeHours(WEEKDAYS), england_and_wales())
DAYS = st.dates(date(2012, 1, 1), date(2030, 10, 31))
COUNTS = st.integers(1, 30)


@pytest.mark.rule("D-19", "R-A43")
def test_a_query_on_maundy_thursday_is_due_at_the_close_of_tuesday(office: WorkingCalendar) -> None:
    received = at_london(date(2026, 4, 2), time(16))
    due = office.add_working_days(london_date(received), 1)
    assert due == date(2026, 4, 7)
    assert write_moment(office.close_of(due)) == "2026-04-07T16:00:00+00:00"


@pytest.mark.rule("D-19")
@pytest.mark.parametrize("received", [date(2025, 3, 7), date(2025, 3, 8), date(2025, 3, 9)])
def test_what_comes_on_friday_saturday_or_sunday_is_due_on_monday(
    office: WorkingCalendar, received: date
) -> None:
    assert office.add_working_days(received, 1) == date(2025, 3, 10)


@pytest.mark.rule("D-5", "D-19", "R-A53")
@pytest.mark.parametrize(
    ("day", "working_days", "due"),
    [
        (date(2026, 4, 2), 5, date(2026, 4, 13)),
        (date(2026, 4, 13), 10, date(2026, 4, 27)),
        (date(2026, 4, 27), 10, date(2026, 5, 12)),
        (date(2026, 4, 29), 5, date(2026, 5, 7)),
        (date(2026, 5, 7), 20, date(2026, 6, 5)),
    ],
    ids=["acknowledge", "answer", "extended", "acknowledge stage 2", "answer stage 2"],
)
def test_the_complaint_of_easter_2026_runs_as_the_law_table_says(
    office: WorkingCalendar, day: date, working_days: int, due: date
) -> None:
    assert office.add_working_days(day, working_days) == due


@pytest.mark.rule("D-19")
@pytest.mark.parametrize(
    ("day", "working_days", "due"),
    [
        (date(2026, 3, 2), 20, date(2026, 3, 30)),
        (date(2026, 3, 30), 25, date(2026, 5, 7)),
        (date(2021, 12, 24), 1, date(2021, 12, 29)),
        (date(2021, 12, 31), 1, date(2022, 1, 4)),
        (date(2022, 9, 16), 1, date(2022, 9, 20)),
        (date(2022, 6, 1), 1, date(2022, 6, 6)),
        (date(2011, 12, 31) + timedelta(days=1), 1, date(2012, 1, 3)),
    ],
)
def test_holidays_and_their_substitutes_are_not_counted(
    office: WorkingCalendar, day: date, working_days: int, due: date
) -> None:
    assert office.add_working_days(day, working_days) == due


def test_a_calendar_of_the_whole_kingdom_gives_the_later_date() -> None:
    shipped = england_and_wales()
    days = {**shipped.days, date(2026, 3, 17): "St Patrick's Day"}
    united = BankHolidays("uk-any-2026.1", 2012, 2030, days)
    office = WorkingCalendar(OfficeHours(WEEKDAYS), united)
    assert office.version == "uk-any-2026.1"
    assert office.add_working_days(date(2026, 3, 2), 20) == date(2026, 3, 31)


@pytest.mark.rule("D-10", "R-N46")
def test_the_close_is_that_of_the_weekday(
    office: WorkingCalendar, early_friday_office: WorkingCalendar
) -> None:
    friday = date(2025, 3, 7)
    assert write_moment(office.close_of(friday)) == "2025-03-07T17:00:00+00:00"
    assert write_moment(early_friday_office.close_of(friday)) == "2025-03-07T16:45:00+00:00"
    assert early_friday_office.close_of(friday).tzinfo is LONDON


@pytest.mark.rule("D-10", "D-19")
@pytest.mark.parametrize(
    ("friday", "due"),
    [
        (date(2025, 3, 28), "2025-03-31T16:00:00+00:00"),
        (date(2025, 10, 24), "2025-10-27T17:00:00+00:00"),
    ],
)
def test_the_close_after_a_weekend_of_clock_change_is_five_in_london(
    office: WorkingCalendar, friday: date, due: str
) -> None:
    assert write_moment(office.close_of(office.add_working_days(friday, 1))) == due


def test_a_day_off_has_no_close(office: WorkingCalendar) -> None:
    with pytest.raises(ValueError, match="2026-04-03 is not a working day"):
        office.close_of(date(2026, 4, 3))


@pytest.mark.rule("D-18", "D-19")
@pytest.mark.parametrize(
    ("day", "clock", "worked"),
    [
        (date(2025, 3, 6), time(7), date(2025, 3, 6)),
        (date(2025, 3, 6), time(16, 59, 59), date(2025, 3, 6)),
        (date(2025, 3, 6), time(17), date(2025, 3, 7)),
        (date(2025, 3, 7), time(17), date(2025, 3, 10)),
        (date(2025, 3, 8), time(10), date(2025, 3, 10)),
        (date(2026, 4, 2), time(17), date(2026, 4, 7)),
        (date(2026, 4, 3), time(10), date(2026, 4, 7)),
    ],
)
def test_what_comes_before_closing_is_worked_that_day(
    office: WorkingCalendar, day: date, clock: time, worked: date
) -> None:
    assert office.next_working_day_on_or_after(at_london(day, clock)) == worked


def test_past_its_end_the_calendar_refuses_every_question(office: WorkingCalendar) -> None:
    past = date(2031, 1, 2)
    moment = at_london(past, time(10))
    assert office.last_day == date(2030, 12, 31)
    assert office.add_working_days(date(2030, 12, 24), 3) == date(2030, 12, 31)
    for ask in (
        lambda: office.is_working_day(past),
        lambda: office.is_working_day(date(2031, 1, 4)),
        lambda: office.add_working_days(past, 1),
        lambda: office.add_working_days(date(2030, 12, 31), 1),
        lambda: office.add_working_days(date(2030, 12, 24), 4),
        lambda: office.add_working_days(date(2011, 12, 30), 1),
        lambda: office.add_working_days(date.max, 1),
        lambda: office.close_of(past),
        lambda: office.is_open(moment),
        lambda: office.next_working_day_on_or_after(moment),
        lambda: office.next_working_day_on_or_after(at_london(date(2030, 12, 31), time(18))),
    ):
        for _ in range(2):
            with pytest.raises(PastCalendarError, match=r"england-and-wales-2026\.1.*2030-12-31"):
                ask()


def test_a_moment_is_not_taken_for_a_day(office: WorkingCalendar) -> None:
    office.add_working_days(date(2025, 3, 6), 1)
    with pytest.raises(TypeError, match="London date"):
        office.add_working_days(datetime(2025, 3, 6, tzinfo=UTC), 1)


@pytest.mark.parametrize("n", [0, -1])
def test_fewer_than_one_working_day_is_refused(office: WorkingCalendar, n: int) -> None:
    with pytest.raises(ValueError, match="wanted one or more"):
        office.add_working_days(date(2025, 3, 6), n)


@pytest.mark.rule("D-19")
@given(DAYS, COUNTS)
def test_it_lands_on_a_working_day_with_the_right_number_between(day: date, n: int) -> None:
    due = OFFICE.add_working_days(day, n)
    assert due.weekday() < 5
    assert due not in england_and_wales().days
    passed = [day + timedelta(days=i) for i in range(1, (due - day).days + 1)]
    holidays = england_and_wales().days
    assert sum(d.weekday() < 5 and d not in holidays for d in passed) == n


@pytest.mark.rule("D-19")
@given(DAYS, st.integers(0, 60), COUNTS)
def test_a_later_receipt_is_never_due_earlier(day: date, later: int, n: int) -> None:
    after = min(day + timedelta(days=later), date(2030, 10, 31))
    assert OFFICE.add_working_days(day, n) <= OFFICE.add_working_days(after, n)
    assert OFFICE.add_working_days(day, n) < OFFICE.add_working_days(day, n + 1)


@given(DAYS, COUNTS, COUNTS)
def test_counting_in_two_steps_is_counting_in_one(day: date, first: int, then: int) -> None:
    steps = OFFICE.add_working_days(OFFICE.add_working_days(day, first), then)
    assert steps == OFFICE.add_working_days(day, first + then)


@pytest.mark.rule("D-18")
@given(DAYS, st.times())
def test_what_is_open_now_is_worked_today_and_closes_later(day: date, clock: time) -> None:
    moment = at_london(day, clock)
    if OFFICE.is_open(moment):
        assert OFFICE.next_working_day_on_or_after(moment) == london_date(moment)
        assert moment < OFFICE.close_of(london_date(moment))
    assert OFFICE.is_working_day(OFFICE.next_working_day_on_or_after(moment))
