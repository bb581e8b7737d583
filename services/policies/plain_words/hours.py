"""When a council works, in plain words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from services.policies.plain_words.citing import File, cited
from services.policies.plain_words.phrases import plain

Week = Mapping[str, Sequence[str]]
_OWN = {"by_kind": "For a {}", "by_channel": "On {}"}


def hours(file: File) -> Iterator[str]:
    """The hours of the pages, of a channel and of a kind of message, and the holidays."""
    step = file["hours"]
    yield "  Monitored, in London time:"
    yield from _week(step["open"])
    yield from cited(file, step["rules"])
    if step.get("holidays") == "none":
        yield "  No bank holiday closes the office."
    for key, whose in _OWN.items():
        for name, own in step.get(key, {}).items():
            page = file["channels"]["pages"].get(name, {}).get("name", plain(name))
            told = page if key == "by_channel" else plain(name)
            yield f"  {whose.format(told)}, hours of its own:"
            yield from _week(own["open"])
            yield from cited(file, own.get("rules", ()))


def _week(week: Week) -> Iterator[str]:
    for day, (opens, closes) in week.items():
        yield f"    {day.capitalize()} {opens} to {closes}"
