"""Carrying a block out: telling the person, applying and lifting it, telling the director."""

from __future__ import annotations

from domain.commands.blocking import must_stand
from domain.commands.channels import check_reach
from domain.commands.duties import raise_duties
from domain.commands.inquiry import Inquiry


def notify_block(inquiry: Inquiry) -> None:
    """Tell a person that they are blocked: owed by R-N22, forbidden by R-A51."""
    found = inquiry.block()
    must_stand(inquiry, found)
    for policy in inquiry.policies:
        rules = policy.cited("blocks", "notice", "rules")
        if policy.at("blocks", "notice", "force") == "never":
            complaint = policy.cited("complaints", "rules")
            inquiry.refuse(
                rules, "people are not told directly", instead=[("complain", complaint[0])]
            )
        else:
            inquiry.allow(rules)
        failed = inquiry.command["delivery"] == "failed"
        check_reach(inquiry, policy, rules)
        if failed and "failure" not in inquiry.command:
            inquiry.refuse(rules, "a failed notice needs its failure recorded", ["failure"])
    inquiry.record(
        "BlockNoticeGiven", **inquiry.fields("block", "via", "delivery", "failure", "states")
    )


def apply_block(inquiry: Inquiry) -> None:
    """Record the block on one channel; it may have been applied before it was decided (D-3)."""
    command = inquiry.command
    found = inquiry.block()
    must_stand(inquiry, found)
    channel = command["channel"]
    if channel not in found.channels:
        inquiry.refuse_state(f"Block {found.number} does not cover {channel}")
    elif found.channels[channel] == "applied":
        inquiry.refuse_state(f"Block {found.number} is applied on {channel} already")
    for policy in inquiry.policies:
        if policy.at("blocks", "notice", "needed_before_applying") and not found.noticed:
            rules = policy.cited("blocks", "notice", "rules")
            why = "the person was not told, nor was it tried"
            inquiry.refuse(rules, why, ["notify-block"], instead=[("notify-block", rules[0])])
        inquiry.allow(policy.cited("blocks", "rules"))
    draft = inquiry.record(
        "BlockApplied", **inquiry.fields("block", "channel", "result", "failure")
    )
    if command["result"] != "failed" and not inquiry.present.blocks[found.number].stands:
        # Recorded late: the reversal could not yet know that there was something to lift.
        about: dict[str, object] = {"block": found.number, "channel": channel}
        raise_duties(inquiry, draft, "unblocked", about)


def lift_block(inquiry: Inquiry) -> None:
    """Record that a reversed or ended block was taken off one channel."""
    command = inquiry.command
    found = inquiry.block()
    channel = command["channel"]
    if found.stands:
        rules = inquiry.policy.cited("blocks", "reversal", "rules")
        why = f"block {found.number} stands: it is reversed first, then lifted"
        inquiry.refuse(rules, why, ["reverse-block"], instead=[("reverse-block", rules[0])])
    if found.channels.get(channel) not in ("applied", "partly"):
        inquiry.refuse_state(f"Block {found.number} is not applied on {channel}")
    inquiry.allow(inquiry.policy.cited("blocks", "reversal", "rules"))
    inquiry.record("BlockLifted", **inquiry.fields("block", "channel", "result", "failure"))


def tell_director(inquiry: Inquiry) -> None:
    """Record that the Service Director was told of a block; aware means delivered (R-A31, D-10)."""
    command = inquiry.command
    found = inquiry.block()
    roles = inquiry.world.appointments.roles(command["told"], inquiry.day)
    rules = inquiry.policy.cited("director", "rules") or inquiry.policy.silence("director")
    if "service_director" not in roles:
        why = f"{command['told']} did not hold the post of Service Director on {inquiry.day}"
        inquiry.refuse(rules, why, ["told"])
    inquiry.allow(rules)
    inquiry.record(
        "DirectorNotified", block=found.number, **inquiry.fields("told", "via", "delivery")
    )


def director_acknowledges(inquiry: Inquiry) -> None:
    """Record that the Service Director is aware of a block (D-10)."""
    found = inquiry.block()
    if not found.told:
        inquiry.refuse_state(f"Nobody has told the director of block {found.number} yet")
    if found.acknowledged:
        inquiry.refuse_state(f"The director has acknowledged block {found.number} already")
    inquiry.allow(inquiry.policy.cited("director", "rules"))
    inquiry.record("DirectorAcknowledged", block=found.number)
