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
    """An event about to be recorded: its type, its data, what it raises and what it ends.

    `case` is the other case in whose history it is recorded; None is the one that was asked about.
    """

    type: str
    data: dict[str, Any]
    owes: list[Owed] = field(default_factory=list)
    ends: list[str] = field(default_factory=list)
    case: str | None = None


@dataclass(slots=True)
class Verdict:
    """What the policy says of a command, before and after.

    `judged_by` names the versions of the policy that it was judged by, and why by each (D-21).
    """

    allowed: bool
    rules: list[Rule] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    allowed_from: str | None = None
    instead: list[tuple[str, Rule]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    judged_by: list[dict[str, str]] = field(default_factory=list)

    def as_json(self, duties: list[dict[str, Any]]) -> dict[str, Any]:
        """The verdict as an answer gives it."""
        return {
            "allowed": self.allowed,
            "rules": [self._rule(rule) for rule in self.rules],
            "missing": self.missing,
            "allowed_from": self.allowed_from,
            "instead": [
                {"command": command, "rule": rule.id, "text": _way(command, rule)}
                for command, rule in self.instead
            ],
            "duties": duties,
            "warnings": self.warnings,
            "judged_by": self.judged_by,
        }

    def _rule(self, rule: Rule) -> dict[str, str]:
        """A rule as cited; where several versions judged, with the version that says it."""
        several = len(self.judged_by) > 1 and rule.version
        return rule.as_json() | ({"version": rule.version} if several else {})


WAYS = {
    "uphold": "judge it first: say which breach it is",
    "dismiss": "record that it is no breach",
    "overturn": "take the finding back",
    "capture": "keep evidence of it first",
    "do-not-capture": "record why it is not captured",
    "complete-record": "complete its record first",
    "hide": "hide the post",
    "delete": "delete the post",
    "report-platform": "report it to the platform",
    "approve": "let it be seen",
    "restore": "show it again",
    "not-possible": "record that it can't be done there",
    "ask-removal": "ask the author to take it down",
    "warn": "warn the person first",
    "mute": "mute the account first",
    "unmute": "end the mute there first",
    "block": "block on a ground that this policy has",
    "propose-block": "propose it, for another person to approve",
    "notify-block": "tell the person first, or record that it failed",
    "reverse-block": "reverse the block first",
    "agree-reversal": "have the reversal agreed first",
    "complain": "a complaint is open at any time",
}


def _way(command: str, rule: Rule) -> str:
    return rule.quote if rule.force == "way" else WAYS.get(command, rule.quote)


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
