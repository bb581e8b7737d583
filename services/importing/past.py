"""What a row tells as events: each with how exactly its moment is known, and what is irregular."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from domain.account.standing import Standing
from domain.calendar.london import london_date
from domain.people.council import Council
from domain.policy.policy import Policy
from services.importing.days import When
from services.importing.rows import Row

Data = dict[str, Any]
UNKNOWN = "unknown"
NOT_HELD = "the version of the policy then in force is not in this register"


@dataclass(slots=True)
class Happening:
    """One thing that a row tells of."""

    type: str
    data: Data
    at: datetime
    precision: str
    policy: Policy
    held: bool
    behalf: str | None = None
    substance: Data | None = None
    rules: list[str] = field(default_factory=list)
    irregular: dict[str, list[str]] = field(default_factory=dict)
    duties: list[Data] = field(default_factory=list)

    def lacks(self, what: str, *path: str) -> None:
        """Mark it irregular under the rule that the policy names at `path`."""
        self.breaks(rule_at(self.policy, *path), what)

    def breaks(self, rule: str, what: str) -> None:
        """Mark it irregular under that rule."""
        known = self.irregular.setdefault(rule, [])
        if what not in known:
            known.append(what)


@dataclass(slots=True)
class Past:
    """The history of one row so far, and what it stands on: the council, and the case before it."""

    row: Row
    council: Council
    case: Standing
    now: datetime
    told: list[Happening] = field(default_factory=list)

    def tell(
        self, type: str, data: Data, when: When | None, after: datetime | None = None
    ) -> Happening:
        """Add what happened `when`, and not before `after`; on no known date it stands there."""
        at, precision = (when.at, when.precision) if when else (after or self.now, UNKNOWN)
        before = bool(when and after and at < after and when.day < london_date(after))
        if after and at < after:
            at, precision = after, UNKNOWN if before else precision
        day = london_date(at)
        held = self.council.in_force(day)
        happening = Happening(
            type, data, at, precision, held or self.council.earliest().policy, held is not None
        )
        if held is None:
            happening.lacks(NOT_HELD, "versions", "rules")
        if before and when:
            happening.lacks(f"said to be of {when.day}, before what it follows", "record", "rules")
        self.told.append(happening)
        return happening

    def version(self, when: When) -> Data:
        """The policy in force at a moment, as an event names it."""
        held = self.council.in_force(when.day)
        return reference(held, self.council)


def reference(held: Policy | None, council: Council) -> Data:
    """How an event names a version, also one that the register doesn't hold."""
    if held:
        return dict(held.as_reference())
    return {"id": council.earliest().policy.id, "version": UNKNOWN}


def rule_at(policy: Policy, *path: str) -> str:
    """The first rule that the policy names at a place, else its silence about the matter."""
    cited = policy.cited(*path)
    return cited[0].id if cited else policy.silence(path[0])[0].id


def lacking(data: Data, *fields: str) -> list[str]:
    """Those of the fields that nothing was recorded of."""
    return [name for name in fields if not data.get(name)]


def not_recorded(names: list[str]) -> str:
    """That these fields were not recorded."""
    return f"not recorded: {', '.join(names)}"
