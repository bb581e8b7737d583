"""What the policy makes of a block: may its owner appeal, since when, and what else is open."""

from __future__ import annotations

from datetime import date
from typing import Any, Protocol

from domain.calendar.months import corresponding_date
from domain.policy.appeals import Right, earliest, rights
from domain.policy.policy import Policy
from services.casework.appeal_reasons import reasons
from services.casework.offices import Office
from services.faults import RegisterCorrupt

# Review of a decision elsewhere: how long after it, and by which law (LAW-22).
OTHER_ROUTES = (
    ("judicial review", 3, "CPR 54.5"),
    ("Human Rights Act claim", 12, "HRA 1998 s7(5)"),
    ("Local Government and Social Care Ombudsman", 12, "LGA 1974 s26B"),
)


class OfficesThen(Protocol):
    """The offices of a register, as they are or as they were known to be at a time."""

    def of(self, council: str) -> Office | None:
        """The office of a council, or None where there was no such council."""


class AppealTerms:
    """Answers, for the appeals view, what depends on the policy and the day (R-A27, D-21)."""

    def __init__(self, offices: OfficesThen) -> None:
        self._offices = offices

    def __call__(self, council: str, block: dict[str, Any], at: date) -> dict[str, Any]:
        """The terms of one block on one day, in the words of the appeals view."""
        office = self._offices.of(council)
        if office is None:
            raise RegisterCorrupt(f"The register has no council {council}, but cases of it.")
        policies = self._versions(office, block, at)
        policy = policies[-1]
        found = rights(policies, date.fromisoformat(block["clock_started"]), _last_appeal(block))
        stands = block["status"] == "blocked"
        right = _shown(found, at)
        closes = _closes(found)
        return {
            "eligible": any(each.open_on(at) for each in found) and stands if found else None,
            "eligible_from": right.opens.isoformat() if right else None,
            "eligible_until": closes.isoformat() if closes else None,
            "because": reasons(policy, right, block, at),
            "agreement_needed": policy.at("blocks", "reversal", "agreement_of") or [],
            "complaint_route": policy.at("complaints", "route"),
            "other_routes": _other_routes(date.fromisoformat(block["decided_on"])),
        }

    def _versions(self, office: Office, block: dict[str, Any], at: date) -> tuple[Policy, ...]:
        decided = office.council.procedure(date.fromisoformat(block["decided_on"]))
        now = office.council.procedure(at)
        return (decided,) if now == decided else (decided, now)


def _last_appeal(block: dict[str, Any]) -> date | None:
    """When the last appeal came that counts for how often: not early, not withdrawn."""
    came = [
        date.fromisoformat(appeal["received_on"])
        for appeal in block["appeals"]
        if appeal["status"] not in ("early", "withdrawn")
    ]
    return max(came, default=None)


def _shown(found: list[Right], at: date) -> Right | None:
    """The right that decides on a day: the first that is open, else that opens, else that was."""
    return (
        earliest(right for right in found if right.open_on(at))
        or earliest(right for right in found if right.still_opens_after(at))
        or earliest(found)
    )


def _closes(found: list[Right]) -> date | None:
    """The last day of any right; None where one of them never closes."""
    last = [right.closes for right in found if right.closes]
    return max(last) if last and len(last) == len(found) else None


def _other_routes(decided: date) -> list[dict[str, str]]:
    return [
        {"route": route, "until": corresponding_date(decided, months).isoformat(), "law": law}
        for route, months, law in OTHER_ROUTES
    ]
