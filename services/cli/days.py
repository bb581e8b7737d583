"""Days and moments as they are typed after an option."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import click


def london_day(text: str) -> date:
    """A London day, YYYY-MM-DD."""
    try:
        if len(text) != len("2025-07-01"):
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        raise click.BadParameter(f"{text!r} is no date; wanted: YYYY-MM-DD.") from None


def moment_or_day(text: str) -> datetime:
    """A moment with its offset, or a London day for the end of it."""
    from domain.calendar.london import at_london, parse_moment

    try:
        if "T" in text.upper():
            return parse_moment(text)
        after = london_day(text) + timedelta(days=1)
        return at_london(after, time()) - timedelta(microseconds=1)
    except (ValueError, OverflowError) as error:
        raise click.BadParameter(f"{error}.") from None
