"""What the oracle expects of an answer, and how an answer is held against it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from tests.year.cases import Case, Fact
from tests.year.councils import NEVER


@dataclass
class No:
    """One thing against an act: rules that must be named, and rules that may be named with them."""

    must: set[str]
    also: set[str] = field(default_factory=set)


@dataclass
class Expected:
    """What must come of a command; an `outcome` of None means that the oracle has no opinion."""

    outcome: str | None
    objections: list[No] = field(default_factory=list)
    events: list[str] | None = None
    duties: Counter[str] | None = None
    dues: dict[str, str | None] = field(default_factory=dict)
    allowed_from: str | None = None
    instead: set[str] = field(default_factory=set)
    facts: list[Fact] = field(default_factory=list)
    case: Case | None = None
    irregular: bool | None = None

    def faults(self, answer: dict[str, Any]) -> list[str]:
        """Where an answer is not what was expected."""
        found = []
        if self.outcome and answer["outcome"] != self.outcome:
            return [f"expected {self.outcome}, got {answer['outcome']}: {answer.get('why')}"]
        types = [event["type"] for event in answer.get("events", ())]
        if answer["outcome"] == "accepted":
            found += self._accepted(answer, types)
        elif answer["outcome"] == "refused" and self.outcome:
            found += self._refused(answer)
        found += self._kept(answer, types)
        return found

    def _accepted(self, answer: dict[str, Any], types: list[str]) -> list[str]:
        found = []
        verdict = answer["verdict"]
        if self.events is not None and types != self.events:
            found.append(f"expected the events {self.events}, got {types}")
        owed = Counter(duty["code"] for duty in verdict["duties"])
        if self.duties is not None and owed != self.duties:
            found.append(f"expected the duties {dict(self.duties)}, got {dict(owed)}")
        for duty in verdict["duties"]:
            if duty["code"] in self.dues and duty["due"] != self.dues[duty["code"]]:
                wanted = self.dues[duty["code"]]
                found.append(f"{duty['code']} must be due {wanted}, is due {duty['due']}")
        return found + self._ways(answer)

    def _refused(self, answer: dict[str, Any]) -> list[str]:
        found = []
        named = {rule["rule"] for rule in answer["verdict"]["rules"]}
        short = {rule.split("-")[0] for rule in named}
        must = {rule for no in self.objections for rule in no.must}
        may = must | {rule for no in self.objections for rule in no.also}
        if not must <= named | short:
            found.append(f"refused without naming {sorted(must - named - short)}, but {named}")
        over = {rule for rule in named if rule.startswith(("R-", "STATE"))} - may
        if over:
            found.append(f"refused naming {sorted(over)}, which do not forbid it")
        return found + self._ways(answer)

    def _ways(self, answer: dict[str, Any]) -> list[str]:
        verdict, found = answer["verdict"], []
        if self.allowed_from and verdict["allowed_from"] != self.allowed_from:
            found.append(f"allowed from {self.allowed_from}, not {verdict['allowed_from']}")
        lacking = self.instead - {way["command"] for way in verdict["instead"]}
        if lacking:
            found.append(f"{sorted(lacking)} must be open instead")
        return found

    def _kept(self, answer: dict[str, Any], types: list[str]) -> list[str]:
        """A refusal under a rule of force never, and every forbidden one, is recorded."""
        outcome = answer["outcome"]
        if outcome not in ("refused", "forbidden") or self.case is None:
            return []
        named = {rule["rule"] for rule in answer["verdict"]["rules"]}
        forces = {rule["rule"] for rule in answer["verdict"]["rules"] if rule["force"] == "never"}
        wrong = forces ^ (named & NEVER)
        found = [f"the force of {rule} is not what the rules say" for rule in wrong - {"D-17"}]
        wanted = outcome == "forbidden" or forces
        if bool(wanted) != (types == ["RefusalRecorded"]):
            found.append(f"refusal to be recorded: {bool(wanted)}, but the events are {types}")
        return found
