"""Appealing against a block and complaining about one, in plain words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from services.policies.plain_words.citing import File, cited, silent
from services.policies.plain_words.following import following
from services.policies.plain_words.phrases import days_in_words, either, months_in_words


def appeals(file: File) -> Iterator[str]:
    """Who may appeal, from when, until when, how often, for what, and how soon it is decided."""
    step = file.get("appeals")
    if step is None:
        yield from silent(file, "appeals")
        return
    yield f"  {_who(step)} may {_what(step)} {_when(step)}."
    yield from cited(file, step["rules"])
    yield from (f"  {limit}" for limit in _limits(step))
    if clocks := list(_clocks(step)):
        yield f"  {', '.join(clocks).capitalize()}."
    if "early" in step:
        yield "  One that comes early is kept:"
        yield from cited(file, step["early"])
    yield from following(file, "appeal_filed", "appeal_early")


def complaints(file: File) -> Iterator[str]:
    """The way to complain, which is always open, and its clocks."""
    step = file["complaints"]
    yield f"  {step['route']}"
    yield from cited(file, step["rules"])
    yield (
        f"  Acknowledged within {days_in_words(step['acknowledge_working_days'])}; answered, "
        f"counted from that, within {either(step['answer_working_days'])} working days (stage 1, "
        f"stage 2); extended by at most {either(step['extend_working_days'])}."
    )
    yield from silent(file, "complaints")
    yield from following(file, "complaint", "complaint_acknowledged", "second_stage_acknowledged")


def _who(step: Mapping[str, Any]) -> str:
    return "Anybody" if step.get("by") == "anyone" else "The owner"


def _what(step: Mapping[str, Any]) -> str:
    return "ask to be let back" if step.get("kind") == "readmission" else "appeal"


def _when(step: Mapping[str, Any]) -> str:
    if "after_months" not in step:
        return "at any time from the block on"
    opens = "that date included" if step["opens"] == "on" else "from the day after that date"
    return f"from {months_in_words(step['after_months'])} after the block on, {opens}"


def _limits(step: Mapping[str, Any]) -> Iterator[str]:
    if "because" in step:
        yield f"It is heard for these reasons only: {either(step['because'])}."
    if "within_months" in step:
        within = months_in_words(step["within_months"])
        yield f"It must come within {within} of the block, that date included."
    if "every_months" in step:
        yield f"Another may come {months_in_words(step['every_months'])} after the last one came."


def _clocks(step: Mapping[str, Any]) -> Iterator[str]:
    for key, done in (
        ("acknowledge_working_days", "acknowledged"),
        ("decide_working_days", "decided"),
    ):
        if key in step:
            yield f"{done} within {days_in_words(step[key])}"
