"""A verdict explains itself: allowed or refused, by which rules, and what then follows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from domain.policy.rules import Rule, Rules, distinct


@dataclass(slots=True)
class Objection:
    """One thing against an act: the rules that say so and what would change it."""

    rules: Rules
    missing: tuple[str, ...] = ()
    allowed_from: str | None = None
    instead: tuple[tuple[str, Rule], ...] = ()
    why: str = ""

    @property
    def is_state(self) -> bool:
        """Whether what happened stands against it, rather than a clause."""
        return any(rule.id == "STATE" for rule in self.rules)


@dataclass(slots=True)
class Owed:
    """A duty that an act raises, before its event has a number."""

    code: str
    rule: Rule
    owed_by: str | None
    due: str | None
    calendar: str | None
    about: dict[str, Any]
    id: str | None = None


@dataclass(slots=True)
class Draft:
    """An event about to be recorded: its type, its data, what it raises and what it ends."""

    type: str
    data: dict[str, Any]
    owes: list[Owed] = field(default_factory=list)
    ends: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Verdict:
    """What the policy says of a command, before and after."""

    allowed: bool
    rules: list[Rule] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    allowed_from: str | None = None
    instead: list[tuple[str, Rule]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def as_json(self, duties: list[dict[str, Any]]) -> dict[str, Any]:
        """The verdict as an answer gives it."""
        return {
            "allowed": self.allowed,
            "rules": [rule.as_json() for rule in self.rules],
            "missing": self.missing,
            "allowed_from": self.allowed_from,
            "instead": [
                {"command": command, "rule": rule.id, "text": rule.quote}
                for command, rule in self.instead
            ],
            "duties": duties,
            "warnings": self.warnings,
        }


def against(objections: Iterable[Objection], warnings: list[str]) -> Verdict:
    """The refusal that names every rule against an act and everything that would change it."""
    found = list(objections)
    moments = [o.allowed_from for o in found if o.allowed_from]
    return Verdict(
        allowed=False,
        rules=distinct(rule for o in found for rule in o.rules),
        missing=list(dict.fromkeys(field for o in found for field in o.missing)),
        allowed_from=max(moments) if moments else None,
        instead=list(dict.fromkeys(way for o in found for way in o.instead)),
        warnings=warnings,
    )
