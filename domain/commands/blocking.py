"""Deciding to block an account, and reviewing a block that stands."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from domain.account.block import Block
from domain.account.standing import Standing
from domain.commands.block_terms import (
    check_categories,
    check_cover,
    check_interim,
    check_last_day,
    check_length,
    length_of,
)
from domain.commands.channels import named_channels, warn_of_channels
from domain.commands.due_times import due_on
from domain.commands.duties import raise_duties
from domain.commands.inquiry import Inquiry
from domain.commands.listing import listed
from domain.commands.needs import check_needs
from domain.commands.verdict import Draft, Owed
from domain.policy.block_grounds import BlockGround
from domain.policy.needs import Need
from domain.policy.policy import Policy
from domain.policy.rules import way_on


def block(inquiry: Inquiry) -> None:
    """Decide to block the account, on one of the policy's grounds (R-A26, R-A29, R-N21, R-N25)."""
    channels = check_block(inquiry)
    for policy in inquiry.policies:
        ground = policy.block_grounds.get(inquiry.command["ground"])
        if ground and ground.approval:
            rules = ground.approval.rules
            why = f"it needs the approval of the {' or '.join(sorted(ground.approval.by))}"
            ways = [("propose-block", rules[0])]
            inquiry.refuse(rules, why, ["propose-block"], instead=ways)
    if not inquiry.objections:
        proposal = inquiry.open_proposal()
        number = proposal.number if proposal else inquiry.present.next_block()
        record_block(inquiry, number, channels)


def check_block(inquiry: Inquiry, heard: bool = True, length: bool = True) -> list[str]:
    """Everything against a block but who decides it; the channels that it is to cover.

    Without `heard` the person need not have been heard yet; without `length` none is asked for.
    """
    command = inquiry.command
    check_last_day(inquiry)
    incidents = listed(inquiry)
    channels = named_channels(inquiry, "block")
    _check_standing_blocks(inquiry, channels)
    if inquiry.case.unknown:
        rules = inquiry.policy.cited("record", "unknown_author")
        rules = rules or inquiry.policy.cited("record", "rules")
        inquiry.refuse(rules, "nobody knows yet whose account it is", ["account"])
    for policy in inquiry.policies:
        ground = policy.block_grounds.get(command["ground"])
        if ground is None:
            refuse_ground(inquiry, policy)
            continue
        check_cover(inquiry, ground, command["scope"], channels)
        check_interim(inquiry, policy, ground)
        if length:
            interim = command.get("interim", False)
            check_length(inquiry, policy, ground, length_of(inquiry), interim, inquiry.day)
        check_categories(inquiry, ground, incidents)
        check_needs(inquiry, policy, needs_of(inquiry, ground, heard), incidents)
        if policy.mutes and inquiry.case.mutes:
            check_not_muted(inquiry, policy, channels)
        if command.get("viewpoint_neutral") is False:
            inquiry.refuse(policy.cited("viewpoint", "rules"), "the viewpoint question says no")
        inquiry.allow(ground.rules)
    warn_of_channels(inquiry, channels)
    if "adjustments_considered" not in command:
        inquiry.warnings.append("no word on reasonable adjustments: is a disability known?")
    return channels


def needs_of(inquiry: Inquiry, ground: BlockGround, heard: bool = True) -> tuple[Need, ...]:
    """The needs of the ground; an interim block waits for no hearing where the policy says so."""
    interim = inquiry.command.get("interim") and ground.hearing and ground.hearing.interim
    if heard and not interim:
        return ground.needs
    return tuple(need for need in ground.needs if need.what != "heard")


TERMS = (
    *("ground", "incidents", "scope", "reason", "proportionality", "viewpoint_neutral"),
    *("interim", "review_on", "adjustments_considered", "other_channels_offered"),
)


def record_block(inquiry: Inquiry, number: int, channels: list[str]) -> None:
    """Record the decision under that number, and what must follow it."""
    draft = inquiry.record(
        "Blocked",
        block=number,
        channels=channels,
        length=length_of(inquiry),
        **inquiry.fields(*TERMS),
    )
    inquiry.allow(inquiry.policy.cited("blocks", "rules"))
    about: dict[str, object] = {"block": number}
    raise_duties(inquiry, draft, "blocked", about, lambda duty: duty.code != "apply_block")
    for channel in channels:
        owe_applying(inquiry, draft, number, channel)
    owe_review(inquiry, draft, number)


def owe_applying(inquiry: Inquiry, draft: Draft, number: int, channel: str) -> None:
    """Owe the application of a block on one channel."""
    about: dict[str, object] = {"block": number, "channel": channel}
    raise_duties(inquiry, draft, "blocked", about, lambda duty: duty.code == "apply_block")


def owe_review(inquiry: Inquiry, draft: Draft, number: int) -> None:
    """Owe the review of a block on the day that the decision sets for it."""
    if "review_on" not in inquiry.command:
        return
    due, calendar = due_on(inquiry, date.fromisoformat(inquiry.command["review_on"]))
    for duty in inquiry.policy.obligations.get("review_set", ()):
        about = {"block": number}
        inquiry.owe(draft, Owed(duty.code, duty.rule, duty.owed_by, due, calendar, about))


def review_block(inquiry: Inquiry) -> None:
    """Record that a standing block was looked at again, and why it stays."""
    found = inquiry.block()
    must_stand(inquiry, found)
    draft = inquiry.record("BlockReviewed", **inquiry.fields("block", "reasons", "review_on"))
    owe_review(inquiry, draft, found.number)


def must_stand(inquiry: Inquiry, found: Block) -> None:
    """Refuse where the block was reversed or has run out."""
    if not found.stands:
        inquiry.refuse_state(f"Block {found.number} was {found.status} on {found.ended_at}")


def _check_standing_blocks(inquiry: Inquiry, channels: list[str]) -> None:
    seen: set[tuple[str, int]] = set()
    for standing in (inquiry.case, inquiry.present, *_linked(inquiry)):
        elsewhere = standing.case != inquiry.present.case
        for found in _covering(standing, inquiry.command["scope"], channels):
            if (standing.case, found.number) not in seen:
                seen.add((standing.case, found.number))
                where = f" in case {standing.case}, of the same account," if elsewhere else ""
                what = f"Block {found.number} of {found.decided_at}{where} stands"
                words = f"Record that it is blocked already, in case {standing.case}"
                instead = [("not-possible", way_on("STATE", words))] if elsewhere else []
                inquiry.refuse_state(f"{what} and covers this already", instead)


def _linked(inquiry: Inquiry) -> Iterator[Standing]:
    """The cases of the same account, as they stood then and as they are recorded."""
    for then in inquiry.together.others:
        yield then
        present = inquiry.world.standing_of(then.case, None)
        if present and present is not then:
            yield present


def _covering(standing: Standing, scope: str, channels: list[str]) -> list[Block]:
    return [
        found
        for found in standing.standing_blocks()
        if found.scope == scope and set(channels) <= set(found.covers)
    ]


def check_not_muted(inquiry: Inquiry, policy: Policy, channels: list[str]) -> None:
    """Where a mute stands in a block's place, a page has one or the other."""
    muted = [channel for channel in inquiry.case.muted_on() if channel in channels]
    if policy.mutes and policy.mutes.instead_of_block and muted:
        rules = policy.mutes.rules
        why = f"the account is muted on {', '.join(muted)}: one or the other"
        inquiry.refuse(rules, why, ["unmute"], instead=[("unmute", rules[0])])


def refuse_ground(inquiry: Inquiry, policy: Policy) -> None:
    """Refuse a ground that the policy doesn't have, and name those it has."""
    instead = [("block", ground.rules[0]) for ground in policy.block_grounds.values()]
    why = f"{inquiry.command['ground']} is no ground for a block in this policy"
    inquiry.refuse(policy.silence("block_ground"), why, ["ground"], instead=instead)
