"""What a policy counts as a breach, and what it asks before a finding."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from domain.policy.needs import Cite
from domain.policy.rules import Rules


@dataclass(frozen=True, slots=True)
class Asked:
    """A fact that a category asks for, and what makes the answer good enough."""

    field: str
    rules: Rules
    sub_reasons: frozenset[str]
    choices: Mapping[str, str] | None
    all_of: frozenset[str]
    only: frozenset[str]
    kinds: frozenset[str]
    must_be: bool
    optional: bool


@dataclass(frozen=True, slots=True)
class Category:
    """A category of breach: the clause, its sub-reasons, what it asks, whether it is a strike.

    `kinds` are those of the items it can be found of (none: any); a `catch_all` is for whatever no
    other category covers; `outside` is the document, with its version, that it rests on.
    """

    code: str
    rules: Rules
    sub_reasons: tuple[str, ...]
    sub_reason_required: bool
    asks: tuple[Asked, ...]
    linked_posts: int
    strike: bool
    kinds: frozenset[str]
    catch_all: bool
    outside: Mapping[str, str] | None


@dataclass(frozen=True, slots=True)
class Mark:
    """A word that puts a finding on a fast path, and who may say it."""

    name: str
    rules: Rules
    another_than_recorder: bool


def _choices(table: Mapping[str, list[str]]) -> dict[str, str]:
    return {word: code for code, also in table.items() for word in (code, *also)}


def read_categories(file: Mapping[str, Any], cite: Cite) -> dict[str, Category]:
    """The categories of a policy file, by code."""
    lists = {name: _choices(table) for name, table in file.get("lists", {}).items()}

    def asked(entry: Mapping[str, Any], rules: Rules) -> Asked:
        return Asked(
            field=entry["field"],
            rules=cite(entry["rules"]) if "rules" in entry else rules,
            sub_reasons=frozenset(entry.get("sub_reasons", ())),
            choices=lists[entry["list"]] if "list" in entry else None,
            all_of=frozenset(entry.get("all_of", ())),
            only=frozenset(entry.get("only", ())),
            kinds=frozenset(entry.get("kinds", ())),
            must_be=entry.get("is", False),
            optional=entry.get("optional", False),
        )

    found = {}
    for code, entry in file["categories"].items():
        rules = cite(entry["rules"])
        found[code] = Category(
            code=code,
            rules=rules,
            sub_reasons=tuple(entry.get("sub_reasons", ())),
            sub_reason_required=entry.get("sub_reason_required", False),
            asks=tuple(asked(item, rules) for item in entry.get("asks", ())),
            linked_posts=entry.get("linked_posts", 1),
            strike=entry.get("strike", True),
            kinds=frozenset(entry.get("kinds", ())),
            catch_all=entry.get("catch_all", False),
            outside=_outside(file, entry.get("outside")),
        )
    return found


def _outside(file: Mapping[str, Any], document: str | None) -> dict[str, str] | None:
    if document is None:
        return None
    return {"document": document, "version": file["outside"][document]["version"]}


def read_marks(file: Mapping[str, Any], cite: Cite) -> dict[str, Mark]:
    """The fast-path marks of a policy file, by name."""
    return {
        name: Mark(name, cite(entry["rules"]), entry.get("another_than_recorder", False))
        for name, entry in file.get("marks", {}).items()
    }
