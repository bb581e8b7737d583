"""A rule as a verdict cites it: its number, its force, and the policy's own words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Rule:
    """A clause, a chosen default or a silence of a policy; `force` is must, may, never or info.

    `version` is that of the policy in which it stands; the same words in two versions are equal.
    """

    id: str
    force: str
    quote: str
    version: str = field(default="", compare=False)

    def as_json(self) -> dict[str, str]:
        """The shape in which an answer cites the rule."""
        return {"rule": self.id, "force": self.force, "quote": self.quote}

    def banning(self) -> Rule:
        """The same words where they forbid for good, whatever force they have elsewhere."""
        return Rule(self.id, "never", self.quote, self.version)


Rules = tuple[Rule, ...]


def way_on(number: str, text: str) -> Rule:
    """What is open instead of a refused act, in words of its own, under that rule."""
    return Rule(number, "way", text)


def state_rule(what_happened: str) -> Rule:
    """What the state of the case forbids and no clause covers."""
    return Rule("STATE", "must", what_happened)


def distinct(rules: Iterable[Rule]) -> list[Rule]:
    """Each rule once, in the order first cited."""
    return list({rule.id: rule for rule in reversed(list(rules))}.values())[::-1]
