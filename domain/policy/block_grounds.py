"""The grounds of a block, as data: needs, who decides and approves, hearing, lengths, spread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from domain.policy.needs import Cite, Ground, read_grounds
from domain.policy.rules import Rules

Table = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Approval:
    """Whose approval a block needs, and whether they set how long it lasts."""

    rules: Rules
    by: frozenset[str]
    sets_length: bool


@dataclass(frozen=True, slots=True)
class Hearing:
    """The notice of intention: how long a reply may take, and what the notice must state."""

    rules: Rules
    reply_working_days: int
    states: tuple[str, ...]
    interim: bool


@dataclass(frozen=True, slots=True)
class BlockGround(Ground):
    """A ground of a block, with what holds for every ground where it says nothing itself."""

    approval: Approval | None = None
    hearing: Hearing | None = None
    lengths: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    fixed_months: int | None = None
    at_most_months: int | None = None
    interim: bool = False
    interim_at_most_months: int | None = None
    one_channel: bool = False


def read_block_grounds(blocks: Table, cite: Cite) -> dict[str, BlockGround]:
    """The grounds of a policy file's `[blocks]`, by code."""
    found = {}
    for code, ground in read_grounds(blocks["grounds"], cite).items():
        entry = blocks["grounds"][code]
        interim = entry.get("interim")
        hearing = _hearing(entry.get("hearing", blocks.get("hearing")), cite)
        found[code] = BlockGround(
            code=code,
            rules=ground.rules,
            needs=ground.needs,
            decided_by=ground.decided_by,
            scopes=ground.scopes,
            categories=ground.categories,
            approval=_approval(entry.get("approval", blocks.get("approval")), cite),
            hearing=hearing,
            lengths=tuple(entry.get("lengths", blocks["lengths"])),
            ends=tuple(entry.get("ends", ())),
            fixed_months=entry.get("fixed_months"),
            at_most_months=entry.get("at_most_months"),
            interim=interim is not None or (hearing is not None and hearing.interim),
            interim_at_most_months=(interim or {}).get("at_most_months"),
            one_channel=entry.get("spread") == "one",
        )
    return found


def _approval(table: Table | None, cite: Cite) -> Approval | None:
    if table is None:
        return None
    return Approval(cite(table["rules"]), frozenset(table["by"]), table.get("sets_length", False))


def _hearing(table: Table | None, cite: Cite) -> Hearing | None:
    if table is None:
        return None
    return Hearing(
        rules=cite(table["rules"]),
        reply_working_days=table["reply_working_days"],
        states=tuple(table.get("states", ())),
        interim=table.get("interim", False),
    )
