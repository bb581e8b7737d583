"""Dates by hand, for the oracle: London days, months, working days and closing times."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

DAY = timedelta(days=1)
ONE_OFF = {date(2022, 6, 3), date(2022, 9, 19), date(2023, 5, 8)}
JUBILEE = {date(2022, 5, 30): date(2022, 6, 2)}


def easter(year: int) -> date:
    """Easter Sunday, by the Gregorian rule of Meeus, Jones and Butcher."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = b // 4, b % 4
    f = (b + 8) // 25
    g = (b - f + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def _last(weekday: int, year: int, month: int) -> date:
    day = date(year + month // 12, month % 12 + 1, 1) - DAY
    while day.weekday() != weekday:
        day -= DAY
    return day


def _first_monday(year: int, month: int) -> date:
    day = date(year, month, 1)
    while day.weekday() != 0:
        day += DAY
    return day


def bank_holidays(year: int) -> set[date]:
    """The bank holidays of England and Wales in one year."""
    sunday = easter(year)
    fixed = {
        sunday - 2 * DAY,
        sunday + DAY,
        _first_monday(year, 5),
        _last(0, year, 5),
        _last(0, year, 8),
    }
    fixed = {JUBILEE.get(day, day) for day in fixed} | {d for d in ONE_OFF if d.year == year}
    for wanted in (date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)):
        while wanted.weekday() >= 5 or wanted in fixed:
            wanted += DAY
        fixed.add(wanted)
    return fixed


HOLIDAYS = {day for year in range(2019, 2029) for day in bank_holidays(year)}


def is_working_day(day: date) -> bool:
    return day.weekday() < 5 and day not in HOLIDAYS


def working_days_after(day: date, count: int) -> date:
    """The last of so many working days, the first day itself not counted."""
    while count:
        day += DAY
        count -= is_working_day(day)
    return day


def months_after(day: date, months: int) -> date:
    """The corresponding date; where there is none, the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    number = day.day
    while True:
        try:
            return date(year, month + 1, number)
        except ValueError:
            number -= 1


def summer_time(moment: datetime) -> bool:
    """Whether clocks in London are an hour ahead: last Sundays of March and October, 01:00 UTC."""

    def change(month: int) -> datetime:
        sunday = _last(6, moment.year, month)
        return datetime(sunday.year, sunday.month, sunday.day, 1, tzinfo=UTC)

    return change(3) <= moment < change(10)


def london_day(moment: datetime) -> date:
    moment = moment.astimezone(UTC)
    return (moment + timedelta(hours=summer_time(moment))).date()


def london(day: date, hour: int = 0, minute: int = 0) -> datetime:
    """The moment at which London clocks show this time of day."""
    shown = datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)
    ahead = shown - timedelta(hours=1)
    return ahead if summer_time(ahead) else shown


def written(moment: datetime) -> str:
    """A moment as answers write it."""
    return moment.astimezone(UTC).isoformat()
