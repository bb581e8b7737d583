"""Who may do a command: the policy's word where it says so, else what the role may do."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from domain.account.standing import Standing
from domain.people.appointments import Appointments
from domain.people.rights import lowest_role
from domain.policy.policy import Policy
from domain.policy.rules import Rules

Deciders = tuple[frozenset[str], Rules]
REVERSAL = ("agree-reversal", "decline-reversal")
ANYONE: Deciders = (frozenset(), ())


def deciders(policy: Policy, command: dict[str, Any]) -> Deciders:
    """The roles that the policy reserves the command to (none: by role alone), and its rules."""
    name = command["command"]
    if name == "block":
        return _of_block(policy, command["ground"])
    if name in ("hide", "delete") and "ground" in command:
        ground = policy.removal_grounds.get(command["ground"])
        return (ground.decided_by, ground.rules) if ground else ANYONE
    if name == "mute" and policy.mutes and policy.mutes.decided_by:
        return policy.mutes.decided_by, policy.mutes.rules
    if name == "refer-authority":
        authority = policy.authorities.get(command["authority"])
        return (authority.decided_by, authority.rules) if authority else ANYONE
    if name in REVERSAL:
        roles = policy.at("blocks", "reversal", "agreement_of") or ()
        return frozenset(roles), policy.cited("blocks", "reversal", "rules") if roles else ()
    return ANYONE


def _of_block(policy: Policy, code: str) -> Deciders:
    among = frozenset(policy.at("blocks", "decided_by") or ())
    rules = policy.cited("blocks", "rules") if among else ()
    ground = policy.block_grounds.get(code)
    if ground and ground.decided_by:
        return ground.decided_by, ground.rules + rules
    return among, rules


def who_decided(case: Standing, command: dict[str, Any]) -> frozenset[str]:
    """Who decided the block that the command is about: a deputy may stand in for them."""
    number = command.get("block")
    if number is None and command.get("appeal") in case.appeals:
        number = case.appeals[command["appeal"]].block
    block = case.blocks.get(number) if isinstance(number, int) else None
    return block.deciders if block else frozenset()


def role_for(
    appointments: Appointments,
    staff: str,
    day: date,
    command: str,
    among: Iterable[str],
    conflicted: frozenset[str],
) -> str | None:
    """The lowest role with which that person may do the command on that day."""
    return lowest_role(appointments.roles(staff, day, conflicted), command, among)


def acting_role(
    appointments: Appointments,
    command: dict[str, Any],
    day: date,
    recorded: date,
    among: frozenset[str],
    conflicted: frozenset[str] = frozenset(),
) -> tuple[frozenset[str], str | None]:
    """The roles that count for a command, and the lowest with which it may be given, if any.

    What was already done is recorded by the manager of the day of recording; on behalf of another
    the role asked is theirs at the act, and who records needs one of their own.
    """
    name, actor = command["command"], command["actor"]
    if "already_done" in command:
        held, manager = appointments.roles(actor, recorded), "communications_manager"
        return held, manager if manager in held else None
    doer = command.get("on_behalf_of", actor)
    role = role_for(appointments, doer, day, name, among, conflicted)
    if role and doer != actor:
        own = role_for(appointments, actor, recorded, name, (), frozenset())
        role = role if own else None
    return appointments.roles(doer, day, conflicted), role
