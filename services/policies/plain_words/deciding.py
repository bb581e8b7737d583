"""Who approves a block, how long it lasts and how it ends, in plain words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from services.policies.plain_words.citing import File, cited
from services.policies.plain_words.phrases import NOTICES, days_in_words, either, months_in_words

_ENDS = {"by_itself": "by itself", "on_request": "on request", "by_decision": "by a decision"}


def approval(file: File, step: Mapping[str, Any], indent: str = "  ") -> Iterator[str]:
    """Whose approval a block needs; nothing where the step says nothing of it."""
    if said := step.get("approval"):
        by = either(said["by"])
        yield f"{indent}It is proposed by one person and approved by another, the {by}:"
        yield from cited(file, said["rules"])
        if said.get("sets_length"):
            yield f"{indent}Who approves decides, case by case, how long it lasts."


def hearing(file: File, step: Mapping[str, Any], indent: str = "  ") -> Iterator[str]:
    """How the person is heard first; nothing where the step says nothing of it."""
    if said := step.get("hearing"):
        days = days_in_words(said["reply_working_days"])
        yield f"{indent}The person is told of the intention, and has {days} to reply:"
        yield from cited(file, said["rules"])
        if "states" in said:
            yield f"{indent}The notice states: {either(said['states'], 'and')}."
        if said.get("interim"):
            yield f"{indent}Meanwhile it may be decided for the time being."


def notice_in_words(notice: Mapping[str, Any]) -> Iterator[str]:
    """By which ways a person is told of a block, what that states, and whether of its end too."""
    if "ways" in notice:
        yield f"  They are told by {either(notice['ways'])}."
    if "states" in notice:
        yield f"  The notice states: {either(notice['states'], 'and')}."
    if "after_reversal" in notice:
        yield f"  When the block has ended: the council {NOTICES[notice['after_reversal']]}."


def length(ground: Mapping[str, Any]) -> Iterator[str]:
    """How long a block on a ground lasts, how it ends, and how many channels it covers."""
    if "lengths" in ground:
        yield f"    lasts: {either(ground['lengths'])}"
    if months := ground.get("fixed_months"):
        yield f"    lasts: {months_in_words(months)}, no more and no less"
    if months := ground.get("at_most_months"):
        yield f"    lasts: at most {months_in_words(months)}"
    if "interim" in ground:
        months = ground["interim"].get("at_most_months")
        cap = f", then for at most {months_in_words(months)}" if months else ""
        yield f"    may be decided for the time being{cap}"
    if "ends" in ground:
        yield f"    ends: {' or '.join(_ENDS[each] for each in ground['ends'])}"
    if ground.get("spread") == "one":
        yield "    one decision covers one channel"
