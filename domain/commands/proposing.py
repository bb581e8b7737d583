"""A block proposed by one person and decided by another."""

from __future__ import annotations

from typing import Any

from domain.account.proposal import Proposal
from domain.account.standing import Standing
from domain.commands.block_terms import length_of
from domain.commands.blocking import TERMS, check_block, record_block
from domain.commands.duties import raise_duties
from domain.commands.inquiry import Inquiry
from domain.commands.outcomes import InvalidCommand, NothingThere
from domain.policy.block_grounds import Approval

DECIDES_A_PROPOSAL = ("approve-block", "decline-block")


def propose_block(inquiry: Inquiry) -> None:
    """Propose to block the account: all that a block needs must be true, but for the hearing."""
    command = inquiry.command
    approval = _approval(inquiry)
    later = approval is not None and approval.sets_length and "length" not in command
    channels = check_block(inquiry, heard=False, length=not later)
    if already := inquiry.open_proposal():
        what = f"The same block was proposed on {already.proposed_at}, as number {already.number}"
        inquiry.refuse_state(what)
    for policy in inquiry.policies:
        ground = policy.block_grounds.get(command["ground"])
        if ground and ground.approval:
            inquiry.allow(ground.approval.rules)
    number = inquiry.present.next_block()
    draft = inquiry.record(
        "BlockProposed",
        block=number,
        channels=channels,
        length=length_of(inquiry) if "length" in command else None,
        **inquiry.fields(*TERMS),
    )
    raise_duties(inquiry, draft, "proposed", {"block": number})


def approve_block(inquiry: Inquiry) -> None:
    """Approve a proposed block, by another person than who proposed it: it is decided now."""
    proposal = _proposal(inquiry)
    _must_be_open(inquiry, proposal)
    approval = _approval(inquiry)
    rules = approval.rules if approval else inquiry.policy.cited("blocks", "rules")
    if "on_behalf_of" in inquiry.command:
        inquiry.refuse(rules, "an approval is the approver's own act", ["actor"])
    _run_from_the_decision(inquiry, proposal)
    if inquiry.people & proposal.proposed_by:
        inquiry.refuse(rules, "who proposed a block may not approve it", ["actor"])
    if approval:
        _check_length_is_theirs(inquiry, approval, proposal)
        inquiry.allow(approval.rules)
    channels = check_block(inquiry)
    if inquiry.objections:
        return
    inquiry.record("BlockApproved", length=length_of(inquiry), **inquiry.fields("block", "reasons"))
    record_block(inquiry, proposal.number, channels)


def decline_block(inquiry: Inquiry) -> None:
    """Decline a proposed block: nothing is blocked."""
    proposal = _proposal(inquiry)
    _must_be_open(inquiry, proposal)
    approval = _approval(inquiry)
    inquiry.allow(approval.rules if approval else inquiry.policy.cited("blocks", "rules"))
    inquiry.record("BlockDeclined", **inquiry.fields("block", "reasons"))


def as_proposed(command: dict[str, Any], case: Standing) -> dict[str, Any]:
    """The command with the terms of the proposal that it decides; any other as it is."""
    if command["command"] not in DECIDES_A_PROPOSAL:
        return command
    proposal = case.proposals.get(command["block"])
    return proposal.terms | command if proposal else command


def _proposal(inquiry: Inquiry) -> Proposal:
    number = inquiry.command["block"]
    found = inquiry.case.proposals.get(number)
    if found is not None:
        return found
    later = inquiry.present.proposals.get(number)
    if later is None:
        raise NothingThere(f"case {inquiry.present.case} has no proposed block {number}")
    problem = f"block {number} was proposed on {later.proposed_at}, later"
    raise InvalidCommand("block", problem, "a moment not before it, or the block that was meant")


def _must_be_open(inquiry: Inquiry, proposal: Proposal) -> None:
    if not proposal.open:
        what = f"Block {proposal.number} was {proposal.status} on {proposal.decided_at}"
        inquiry.refuse_state(what)


def _approval(inquiry: Inquiry) -> Approval | None:
    ground = inquiry.policy.block_grounds.get(inquiry.command["ground"])
    return ground.approval if ground else None


def _run_from_the_decision(inquiry: Inquiry, proposal: Proposal) -> None:
    """A length that the ground itself fixes runs from the decision, not from the proposal."""
    ground = inquiry.policy.block_grounds.get(inquiry.command["ground"])
    kept = inquiry.command.get("length") is proposal.terms.get("length")
    if ground and ground.fixed_months and kept:
        inquiry.command.pop("length", None)


def _check_length_is_theirs(inquiry: Inquiry, approval: Approval, proposal: Proposal) -> None:
    """The approver decides the length where the policy says so, and keeps it where it doesn't."""
    proposed = proposal.terms.get("length")
    length = inquiry.command.get("length")
    if approval.sets_length and (length is None or length.get("kind") == "per_case"):
        inquiry.refuse(approval.rules, "who approves decides how long it lasts", ["length"])
    elif not approval.sets_length and length and length_of(inquiry) != proposed:
        why = "the length is the one that was proposed: decline it, or approve it as it is"
        inquiry.refuse(approval.rules, why, ["length"])
