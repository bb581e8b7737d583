"""Changing a standing block: what it covers, how long it lasts, whether it is interim."""

from __future__ import annotations

from typing import Any

from domain.account.block import Block
from domain.account.standing import Standing
from domain.commands.block_terms import (
    Length,
    check_cover,
    check_interim,
    check_last_day,
    check_length,
    length_of,
)
from domain.commands.blocking import (
    check_not_muted,
    must_stand,
    needs_of,
    owe_applying,
    refuse_ground,
)
from domain.commands.channels import named_channels, warn_of_channels
from domain.commands.deciders import who_may_block
from domain.commands.duties import lifts, raise_duties
from domain.commands.inquiry import Inquiry
from domain.commands.listing import listed
from domain.commands.needs import check_needs
from domain.commands.outcomes import InvalidCommand, NotAllowed
from domain.commands.reversing import must_be_agreed
from domain.commands.verdict import Draft
from domain.policy.policy import Policy

CHANGES = ("scope", "channels", "length", "interim")
NARROWER = {
    "access": frozenset({"interacting", "commenting", "viewing", "messaging", "restricted"}),
    "interacting": frozenset({"commenting", "messaging", "restricted"}),
    "commenting": frozenset({"restricted"}),
}
LASTING = {"fixed": 0, "indefinite": 2, "per_case": 2, "permanent": 3}


def vary_block(inquiry: Inquiry) -> None:
    """Vary a standing block; what makes it harsher needs all that its ground does."""
    command = inquiry.command
    found = inquiry.block()
    if not command["varied"]:
        raise InvalidCommand("scope", "nothing is varied", ", ".join(CHANGES))
    must_stand(inquiry, found)
    if "length" in command["varied"]:
        check_last_day(inquiry)
    named = "channels" in command["varied"]
    channels = named_channels(inquiry, "block") if named else found.covers
    new = {
        "scope": command["scope"],
        "channels": channels,
        "length": length_of(inquiry),
        "interim": command["interim"],
    }
    now = _now(found)
    changed = {each: new[each] for each in command["varied"] if new[each] != now[each]}
    if not changed:
        inquiry.refuse_state(f"Block {found.number} is so already")
    for policy in inquiry.policies:
        _check(inquiry, policy, found, changed)
        if _reverses_in_part(found, changed):
            must_be_agreed(inquiry, policy, found)
        inquiry.allow(policy.cited("blocks", "rules"))
    if "channels" in changed:
        warn_of_channels(inquiry, channels)
    draft = inquiry.record("BlockVaried", **inquiry.fields("block", "reasons"), **changed)
    _follow(inquiry, draft, found, channels)


def as_varied(command: dict[str, Any], case: Standing) -> dict[str, Any]:
    """The command with what the block is now, where it says nothing else; any other as it is."""
    if command["command"] != "vary-block":
        return command
    block = case.blocks.get(command["block"])
    if block is None:
        return command
    kept = {"ground": block.ground, "incidents": list(block.incidents), "viewpoint_neutral": True}
    return kept | _now(block) | command | {"varied": [c for c in CHANGES if c in command]}


def _now(block: Block) -> dict[str, Any]:
    return {
        "scope": block.scope,
        "channels": block.covers,
        "length": block.length,
        "interim": block.interim,
    }


def _check(inquiry: Inquiry, policy: Policy, found: Block, changed: dict[str, Any]) -> None:
    ground = policy.block_grounds.get(found.ground)
    harsher = _harsher(found, changed)
    if ground is None:
        if harsher:
            refuse_ground(inquiry, policy)
        return
    scope, channels = changed.get("scope", found.scope), changed.get("channels", found.covers)
    if "scope" in changed or harsher:
        check_cover(inquiry, ground, scope, channels)
    check_interim(inquiry, policy, ground)
    if not harsher:
        return
    among, rules = who_may_block(policy, "vary-block", found.ground)
    if among and not inquiry.may_as(among):
        raise NotAllowed("what makes a block harsher is decided as the block itself is", rules)
    if ground.approval and inquiry.people & found.proposed_by:
        why = f"who proposed block {found.number} may not make it harsher alone"
        inquiry.refuse(ground.approval.rules, why, ["actor"])
    if "length" in changed or "interim" in changed:
        length = changed.get("length", found.length)
        interim = changed.get("interim", found.interim)
        check_length(inquiry, policy, ground, length, interim, found.decided_on)
    if policy.mutes and inquiry.case.mutes:
        added = [channel for channel in channels if channel not in found.covers]
        check_not_muted(inquiry, policy, added)
    check_needs(inquiry, policy, needs_of(inquiry, ground), listed(inquiry))


def _harsher(found: Block, changed: dict[str, Any]) -> bool:
    """Whether it takes more from the person than the block does now."""
    scope = changed.get("scope", found.scope)
    return (
        (scope != found.scope and scope not in NARROWER.get(found.scope, ()))
        or bool(set(changed.get("channels", ())) - set(found.covers))
        or ("length" in changed and _lasting(changed["length"]) > _lasting(found.length))
        or changed.get("interim") is False
    )


def _reverses_in_part(found: Block, changed: dict[str, Any]) -> bool:
    """Whether the block ends sooner by it, or on some page at once."""
    return bool(set(found.covers) - set(changed.get("channels", found.covers))) or (
        "length" in changed and _lasting(changed["length"]) < _lasting(found.length)
    )


def _lasting(length: Length) -> tuple[int, str]:
    kept = length["kind"] == "fixed" and length.get("ends") != "by_itself"
    return LASTING[length["kind"]] + kept, length.get("until", "")


def _follow(inquiry: Inquiry, draft: Draft, found: Block, channels: list[str]) -> None:
    """Owe the application on what was added and the lifting of what was dropped."""
    about: dict[str, object] = {"block": found.number}
    by_channel = ("apply_block", "lift_block")
    raise_duties(inquiry, draft, "varied", about, lambda duty: duty.code not in by_channel)
    for channel in channels:
        if found.channels.get(channel) in ("applied", "partly"):
            _end(inquiry, draft, found, "lift_block", channel)
        elif channel not in found.covers:
            owe_applying(inquiry, draft, found.number, channel)
    for channel in found.covers:
        if channel in channels:
            continue
        _end(inquiry, draft, found, "apply_block", channel)
        if channel in found.reached:
            raise_duties(inquiry, draft, "unblocked", about | {"channel": channel}, lifts)


def _end(inquiry: Inquiry, draft: Draft, found: Block, code: str, channel: str) -> None:
    about = {"block": found.number, "channel": channel}
    owed = inquiry.present.duties.values()
    draft.ends += [duty.id for duty in owed if (duty.code, duty.about) == (code, about)]
