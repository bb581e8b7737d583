"""Dates, duties and codes as people say them; times are those of London."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def plain(code: str) -> str:
    """A code as words: `service_director` as service director."""
    return code.replace("_", " ")


def day(text: str | None) -> str:
    """`2025-07-01`, or a moment on it in London, as 1 July 2025."""
    from datetime import date

    from domain.calendar.london import london_date, parse_moment

    if not text:
        return "no known day"
    found = london_date(parse_moment(text)) if "T" in text else date.fromisoformat(text)
    return f"{found.day} {found:%B %Y}"


def moment(text: str | None) -> str:
    """`2025-06-30T23:30:00+00:00` as Tuesday 1 July 2025, 00:30."""
    from domain.calendar.london import parse_moment, to_london

    if not text:
        return "no known time"
    found = to_london(parse_moment(text))
    return f"{found:%A} {found.day} {found:%B %Y}, {found:%H:%M}"


def due(duty: Mapping[str, Any]) -> str:
    """By when a duty is owed."""
    return f"due {moment(duty['due'])}" if duty.get("due") else "no fixed date"


def about(things: Mapping[str, Any]) -> str:
    """`{"incident": 1, "channel": "x"}` as incident 1, channel x."""
    return ", ".join(f"{plain(word)} {value}" for word, value in things.items())


def sentence(text: str, *, begins: bool = True) -> str:
    """The text with one full stop at its end and, where it begins, a capital."""
    text = text.strip()
    stop = "" if text.endswith((".", "!", "?", "”")) else "."
    first = text[:1].upper() if begins else text[:1]
    return f"{first}{text[1:]}{stop}"


def event_words(type: str) -> str:
    """`FlagUpheld` as flag upheld."""
    return "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in type).strip()


def rule_words(rule: Mapping[str, Any]) -> str:
    """A rule with its force and the words of the policy."""
    force = f" ({plain(rule['force'])})" if rule.get("force") else ""
    quote = f': "{rule["quote"]}"' if rule.get("quote") else ""
    version = f" [version {rule['version']}]" if rule.get("version") else ""
    return f"{rule['rule']}{force}{quote}{version}"
