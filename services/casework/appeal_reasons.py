"""Why an appeal is open, not yet, or no longer: each reason with the rule that it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from domain.policy.appeals import Right
from domain.policy.policy import Policy
from domain.policy.rules import Rule

Reason = dict[str, str]


def reasons(policy: Policy, right: Right | None, block: dict[str, Any], at: date) -> list[Reason]:
    """What stands behind the dates of one block; of the silence where no version knows appeals."""
    if right is None:
        return [_reason(rule, rule.quote) for rule in policy.silence("appeals")]
    if block["status"] != "blocked":
        text = f"The block was {block['status']}; there is nothing left to appeal against"
        return [{"rule": "STATE", "text": text}]
    return [*_clauses(right), *_clock(right, block), *_dates(right, at), *_limits(right)]


def _clauses(right: Right) -> Iterator[Reason]:
    for rule in right.policy.cited("appeals", "rules"):
        yield _reason(rule, rule.quote)


def _clock(right: Right, block: dict[str, Any]) -> Iterator[Reason]:
    chosen = right.policy.rules.get("D-3")
    if chosen and block["clock_started"] != block["decided_on"]:
        text = f"The clock started on {block['clock_started']}: {chosen.quote}"
        yield _reason(chosen, text)


def _dates(right: Right, at: date) -> Iterator[Reason]:
    policy, first = right.policy, right.policy.cited("appeals", "rules")[0]
    word = "Open since" if at >= right.opens else "Opens on"
    chosen = [number for number in ("D-1", "D-2") if number in policy.rules]
    if chosen and policy.at("appeals", "after_months"):
        rule = policy.rules[chosen[0]]
        yield _reason(rule, f"{word} {right.opens}: {rule.quote}")
    else:
        yield _reason(first, f"{word} {right.opens}")
    if right.closes:
        word = "Closed after" if at > right.closes else "Open until"
        yield _reason(first, f"{word} {right.closes}")


def _limits(right: Right) -> Iterator[Reason]:
    """For which reasons, how often, by whom, and what it asks."""
    first = right.policy.cited("appeals", "rules")[0]
    if right.because:
        words = " or ".join(sorted(word.replace("_", " ") for word in right.because))
        yield _reason(first, f"It is heard for {words} only")
    if every := right.policy.at("appeals", "every_months"):
        yield _reason(first, f"Another may come {every} months after the last")
    if right.policy.at("appeals", "by") == "anyone":
        yield _reason(first, "Anybody may appeal, not the owner of the account alone")
    if right.policy.at("appeals", "kind") == "readmission":
        yield _reason(first, "It asks to be let back, not whether the block was right")


def _reason(rule: Rule, text: str) -> Reason:
    return {"rule": rule.id, "text": text}
