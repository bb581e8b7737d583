"""London days of moments, and moments as text."""

import subprocess
import sys
from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar.london import LONDON, at_london, london_date, parse_moment, write_moment
from domain.calendar.months import corresponding_date

MOMENTS = st.builds(
    datetime.combine,
    st.dates(date(1990, 1, 1), date(2089, 12, 31)),
    st.times(),
    st.sampled_from([UTC, LONDON]),
)


@pytest.mark.rule("D-1", "D-2", "D-3")
def test_a_block_late_on_30_june_utc_is_of_1_july_in_london() -> None:
    blocked = parse_moment("2025-06-30T23:30:00Z")
    assert london_date(blocked) == date(2025, 7, 1)
    assert corresponding_date(london_date(blocked), 12) == date(2026, 7, 1)


@pytest.mark.rule("D-3")
@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2025-12-31T23:30:00Z", date(2025, 12, 31)),
        ("2025-06-30T22:59:59Z", date(2025, 6, 30)),
        ("2025-06-30T23:00:00Z", date(2025, 7, 1)),
        ("2025-07-01T00:30:00+02:00", date(2025, 6, 30)),
        ("2025-03-29T23:59:59Z", date(2025, 3, 29)),
        ("2025-03-30T22:59:59Z", date(2025, 3, 30)),
        ("2025-03-30T23:00:00Z", date(2025, 3, 31)),
        ("2025-10-26T00:30:00Z", date(2025, 10, 26)),
        ("2025-10-26T23:30:00Z", date(2025, 10, 26)),
        ("2025-10-25T23:00:00Z", date(2025, 10, 26)),
    ],
)
def test_the_day_is_the_one_on_london_calendars(text: str, day: date) -> None:
    assert london_date(parse_moment(text)) == day


@pytest.mark.parametrize(
    ("day", "clock", "utc"),
    [
        (date(2025, 1, 6), time(17), "2025-01-06T17:00:00+00:00"),
        (date(2025, 7, 7), time(17), "2025-07-07T16:00:00+00:00"),
        (date(2025, 3, 30), time(0, 59), "2025-03-30T00:59:00+00:00"),
        (date(2025, 3, 30), time(1, 30), "2025-03-30T01:30:00+00:00"),
        (date(2025, 3, 30), time(2, 30), "2025-03-30T01:30:00+00:00"),
        (date(2025, 10, 26), time(1, 30), "2025-10-26T00:30:00+00:00"),
        (date(2025, 10, 26), time(1, 30, fold=1), "2025-10-26T01:30:00+00:00"),
        (date(2025, 10, 26), time(2), "2025-10-26T02:00:00+00:00"),
    ],
)
def test_a_london_time_is_one_moment_also_when_the_clocks_change(
    day: date, clock: time, utc: str
) -> None:
    assert write_moment(at_london(day, clock)) == utc


def test_a_time_that_the_clocks_skip_is_shown_as_they_showed_it() -> None:
    assert at_london(date(2025, 3, 30), time(1, 30)).isoformat() == "2025-03-30T02:30:00+01:00"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("2025-03-03T10:15:00+00:00", "2025-03-03T10:15:00+00:00"),
        ("2025-03-03T10:15:00Z", "2025-03-03T10:15:00+00:00"),
        ("2025-03-03t10:15:00z", "2025-03-03T10:15:00+00:00"),
        ("2025-07-01T00:30:00+01:00", "2025-06-30T23:30:00+00:00"),
        ("2025-03-03T10:15:00-00:00", "2025-03-03T10:15:00+00:00"),
        ("2025-03-03T10:15:00.000Z", "2025-03-03T10:15:00+00:00"),
        ("2025-03-03T10:15:00.5Z", "2025-03-03T10:15:00.500000+00:00"),
        ("2025-03-03T10:15:00.123456789Z", "2025-03-03T10:15:00.123456+00:00"),
    ],
)
def test_a_moment_is_written_in_utc_with_microseconds_only_where_any(
    text: str, written: str
) -> None:
    assert write_moment(parse_moment(text)) == written


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "2025-03-03",
        "2025-03-03T10:15:00",
        "2025-03-03T10:15Z",
        "2025-03-03 10:15:00Z",
        "20250303T101500Z",
        "2025-W10-1T10:15:00Z",
        "2025-03-03T10:15:00,5Z",
        "2025-03-03T10:15:00.Z",
        "2025-03-03T10:15:00+0100",
        "2025-03-03T10:15:00+01",
        "2025-03-03T10:15:00+24:00",
        "2025-03-03T10:15:00+01:60",
        "2025-03-03T24:00:00Z",
        "2025-03-03T10:60:00Z",
        "2025-03-03T10:15:60Z",
        "2025-02-29T10:15:00Z",
        "2025-03-03T10:15:00Z\n",
        " 2025-03-03T10:15:00Z",
        "\u0662\u0660\u0662\u0665-03-03T10:15:00Z",
        "0001-01-01T00:00:00+01:00",
        "9999-12-31T23:59:59-01:00",
    ],
)
def test_what_is_no_moment_with_its_offset_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"date and time"):
        parse_moment(text)


def test_a_moment_without_offset_is_never_guessed_at() -> None:
    naive = datetime(2025, 6, 30, 23, 30, tzinfo=UTC).replace(tzinfo=None)
    for ask in (london_date, write_moment):
        with pytest.raises(ValueError, match="has no offset"):
            ask(naive)


def test_a_moment_before_the_first_london_day_is_refused() -> None:
    with pytest.raises(ValueError, match="outside the years"):
        london_date(parse_moment("0001-01-01T00:00:00Z"))


def test_a_machine_set_to_another_zone_gives_the_same_day() -> None:
    asked = (
        "from domain.calendar.london import london_date, parse_moment;"
        "print(london_date(parse_moment('2025-06-30T23:30:00Z')))"
    )
    answers = {
        subprocess.run(
            [sys.executable, "-c", asked],
            env={"TZ": zone, "PYTHONPATH": ":".join(filter(None, sys.path))},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for zone in ("UTC", "America/New_York", "Asia/Tokyo")
    }
    assert answers == {"2025-07-01"}


@given(MOMENTS)
def test_what_is_written_reads_back_as_the_same_moment(moment: datetime) -> None:
    text = write_moment(moment)
    assert parse_moment(text) == moment.astimezone(UTC)
    assert write_moment(parse_moment(text)) == text


@given(MOMENTS, st.timedeltas(timedelta(0), timedelta(days=3)))
def test_a_later_moment_is_never_of_an_earlier_day(moment: datetime, later: timedelta) -> None:
    utc = moment.astimezone(UTC)
    assert london_date(utc) <= london_date(utc + later)


@given(MOMENTS, st.integers(-14 * 60, 14 * 60))
def test_the_offset_it_is_told_in_does_not_matter(moment: datetime, minutes: int) -> None:
    elsewhere = moment.astimezone(timezone(timedelta(minutes=minutes)))
    assert london_date(elsewhere) == london_date(moment)
    assert write_moment(elsewhere) == write_moment(moment)
