"""What a policy asks to be true before an act, as data."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from domain.policy.rules import Rules

Cite = Callable[[Sequence[str]], Rules]


@dataclass(frozen=True, slots=True)
class Filter:
    """For which items a need holds; a need of all has none."""

    categories: frozenset[str]
    except_categories: frozenset[str]
    kinds: frozenset[str]
    except_kinds: frozenset[str]
    unless_mark: str | None

    @property
    def names_some(self) -> bool:
        """Whether it names those that need it, and not only those that don't."""
        return bool(self.categories or self.kinds)

    def takes(self, categories: frozenset[str], kind: str | None) -> bool:
        """Whether an item of that kind, found in these categories, needs it.

        One that was found in a category that needs it needs it, whatever else it was found in.
        """
        if (self.kinds and kind not in self.kinds) or kind in self.except_kinds:
            return False
        left = categories - self.except_categories
        if self.categories:
            return bool(self.categories & left)
        return bool(left) or not categories


@dataclass(frozen=True, slots=True)
class Need:
    """One thing an act needs, the rules that ask for it, and how much of it."""

    what: str
    rules: Rules
    filter: Filter | None = None
    at_least: int = 1
    within_months: int | None = None
    mark: str | None = None
    period: str | None = None
    level: str | None = None
    of: str = "account"
    similar: str | None = None
    same_channel: bool = False
    counting: str = "upheld"
    since_last_block: bool = False

    def concerns(self, categories: frozenset[str], kind: str | None = None) -> bool:
        """Whether an item of that kind, found in these categories, needs it."""
        return self.filter is None or self.filter.takes(categories, kind)


_FILTERS = ("categories", "except_categories", "kinds", "except_kinds", "unless_mark")


def _filter(entry: Mapping[str, Any]) -> Filter | None:
    if not any(key in entry for key in _FILTERS):
        return None
    lists = [frozenset[str](entry.get(key, ())) for key in _FILTERS[:4]]
    return Filter(lists[0], lists[1], lists[2], lists[3], entry.get("unless_mark"))


def read_needs(entries: Sequence[Mapping[str, Any]], cite: Cite) -> tuple[Need, ...]:
    """The needs that a policy file lists for an act."""
    return tuple(
        Need(
            what=entry["what"],
            rules=cite(entry["rules"]),
            filter=_filter(entry),
            at_least=entry.get("at_least", 1),
            within_months=entry.get("within_months"),
            mark=entry.get("mark"),
            period=entry.get("period"),
            level=entry.get("level"),
            of=entry.get("of", "account"),
            similar=entry.get("similar"),
            same_channel=entry.get("same_channel", False),
            counting=entry.get("counting", "upheld"),
            since_last_block="since" in entry,
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
    categories: frozenset[str] = frozenset()


def read_grounds(table: Mapping[str, Any], cite: Cite) -> dict[str, Ground]:
    """The grounds that a policy file lists, by code."""
    return {
        code: Ground(
            code=code,
            rules=cite(entry["rules"]),
            needs=read_needs(entry.get("needs", ()), cite),
            decided_by=frozenset(entry.get("decided_by", ())),
            scopes=tuple(entry.get("scopes", ())),
            categories=frozenset(entry.get("categories", ())),
        )
        for code, entry in table.items()
    }
