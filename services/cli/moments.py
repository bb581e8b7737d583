"""WHEN, as a replay is asked for it: the end of a London day, or a moment with its offset."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import click

from services.cli.days import moment_or_day

WANTED = "a London day such as 2025-03-03, or a moment such as 2025-03-03T10:15:00+00:00"
LAST = 999_999
"""The microsecond of the end of a day."""


def when(text: str) -> datetime:
    """The moment typed; says what would be right where it is none."""
    try:
        return moment_or_day(text)
    except click.BadParameter:
        raise click.BadParameter(f"{text!r} is no moment. Wanted: {WANTED}.") from None


def check_has_come(option: str, asked: datetime | Iterable[datetime] | None, now: datetime) -> None:
    """Refuse a moment of which nothing can be known yet, and two in the wrong order."""
    from domain.calendar.london import london_date, write_moment

    moments = [asked] if isinstance(asked, datetime) else [*(asked or ())]
    hint = f"--{option.replace('_', '-')}"
    for moment in moments:
        today = moment.microsecond == LAST and london_date(moment) == london_date(now)
        if moment > now and not today:
            problem = f"{write_moment(moment)} has not come yet. Wanted: {london_date(now)}"
            raise click.BadParameter(f"{problem}, or earlier.", param_hint=hint)
    if moments != sorted(moments):
        problem = "the second moment is before the first. Wanted: the earlier one first."
        raise click.BadParameter(problem, param_hint=hint)
