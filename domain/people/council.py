"""A council as its own events tell it: the policies it adopted and the periods it declared."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from domain.policy.policy import Policy


@dataclass(frozen=True, slots=True)
class Period:
    """An election window, incident cover, a busy time or a closure; both dates inclusive."""

    kind: str
    name: str
    starts: date
    ends: date


@dataclass(frozen=True, slots=True)
class Adoption:
    """A policy version and the London date from which it is in force (None: always)."""

    starts: date | None
    policy: Policy


@dataclass
class Council:
    """The policies and periods of one council."""

    id: str
    adoptions: list[Adoption] = field(default_factory=list)
    periods: list[Period] = field(default_factory=list)

    def take(self, event: dict[str, Any], policy_of: Callable[[str], Policy]) -> None:
        """Take one council event; `policy_of` gives the policy by its file's SHA-256."""
        data = event["data"]
        if event["type"] == "PolicyAdopted":
            starts = date.fromisoformat(data["from"]) if "from" in data else None
            self.adoptions.append(Adoption(starts, policy_of(data["sha256"])))
            self.adoptions.sort(key=lambda adoption: adoption.starts or date.min)
        elif event["type"] == "PeriodDeclared":
            starts, ends = (date.fromisoformat(data[key]) for key in ("from", "until"))
            self.periods.append(Period(data["kind"], data["name"], starts, ends))
        elif event["type"] == "PeriodEnded":
            self.periods = [self._ended(period, data) for period in self.periods]

    @staticmethod
    def _ended(period: Period, data: dict[str, Any]) -> Period:
        ends = date.fromisoformat(data["until"])
        same = (period.kind, period.name) == (data["kind"], data["name"])
        return replace(period, ends=ends) if same and ends < period.ends else period

    def in_force(self, day: date) -> Policy | None:
        """The version in force on that day; None before the first."""
        found = None
        for adoption in self.adoptions:
            if adoption.starts is None or adoption.starts <= day:
                found = adoption.policy
        return found

    def earliest(self) -> Adoption:
        """The first version ever adopted."""
        return self.adoptions[0]

    def procedure(self, day: date) -> Policy:
        """The version whose steps apply on that day: the one in force, else the first."""
        return self.in_force(day) or self.earliest().policy

    def roles(self) -> list[str]:
        """Every role that a version ever adopted knows."""
        return list(dict.fromkeys(r for a in self.adoptions for r in a.policy.rights.commands))

    def period_open(self, kind: str, day: date) -> Period | None:
        """The period of that kind that runs on that day, if one does."""
        found = (p for p in self.periods if p.kind == kind and p.starts <= day <= p.ends)
        return next(found, None)
