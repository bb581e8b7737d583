"""Who may do a command: the policy's word where it says so, else what the role may do."""

from __future__ import annotations

from datetime import date
from typing import Any

from domain.account.standing import Standing
from domain.people.appointments import Appointments
from domain.people.rights import Rights
from domain.policy.policy import Policy
from domain.policy.rules import Rules

Deciders = tuple[frozenset[str], Rules]
REVERSAL = ("agree-reversal", "decline-reversal")
BLOCKING = ("block", "propose-block", "approve-block", "decline-block")
ANYONE: Deciders = (frozenset(), ())


def deciders(policy: Policy, command: dict[str, Any]) -> Deciders:
    """The roles that the policy reserves the command to (none: by role alone), and its rules."""
    among, rules = _of_step(policy, command)
    named = policy.permissions.get(command["command"])
    if named:
        rules += policy.cited("permissions", "rules")
        among = among or frozenset(named)
    return among, rules


def _of_step(policy: Policy, command: dict[str, Any]) -> Deciders:
    name = command["command"]
    if name in BLOCKING:
        return who_may_block(policy, name, command.get("ground", ""))
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


def who_may_block(policy: Policy, name: str, code: str) -> Deciders:
    """The roles that may decide, propose, approve or sharpen a block on that ground."""
    ground = policy.block_grounds.get(code)
    approval = ground.approval if ground else None
    if name in ("approve-block", "decline-block"):
        return (approval.by, approval.rules) if approval else ANYONE
    if name == "propose-block" and approval is None:
        return ANYONE
    if name == "vary-block" and approval:
        return approval.by, approval.rules
    among = frozenset(policy.at("blocks", "decided_by") or ())
    rules = policy.cited("blocks", "rules") if among else ()
    if ground and ground.decided_by:
        return ground.decided_by, ground.rules + rules
    return among, rules


def who_decided(case: Standing, command: dict[str, Any]) -> frozenset[str]:
    """Who decided or proposed the block the command is about: a deputy may stand in for them."""
    number = command.get("block")
    if number is None and command.get("appeal") in case.appeals:
        number = case.appeals[command["appeal"]].block
    block = case.blocks.get(number) if isinstance(number, int) else None
    if block:
        return block.deciders
    proposal = case.proposals.get(number) if isinstance(number, int) else None
    return proposal.proposed_by if proposal else frozenset()


def acting_role(
    rights: Rights,
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
        held = appointments.roles(actor, recorded)
        return held, rights.held_as(held, "communications_manager")
    doer = command.get("on_behalf_of", actor)
    roles = appointments.roles(doer, day, conflicted)
    role = rights.lowest(roles, name, among)
    if role and doer != actor:
        own = rights.lowest(appointments.roles(actor, recorded), name)
        role = role if own else None
    return roles, role


def why_forbidden(command: dict[str, Any], day: date, recorded: date) -> str:
    """Which role was lacking, in words: whose, and on which day."""
    name, actor = command["command"], command["actor"]
    if "already_done" in command:
        return (
            "what was done though the rules said no is recorded by the communications manager, "
            f"and {actor} does not hold that post on {recorded}"
        )
    doer = command.get("on_behalf_of", actor)
    if doer != actor:
        return (
            f"{actor} may {name} for {doer} only where {doer} held a role that may on {day}, "
            f"and {actor} holds one on {recorded}"
        )
    return f"{actor} holds no role that may {name} on {day}"
