"""What a policy says of warning a person and of muting an account."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from domain.policy.needs import Cite, Need, read_needs
from domain.policy.rules import Rules


@dataclass(frozen=True, slots=True)
class Warnings:
    """The step of warning: by which ways, at which levels, saying what, and the time to mend."""

    rules: Rules
    never: bool
    ways: tuple[str, ...]
    all_ways: bool
    levels: tuple[str, ...]
    states: tuple[str, ...]
    needs: tuple[Need, ...]
    window_days: int | None
    window_rules: Rules


@dataclass(frozen=True, slots=True)
class Mutes:
    """The step of muting: what it needs, who decides, and whether it stands in a block's place."""

    rules: Rules
    needs: tuple[Need, ...]
    decided_by: frozenset[str]
    proportionality: bool
    instead_of_block: bool


def read_warnings(file: Mapping[str, Any], cite: Cite) -> Warnings | None:
    """The table [warnings]; None where the policy is silent about warning."""
    table = file.get("warnings")
    if table is None:
        return None
    return Warnings(
        rules=cite(table["rules"]),
        never=table["force"] == "never",
        ways=tuple(table.get("ways", ())),
        all_ways=table.get("all_ways", False),
        levels=tuple(table.get("levels", ())),
        states=tuple(table.get("states", ())),
        needs=read_needs(table.get("needs", ()), cite),
        window_days=table.get("window", {}).get("working_days"),
        window_rules=cite(table.get("window_rules", ())),
    )


def read_mutes(file: Mapping[str, Any], cite: Cite) -> Mutes | None:
    """The table [mutes]; None where the policy is silent about muting."""
    table = file.get("mutes")
    if table is None:
        return None
    return Mutes(
        rules=cite(table["rules"]),
        needs=read_needs(table["needs"], cite),
        decided_by=frozenset(table.get("decided_by", ())),
        proportionality=table.get("proportionality", False),
        instead_of_block=table.get("instead_of_block", False),
    )
