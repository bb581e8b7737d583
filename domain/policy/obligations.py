"""What a policy says must follow from an act: code, rule, who owes it, and the clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from domain.policy.needs import Cite
from domain.policy.rules import Rule


@dataclass(frozen=True, slots=True)
class Clock:
    """When a duty is due: so many of one unit from a date or a moment, or at the next opening."""

    working_days: int | None = None
    days: int | None = None
    months: int | None = None
    hours: int | None = None
    working_hours: int | None = None
    starts_at: str | None = None
    next_opening: bool = False


@dataclass(frozen=True, slots=True)
class Obligation:
    """A duty that a trigger raises, and for which findings or sources it does."""

    on: str
    code: str
    rule: Rule
    owed_by: str
    clock: Clock | None
    categories: frozenset[str]
    except_categories: frozenset[str]
    sub_reasons: frozenset[str]
    sources: frozenset[str]
    mark: str | None
    unless_mark: str | None
    occasion: str | None
    by: str | None
    reason_stands: bool
    authority: str | None
    during: str | None
    waived_by: frozenset[str]


def _clock(entry: Mapping[str, Any]) -> Clock:
    return Clock(
        working_days=entry.get("working_days"),
        days=entry.get("days"),
        months=entry.get("months"),
        hours=entry.get("hours"),
        working_hours=entry.get("working_hours"),
        starts_at=entry.get("from"),
        next_opening=entry.get("at") == "next_opening",
    )


def read_obligations(file: Mapping[str, Any], cite: Cite) -> dict[str, tuple[Obligation, ...]]:
    """The duties of a policy file by what raises them."""
    found: dict[str, list[Obligation]] = {}
    for entry in file["duties"]:
        found.setdefault(entry["on"], []).append(
            Obligation(
                on=entry["on"],
                code=entry["code"],
                rule=cite(entry["rules"])[0],
                owed_by=entry.get("owed_by", "officer"),
                clock=_clock(entry["due"]) if "due" in entry else None,
                categories=frozenset(entry.get("categories", ())),
                except_categories=frozenset(entry.get("except_categories", ())),
                sub_reasons=frozenset(entry.get("sub_reasons", ())),
                sources=frozenset(entry.get("sources", ())),
                mark=entry.get("mark"),
                unless_mark=entry.get("unless_mark"),
                occasion=entry.get("occasion"),
                by=entry.get("by"),
                reason_stands=entry.get("reason_stands", False),
                authority=entry.get("authority"),
                during=entry.get("during"),
                waived_by=frozenset(entry.get("waived_by", ())),
            )
        )
    return {on: tuple(entries) for on, entries in found.items()}
