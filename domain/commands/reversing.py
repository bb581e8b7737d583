"""Reversing a block: the manager's agreement, and the decision of another person (R-A28)."""

from __future__ import annotations

from domain.account.block import Block
from domain.commands.blocking import must_stand
from domain.commands.duties import raise_unblocked
from domain.commands.inquiry import Inquiry
from domain.commands.outcomes import InvalidCommand
from domain.policy.policy import Policy

FIELDS = ("block", "because", "appeal", "complaint", "reasons")


def agree_reversal(inquiry: Inquiry) -> None:
    """Record the agreement to one reversal, for one reason (R-A28, D-7)."""
    _check_number_is_told(inquiry)
    found = inquiry.block()
    must_stand(inquiry, found)
    number = _occasion(inquiry, found)
    _not_by_who_blocked(inquiry, found, "agree to its reversal")
    if inquiry.case.agreement(found.number, inquiry.command["because"], number):
        inquiry.refuse_state(f"The reversal of block {found.number} is agreed already")
    inquiry.allow(inquiry.policy.cited("blocks", "reversal", "rules"))
    inquiry.record("ReversalAgreed", **inquiry.fields(*FIELDS))


def decline_reversal(inquiry: Inquiry) -> None:
    """Record that the reversal is not agreed; an agreement given before lapses."""
    _check_number_is_told(inquiry)
    found = inquiry.block()
    must_stand(inquiry, found)
    _occasion(inquiry, found)
    inquiry.allow(inquiry.policy.cited("blocks", "reversal", "rules"))
    inquiry.record("ReversalDeclined", **inquiry.fields(*FIELDS))


def reverse_block(inquiry: Inquiry) -> None:
    """Reverse a block, with whatever agreement the policy asks for (R-A28, D-7, D-11, D-27)."""
    _check_number_is_told(inquiry)
    found = inquiry.block()
    must_stand(inquiry, found)
    number = _occasion(inquiry, found)
    _not_by_who_blocked(inquiry, found, "reverse it")
    for policy in inquiry.policies:
        _check_agreement(inquiry, policy, found, number)
        inquiry.allow(policy.cited("blocks", "reversal", "rules"))
    draft = inquiry.record("BlockReversed", **inquiry.fields(*FIELDS))
    raise_unblocked(inquiry, draft, found.number, found.reached)


def _check_agreement(inquiry: Inquiry, policy: Policy, found: Block, number: int | None) -> None:
    agreeing = policy.at("blocks", "reversal", "agreement_of")
    if not agreeing:
        return
    rules = policy.cited("blocks", "reversal", "rules")
    agreement = inquiry.case.agreement(found.number, inquiry.command["because"], number)
    if agreement is None:
        who = " or ".join(role.replace("_", " ").title() for role in agreeing)
        why = f"the {who} has not agreed to this reversal"
        inquiry.refuse(rules, why, ["agree-reversal"], instead=[("agree-reversal", rules[0])])
    elif inquiry.people & agreement.agreed_by:
        distinct = policy.cited("blocks", "reversal", "distinct")
        inquiry.refuse(distinct, "who agreed may not be the one who reverses", ["actor"])


def must_be_agreed(inquiry: Inquiry, policy: Policy, found: Block) -> None:
    """Refuse to end a block sooner, or on one page, without what its reversal needs (R-A28)."""
    if not policy.at("blocks", "reversal", "agreement_of"):
        return
    rules = policy.cited("blocks", "reversal", "rules")
    agreed = [each for each in inquiry.case.agreements if each.block == found.number]
    _not_by_who_blocked(inquiry, found, "end it sooner, or on one page")
    if not agreed:
        why = "it reverses the block in part, and nobody has agreed to that"
        inquiry.refuse(rules, why, ["agree-reversal"], instead=[("agree-reversal", rules[0])])
    elif all(inquiry.people & each.agreed_by for each in agreed):
        distinct = policy.cited("blocks", "reversal", "distinct")
        inquiry.refuse(distinct, "who agreed may not be the one who varies the block", ["actor"])


def _not_by_who_blocked(inquiry: Inquiry, found: Block, what: str) -> None:
    if inquiry.people & found.deciders:
        rules = inquiry.policy.cited("blocks", "reversal", "distinct")
        why = f"who decided block {found.number} may not {what}"
        inquiry.refuse(rules, why, ["actor"])


def _check_number_is_told(inquiry: Inquiry) -> None:
    because = inquiry.command["because"]
    if because != "error" and because not in inquiry.command:
        raise InvalidCommand(because, "is missing", f"the number of the {because}")


def _occasion(inquiry: Inquiry, found: Block) -> int | None:
    """The number of the appeal or complaint that a reversal is because of."""
    because = inquiry.command["because"]
    if because == "error":
        return None
    number: int = inquiry.command[because]
    if because == "appeal":
        appeal = inquiry.appeal(number)
        if appeal.block != found.number:
            inquiry.refuse_state(f"Appeal {number} is against block {appeal.block}")
        elif appeal.status != "open":
            inquiry.refuse_state(f"Appeal {number} is {appeal.status}")
        return number
    complaint = inquiry.complaint(number)
    if complaint.block not in (None, found.number):
        inquiry.refuse_state(f"Complaint {number} is about block {complaint.block}")
    if complaint.result == "not_upheld":
        inquiry.refuse_state(f"Complaint {number} was answered: not upheld")
    return number
