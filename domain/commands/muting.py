"""Muting an account on pages of the council, and ending that."""

from __future__ import annotations

from domain.commands.channels import named_channels
from domain.commands.duties import raise_duties
from domain.commands.inquiry import Inquiry
from domain.commands.listing import listed, own
from domain.commands.needs import check_needs
from domain.policy.policy import Policy


def mute(inquiry: Inquiry) -> None:
    """Record that the account was muted for upheld incidents, where the policy has muting."""
    incidents = listed(inquiry)
    channels = named_channels(inquiry, "mute")
    _check_not_muted(inquiry, channels)
    for policy in inquiry.policies:
        step = policy.mutes
        if step is None:
            inquiry.refuse(policy.silence("muting"), "this policy does not mute")
            continue
        check_needs(inquiry, policy, step.needs, incidents)
        if step.proportionality and "proportionality" not in inquiry.command:
            inquiry.refuse(step.rules, "say why it is proportionate", ["proportionality"])
        if step.instead_of_block:
            _check_not_blocked(inquiry, policy, channels)
        inquiry.allow(step.rules)
    draft = inquiry.record(
        "Muted",
        channels=channels,
        **inquiry.fields("incidents", "reason", "proportionality"),
    )
    for incident in own(inquiry, incidents):
        raise_duties(inquiry, draft, "muted", {"incident": incident.number})


def unmute(inquiry: Inquiry) -> None:
    """Record that a mute has ended; that is open under every policy."""
    if "incidents" in inquiry.command:
        listed(inquiry)
    known = inquiry.case.muted_on()
    wanted = inquiry.command["channels"]
    channels = list(known) if wanted == "all" else list(dict.fromkeys(wanted))
    for channel in channels:
        if channel not in known:
            inquiry.refuse_state(f"The account is not muted on {channel}")
        elif channel not in inquiry.present.muted_on():
            inquiry.refuse_state(f"The mute on {channel} was ended by an act recorded before")
    if not channels:
        inquiry.refuse_state("The account is muted nowhere")
    if inquiry.policy.mutes:
        inquiry.allow(inquiry.policy.mutes.rules)
    draft = inquiry.record(
        "MuteEnded",
        channels=channels,
        **inquiry.fields("incidents", "reason", "proportionality"),
    )
    # What rests on a linked case's incident, which is named by words, is owed there, not here.
    rested = (n for c in channels if c in known for n in known[c].incidents)
    ended = {n for n in rested if isinstance(n, int)}
    for number in sorted(ended):
        raise_duties(inquiry, draft, "unmuted", {"incident": number})


def _check_not_muted(inquiry: Inquiry, channels: list[str]) -> None:
    standing = inquiry.present.muted_on() | inquiry.case.muted_on()
    for channel in channels:
        if channel in standing:
            what = f"The account is muted on {channel} since {standing[channel].at}"
            inquiry.refuse_state(what)


def _check_not_blocked(inquiry: Inquiry, policy: Policy, channels: list[str]) -> None:
    rules = policy.mutes.rules if policy.mutes else ()
    for block in inquiry.case.standing_blocks():
        both = [channel for channel in channels if channel in block.channels]
        if both:
            why = f"block {block.number} stands on {', '.join(both)}: one or the other"
            inquiry.refuse(rules, why, ["channels"], instead=[("reverse-block", rules[0])])
