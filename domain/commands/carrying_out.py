"""Carrying a block out: telling the person, applying and lifting it, telling the director."""

from __future__ import annotations

from domain.account.block import Block
from domain.commands.blocking import must_stand
from domain.commands.channels import check_reach
from domain.commands.duties import lifts, raise_duties
from domain.commands.inquiry import Inquiry
from domain.policy.policy import Policy


def notify_block(inquiry: Inquiry) -> None:
    """Tell a person that they are blocked: owed by R-N22, forbidden by R-A51."""
    found = inquiry.block()
    ended = _told_of_its_end(inquiry, found)
    if not ended:
        must_stand(inquiry, found)
    for policy in inquiry.policies:
        rules = policy.cited("blocks", "notice", "rules")
        if policy.at("blocks", "notice", "force") == "never" and not ended:
            complaint = policy.cited("complaints", "rules")
            inquiry.refuse(
                rules, "people are not told directly", instead=[("complain", complaint[0])]
            )
        else:
            inquiry.allow(rules)
        check_reach(inquiry, policy, rules)
        _check_notice(inquiry, policy, found)
    inquiry.record(
        "BlockNoticeGiven", **inquiry.fields("block", "via", "delivery", "failure", "states")
    )


def _told_of_its_end(inquiry: Inquiry, found: Block) -> bool:
    """Whether the person is told that the block has ended, where the policy speaks of that."""
    force = inquiry.policy.at("blocks", "notice", "after_reversal")
    return not found.stands and force in ("must", "may")


def _check_notice(inquiry: Inquiry, policy: Policy, found: Block) -> None:
    """A notice goes by the ways, and states what, the policy says; a failure is recorded."""
    command = inquiry.command
    notice = policy.at("blocks", "notice") or {}
    rules = policy.cited("blocks", "notice", "rules") or policy.silence("notice")
    ways = notice.get("ways")
    if ways and command["via"] not in ways:
        words = " or ".join(ways).replace("_", " ")
        inquiry.refuse(rules, f"the person is told by {words}", ["via"])
    if command["delivery"] == "failed":
        if "failure" not in command:
            inquiry.refuse(rules, "a failed notice needs its failure recorded", ["failure"])
        return
    said = command.get("states", ())
    unsaid = [word for word in notice.get("states", ()) if word not in said]
    if unsaid and found.stands:
        inquiry.refuse(rules, f"the notice must state {', '.join(unsaid)}", ["states"])


def apply_block(inquiry: Inquiry) -> None:
    """Record the block on one channel; it may have been applied before it was decided (D-3)."""
    command = inquiry.command
    found = inquiry.block()
    must_stand(inquiry, found)
    channel = command["channel"]
    if channel not in found.covers:
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
        raise_duties(inquiry, draft, "unblocked", about, lifts)


def lift_block(inquiry: Inquiry) -> None:
    """Record that a reversed or ended block was taken off one channel."""
    command = inquiry.command
    found = inquiry.block()
    channel = command["channel"]
    if found.stands and channel not in found.dropped:
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
    post = inquiry.policy.at("director", "told") or "service_director"
    if post not in roles:
        title = post.replace("_", " ").title()
        why = f"{command['told']} did not hold the post of {title} on {inquiry.day}"
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
