"""Knows the bank holidays of England and Wales, and the years it knows them for."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import Any


class PastCalendarError(ValueError):
    """A date lies outside the years whose bank holidays are known."""


@dataclass(frozen=True, slots=True)
class BankHolidays:
    """The bank holidays of whole years, by date, and the version of the list."""

    version: str
    first_year: int
    last_year: int
    days: Mapping[date, str]

    @property
    def last_day(self) -> date:
        """The last date this list can answer for."""
        return date(self.last_year, 12, 31)

    def is_holiday(self, day: date) -> bool:
        """Tell whether a date is a bank holiday.

        Raises PastCalendarError for a date outside the years of the list.
        """
        if isinstance(day, datetime):
            # A datetime equals no date, so every holiday would pass for a working day.
            raise TypeError(f"{day!r} is a moment: wanted its London date")
        if not self.first_year <= day.year <= self.last_year:
            raise PastCalendarError(
                f"{day} is outside the bank holiday calendar {self.version}, which runs "
                f"from {self.first_year}-01-01 to {self.last_day}"
            )
        return day in self.days


@cache
def england_and_wales() -> BankHolidays:
    """Return the bank holidays that ship with the package, read at the first call."""
    return read_bank_holidays(files(__package__).joinpath("bank_holidays.toml").read_bytes())


def read_bank_holidays(toml_bytes: bytes) -> BankHolidays:
    """Read a bank holiday file, such as a council's own in place of the one shipped.

    Raises ValueError saying what is wrong and where: not TOML, `version` or `covers`
    missing, a key that is no date, a date outside `covers`, or a year left without any.
    """
    try:
        document = tomllib.loads(toml_bytes.decode("utf-8-sig"))
    except ValueError as fault:
        raise ValueError(f"bank holidays: not a TOML file: {fault}") from fault
    unknown = sorted(document.keys() - {"version", "covers", "days"})
    if unknown:
        raise ValueError(f"bank holidays: unknown field {unknown[0]!r}")
    version = document.get("version")
    if not isinstance(version, str) or not version.strip():
        raise ValueError("bank holidays: version: wanted a text such as 'england-and-wales-2026.1'")
    first_year, last_year = _years(document.get("covers"))
    days = _days(document.get("days"))
    _check_cover(days, first_year, last_year)
    return BankHolidays(version, first_year, last_year, days)


def _years(covers: Any) -> tuple[int, int]:
    if isinstance(covers, dict) and covers.keys() == {"from", "to"}:
        first, last = covers["from"], covers["to"]
        if type(first) is int and type(last) is int and 1 <= first <= last <= 9999:
            return first, last
    raise ValueError("bank holidays: covers: wanted whole years, as { from = 2012, to = 2030 }")


def _days(table: Any) -> dict[date, str]:
    if not isinstance(table, dict):
        raise ValueError("bank holidays: days: wanted a table of dates and names")
    days = {}
    for text, name in table.items():
        if not isinstance(name, str) or not name.strip():
            raise ValueError(f"bank holidays: days.{text}: wanted the name of the holiday")
        days[_date(text)] = name
    return days


def _date(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    # fromisoformat also takes 20121225 and 2012-W52-2, which could name one day twice.
    if day is None or day.isoformat() != text:
        raise ValueError(f"bank holidays: days.{text}: not a date: wanted YYYY-MM-DD")
    return day


def _check_cover(days: Mapping[date, str], first_year: int, last_year: int) -> None:
    for day in days:
        if not first_year <= day.year <= last_year:
            raise ValueError(f"bank holidays: days.{day}: not within {first_year} to {last_year}")
    years = {day.year for day in days}
    for year in range(first_year, last_year + 1):
        if year not in years:
            raise ValueError(f"bank holidays: covers: no holiday is given for {year}")


@cache
def no_holidays() -> BankHolidays:
    """Return the list of an office that closes on no bank holiday; it has no end."""
    return BankHolidays("no-holidays", 1, 9999, {})
