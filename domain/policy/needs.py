"""What a policy asks to be true before an act, as data."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from domain.policy.rules import Rules

Cite = Callable[[Sequence[str]], Rules]


@dataclass(frozen=True, slots=True)
class Need:
    """One thing an act needs, the rules that ask for it, and how much of it."""

    what: str
    rules: Rules
    categories: frozenset[str] = frozenset()
    at_least: int = 1
    within_months: int | None = None
    mark: str | None = None
    period: str | None = None
    level: str | None = None
    of: str = "account"

    def concerns(self, categories: frozenset[str]) -> bool:
        """Whether an item found in these categories needs it."""
        return not self.categories or bool(self.categories & categories)


def read_needs(entries: Sequence[Mapping[str, Any]], cite: Cite) -> tuple[Need, ...]:
    """The needs that a policy file lists for an act."""
    return tuple(
        Need(
            what=entry["what"],
            rules=cite(entry["rules"]),
            categories=frozenset(entry.get("categories", ())),
            at_least=entry.get("at_least", 1),
            within_months=entry.get("within_months"),
            mark=entry.get("mark"),
            period=entry.get("period"),
            level=entry.get("level"),
            of=entry.get("of", "account"),
        )
        for entry in entries
    )


@dataclass(frozen=True, slots=True)
class Ground:
    """A ground on which an act may rest: its rules, its needs, who decides, which scopes."""

    code: str
    rules: Rules
    needs: tuple[Need, ...]
    decided_by: frozenset[str]
    scopes: tuple[str, ...]


def read_grounds(table: Mapping[str, Any], cite: Cite) -> dict[str, Ground]:
    """The grounds that a policy file lists, by code."""
    return {
        code: Ground(
            code=code,
            rules=cite(entry["rules"]),
            needs=read_needs(entry.get("needs", ()), cite),
            decided_by=frozenset(entry.get("decided_by", ())),
            scopes=tuple(entry.get("scopes", ())),
        )
        for code, entry in table.items()
    }
