"""The bank holidays shipped, computed a second way, and files in their place."""

from datetime import UTC, date, datetime, timedelta

import pytest

from domain.calendar.bank_holidays import (
    PastCalendarError,
    england_and_wales,
    read_bank_holidays,
)

# Moved or added by proclamation: {year: (days left out, days put in)}.
SPECIAL: dict[int, tuple[set[date], set[date]]] = {
    2012: ({date(2012, 5, 28)}, {date(2012, 6, 4), date(2012, 6, 5)}),
    2020: ({date(2020, 5, 4)}, {date(2020, 5, 8)}),
    2022: ({date(2022, 5, 30)}, {date(2022, 6, 2), date(2022, 6, 3), date(2022, 9, 19)}),
    2023: (set(), {date(2023, 5, 8)}),
}
YEARS = range(2012, 2031)


def easter(year: int) -> date:
    """Easter Sunday by the Gregorian computus (Meeus, Jones and Butcher)."""
    century, in_century = divmod(year, 100)
    leaps, rest = divmod(century, 4)
    golden = year % 19
    lunar = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leaps - lunar + 15) % 30
    weekday = (32 + 2 * rest + 2 * (in_century // 4) - epact - in_century % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def first_monday(year: int, month: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=-first.weekday() % 7)


def last_monday(year: int, month: int) -> date:
    last = date(year, month, 31)
    return last - timedelta(days=last.weekday())


def fixed(year: int) -> set[date]:
    """New Year, Christmas and Boxing Day, and the substitutes of those at a weekend."""
    days = {date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)}
    for day in sorted(days):
        if day.weekday() >= 5:
            substitute = day
            while substitute.weekday() >= 5 or substitute in days:
                substitute += timedelta(days=1)
            days.add(substitute)
    return days


def computed(year: int) -> set[date]:
    left_out, put_in = SPECIAL.get(year, (set(), set()))
    sunday = easter(year)
    days = fixed(year) | {sunday - timedelta(days=2), sunday + timedelta(days=1)}
    days |= {first_monday(year, 5), last_monday(year, 5), last_monday(year, 8)}
    return (days - left_out) | put_in


def test_easter_is_computed_right() -> None:
    known = {2012: (4, 8), 2019: (4, 21), 2024: (3, 31), 2026: (4, 5), 2030: (4, 21)}
    assert {year: (easter(year).month, easter(year).day) for year in known} == known


@pytest.mark.rule("D-18")
@pytest.mark.parametrize("year", YEARS)
def test_every_year_shipped_agrees_with_the_law_computed(year: int) -> None:
    shipped = {day for day in england_and_wales().days if day.year == year}
    assert shipped == computed(year)


@pytest.mark.rule("D-18")
@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2012, 6, 4), "Spring bank holiday"),
        (date(2012, 6, 5), "Diamond Jubilee"),
        (date(2020, 5, 8), "VE day"),
        (date(2022, 6, 2), "Spring bank holiday"),
        (date(2022, 6, 3), "Platinum Jubilee"),
        (date(2022, 9, 19), "State Funeral"),
        (date(2023, 5, 8), "Coronation"),
        (date(2021, 12, 27), "Christmas Day (substitute day)"),
        (date(2021, 12, 28), "Boxing Day (substitute day)"),
        (date(2016, 12, 27), "Christmas Day (substitute day)"),
    ],
)
def test_a_holiday_out_of_the_ordinary_has_its_name(day: date, name: str) -> None:
    assert name in england_and_wales().days[day]


@pytest.mark.rule("D-18")
@pytest.mark.parametrize(
    "day",
    [date(2012, 5, 28), date(2020, 5, 4), date(2022, 5, 30), date(2026, 3, 17)],
)
def test_a_day_whose_holiday_moved_or_is_kept_elsewhere_is_none(day: date) -> None:
    assert not england_and_wales().is_holiday(day)


def test_the_years_and_version_shipped_are_told() -> None:
    shipped = england_and_wales()
    assert (shipped.first_year, shipped.last_year) == (2012, 2030)
    assert shipped.version == "england-and-wales-2026.1"
    assert shipped.last_day == date(2030, 12, 31)


@pytest.mark.parametrize("day", [date(2011, 12, 31), date(2031, 1, 1)])
def test_a_date_outside_the_years_is_refused_naming_the_end_and_version(day: date) -> None:
    with pytest.raises(PastCalendarError, match=r"england-and-wales-2026\.1.*2030-12-31"):
        england_and_wales().is_holiday(day)


def test_a_moment_is_not_taken_for_a_date() -> None:
    with pytest.raises(TypeError, match="London date"):
        england_and_wales().is_holiday(datetime(2026, 4, 3, tzinfo=UTC))


def test_a_file_in_its_place_is_read() -> None:
    own = read_bank_holidays(
        b"""version = "ours-1"\ncovers = { from = 2026, to = 2026 }\n[days]
        2026-03-17 = "St Patrick's Day"\n"""
    )
    assert own.version == "ours-1"
    assert own.is_holiday(date(2026, 3, 17))
    assert not own.is_holiday(date(2026, 4, 3))
    with pytest.raises(PastCalendarError, match="ours-1"):
        own.is_holiday(date(2027, 1, 1))


HEAD = 'version = "v"\ncovers = { from = 2026, to = 2026 }\n'


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "version: wanted"),
        ("version = v", "not a TOML file.*line 1"),
        ('version = "v"\n[days]\n', "covers: wanted whole years"),
        ('version = "v"\ncovers = { from = 2027, to = 2026 }\n[days]\n', "covers: wanted"),
        ('version = "v"\ncovers = { from = true, to = 2026 }\n[days]\n', "covers: wanted"),
        (HEAD, "days: wanted a table"),
        (HEAD + "[days]\n", "no holiday is given for 2026"),
        (HEAD + "[days]\n2026-13-01 = 'x'\n", r"days\.2026-13-01: not a date"),
        (HEAD + "[days]\n20260101 = 'x'\n", r"days\.20260101: not a date"),
        (HEAD + "[days]\n2026-01-01 = 1\n", r"days\.2026-01-01: wanted the name"),
        (HEAD + "[days]\n2027-01-01 = 'x'\n", r"days\.2027-01-01: not within 2026 to 2026"),
        (HEAD + "[days]\n2026-01-01 = 'x'\n2026-01-01 = 'y'\n", "not a TOML file"),
        (HEAD + "note = 'x'\n", "unknown field 'note'"),
    ],
)
def test_a_faulty_file_is_refused_saying_what_and_where(text: str, fault: str) -> None:
    with pytest.raises(ValueError, match=f"bank holidays: .*{fault}"):
        read_bank_holidays(text.encode())


def test_a_file_that_is_not_utf_8_is_refused() -> None:
    with pytest.raises(ValueError, match="bank holidays: not a TOML file"):
        read_bank_holidays(b'version = "\xff"')
