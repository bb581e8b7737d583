"""What the policy makes of a block: may its owner appeal, since when, and what else is open."""

from __future__ import annotations

from datetime import date
from typing import Any

from domain.calendar.months import corresponding_date
from domain.commands.appealing import opens_on
from domain.policy.policy import Policy
from domain.policy.rules import Rule
from services.casework.offices import Office, Offices
from services.faults import RegisterCorrupt

# Review of a decision elsewhere: how long after it, and by which law (LAW-22).
OTHER_ROUTES = (
    ("judicial review", 3, "CPR 54.5"),
    ("Human Rights Act claim", 12, "HRA 1998 s7(5)"),
    ("Local Government and Social Care Ombudsman", 12, "LGA 1974 s26B"),
)


class AppealTerms:
    """Answers, for the appeals view, what depends on the policy and the day (R-A27, D-21)."""

    def __init__(self, offices: Offices) -> None:
        self._offices = offices

    def __call__(self, council: str, block: dict[str, Any], at: date) -> dict[str, Any]:
        """The terms of one block on one day, in the words of the appeals view."""
        office = self._offices.of(council)
        if office is None:
            raise RegisterCorrupt(f"The register has no council {council}, but cases of it.")
        policies = self._versions(office, block, at)
        policy = policies[-1]
        opening = opens_on(policies, date.fromisoformat(block["clock_started"]))
        stands = block["status"] == "blocked"
        return {
            "eligible": None if opening is None else stands and at >= opening,
            "eligible_from": opening.isoformat() if opening else None,
            "because": _because(policies, opening, block, at),
            "agreement_needed": policy.at("blocks", "reversal", "agreement_of") or [],
            "complaint_route": policy.at("complaints", "route"),
            "other_routes": _other_routes(date.fromisoformat(block["decided_on"])),
        }

    def _versions(self, office: Office, block: dict[str, Any], at: date) -> tuple[Policy, ...]:
        decided = office.council.procedure(date.fromisoformat(block["decided_on"]))
        now = office.council.procedure(at)
        return (decided,) if now == decided else (decided, now)


def _because(
    policies: tuple[Policy, ...], opening: date | None, block: dict[str, Any], at: date
) -> list[dict[str, str]]:
    policy = policies[-1]
    if opening is None:
        return [_reason(rule, rule.quote) for rule in policy.silence("appeals")]
    if block["status"] != "blocked":
        text = f"The block was {block['status']}; there is nothing left to appeal against"
        return [{"rule": "STATE", "text": text}]
    [rule] = policies[0].cited("appeals", "rules")
    reasons = [_reason(rule, rule.quote)]
    chosen = policies[0].rules.get("D-3")
    if chosen and block["clock_started"] != block["decided_on"]:
        reasons.append(
            _reason(chosen, f"The clock started on {block['clock_started']}: {chosen.quote}")
        )
    word = "Open since" if at >= opening else "Opens on"
    for number in ("D-1", "D-2"):
        if number in policies[0].rules:
            quote = policies[0].rules[number].quote
            reasons.append(_reason(policies[0].rules[number], f"{word} {opening}: {quote}"))
            break
    return reasons


def _reason(rule: Rule, text: str) -> dict[str, str]:
    return {"rule": rule.id, "text": text}


def _other_routes(decided: date) -> list[dict[str, str]]:
    return [
        {"route": route, "until": corresponding_date(decided, months).isoformat(), "law": law}
        for route, months, law in OTHER_ROUTES
    ]
