"""Warning a person and muting an account, in plain words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from services.policies.plain_words.citing import File, cited, silent
from services.policies.plain_words.following import following
from services.policies.plain_words.phrases import days_in_words, decided, either, needs_in_words

_FORCES = {"must": "will warn the person", "may": "may warn the person", "never": "never warns"}


def warning(file: File) -> Iterator[str]:
    """Whether people are warned, how, of what, and what time they then have."""
    step = file.get("warnings")
    if step is None:
        yield from _nothing_said(file, "warning", "nobody is warned")
        return
    ways = step.get("ways", ())
    by = f", by {either(ways, 'and' if step.get('all_ways') else 'or')}" if ways else ""
    yield f"  The council {_FORCES[step['force']]}{by}."
    yield from cited(file, step["rules"])
    yield from _contents(step)
    yield from needs_in_words(step)
    if window := step.get("window"):
        yield f"  The person then has {days_in_words(window['working_days'])} to mend it:"
        yield from cited(file, step["window_rules"])
    yield from following(file, "warned")


def muting(file: File) -> Iterator[str]:
    """Whether accounts are muted, by whom, after what."""
    step = file.get("mutes")
    if step is None:
        yield from _nothing_said(file, "muting", "nobody is muted")
        return
    place = ", in place of a block: a page has one or the other" if _instead(step) else ""
    yield f"  The council may mute an account on a page{place}."
    yield from decided(step)
    yield from cited(file, step["rules"])
    if step.get("proportionality"):
        yield "    must be stated: why it is proportionate"
    yield from needs_in_words(step)
    yield "  A mute may be ended at any time."
    yield from following(file, "muted", "unmuted")


def _contents(step: Mapping[str, Any]) -> Iterator[str]:
    if levels := step.get("levels"):
        yield f"    levels: {either(levels, 'and')}, in this order"
    if states := step.get("states"):
        yield f"    a warning states: {either(states, 'and')}"


def _instead(step: Mapping[str, Any]) -> bool:
    return bool(step.get("instead_of_block"))


def _nothing_said(file: File, about: str, so: str) -> Iterator[str]:
    said = list(silent(file, about))
    yield from said or [f"  The policy says nothing of {about}: {so}. [SILENT-{about.upper()}]"]
