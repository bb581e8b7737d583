"""Deciding to block an account, and reviewing a block that stands."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from domain.account.block import Block
from domain.account.standing import Standing
from domain.commands.channels import named_channels, warn_of_channels
from domain.commands.due_times import due_on
from domain.commands.duties import raise_duties
from domain.commands.inquiry import Inquiry
from domain.commands.listing import listed
from domain.commands.needs import check_needs
from domain.commands.outcomes import InvalidCommand
from domain.commands.verdict import Draft, Owed
from domain.policy.needs import Ground
from domain.policy.policy import Policy
from domain.policy.rules import way_on


def block(inquiry: Inquiry) -> None:
    """Decide to block the account, on one of the policy's grounds (R-A26, R-A29, R-N21, R-N25)."""
    command = inquiry.command
    _check_last_day(inquiry)
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
            _refuse_ground(inquiry, policy)
            continue
        _check_scope_and_length(inquiry, policy, ground)
        check_needs(inquiry, policy, ground.needs, incidents)
        if policy.mutes and inquiry.case.mutes:
            _check_not_muted(inquiry, policy, channels)
        if command.get("viewpoint_neutral") is False:
            inquiry.refuse(policy.cited("viewpoint", "rules"), "the viewpoint question says no")
        inquiry.allow(ground.rules)
    warn_of_channels(inquiry, channels)
    if "adjustments_considered" not in command:
        inquiry.warnings.append("no word on reasonable adjustments: is a disability known?")
    if not inquiry.objections:
        _decide(inquiry, channels)


def _decide(inquiry: Inquiry, channels: list[str]) -> None:
    command = inquiry.command
    number = len(inquiry.present.blocks) + 1
    length = command.get("length", {"kind": "indefinite"})
    if length["kind"] == "fixed":
        length = {"ends": "by_itself"} | length
    draft = inquiry.record(
        "Blocked",
        block=number,
        channels=channels,
        length=length,
        **inquiry.fields(
            "ground",
            "incidents",
            "scope",
            "reason",
            "proportionality",
            "viewpoint_neutral",
            "review_on",
            "adjustments_considered",
            "other_channels_offered",
        ),
    )
    inquiry.allow(inquiry.policy.cited("blocks", "rules"))
    about: dict[str, object] = {"block": number}
    raise_duties(inquiry, draft, "blocked", about, lambda duty: duty.code != "apply_block")
    for channel in channels:
        raise_duties(
            inquiry,
            draft,
            "blocked",
            about | {"channel": channel},
            lambda duty: duty.code == "apply_block",
        )
    owe_review(inquiry, draft, number)


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
        if found.scope == scope and set(channels) <= found.channels.keys()
    ]


def _check_not_muted(inquiry: Inquiry, policy: Policy, channels: list[str]) -> None:
    """Where a mute stands in a block's place, a page has one or the other."""
    muted = [channel for channel in inquiry.case.muted_on() if channel in channels]
    if policy.mutes and policy.mutes.instead_of_block and muted:
        rules = policy.mutes.rules
        why = f"the account is muted on {', '.join(muted)}: one or the other"
        inquiry.refuse(rules, why, ["unmute"], instead=[("unmute", rules[0])])


def _refuse_ground(inquiry: Inquiry, policy: Policy) -> None:
    instead = [("block", ground.rules[0]) for ground in policy.block_grounds.values()]
    why = f"{inquiry.command['ground']} is no ground for a block in this policy"
    inquiry.refuse(policy.silence("block_ground"), why, ["ground"], instead=instead)


def _check_last_day(inquiry: Inquiry) -> None:
    length = inquiry.command.get("length", {})
    if length.get("kind") == "fixed" and "until" not in length:
        raise InvalidCommand("length.until", "is missing", "the last day of the block")
    if "until" in length and date.fromisoformat(length["until"]) < inquiry.day:
        raise InvalidCommand("length.until", "is before the block", "a later day")


def _check_scope_and_length(inquiry: Inquiry, policy: Policy, ground: Ground) -> None:
    command = inquiry.command
    if command["scope"] not in ground.scopes:
        why = f"this ground allows {', '.join(ground.scopes)}, not {command['scope']}"
        inquiry.refuse(ground.rules, why, ["scope"])
    length = command.get("length", {"kind": "indefinite"})
    if length["kind"] not in policy.at("blocks", "lengths"):
        inquiry.refuse(policy.silence("block_length"), "no such length here", ["length.kind"])
