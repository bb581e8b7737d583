"""Appeals against a block: acknowledged, withdrawn, dismissed."""

from __future__ import annotations

from datetime import date, datetime

from domain.account.block import Block
from domain.calendar.london import london_date
from domain.commands.inquiry import Inquiry
from domain.commands.outcomes import InvalidCommand
from domain.policy.policy import Policy
from domain.policy.rules import Rules


def received_on(inquiry: Inquiry, block: Block | None) -> date:
    """The day something came in: not after the day of recording, nor before its block."""
    received = date.fromisoformat(inquiry.command["received_on"])
    if received > inquiry.day:
        problem = f"{received} is after {inquiry.day}, when this happened"
        raise InvalidCommand("received_on", problem, "that day or an earlier one")
    if block is not None:
        decided = london_date(datetime.fromisoformat(block.clock_started))
        if received < decided:
            problem = f"{received} is before block {block.number}, of {decided}"
            raise InvalidCommand("received_on", problem, "the day of the block or a later one")
    return received


def _rules(inquiry: Inquiry) -> Rules:
    """Of the first version that knows an appeal: the older may be the one that gave it (D-21)."""
    cited = (policy.cited("appeals", "rules") for policy in inquiry.policies)
    return next(filter(None, cited), ())


def acknowledge_appeal(inquiry: Inquiry) -> None:
    """Record that the appellant was told their appeal arrived (D-5)."""
    appeal = inquiry.appeal(inquiry.command["appeal"])
    if appeal.acknowledged:
        inquiry.refuse_state(f"Appeal {appeal.number} was acknowledged already")
    inquiry.allow(_rules(inquiry))
    inquiry.record("AppealAcknowledged", appeal=appeal.number)


def withdraw_appeal(inquiry: Inquiry) -> None:
    """Record that the appellant took the appeal back."""
    appeal = inquiry.appeal(inquiry.command["appeal"])
    if appeal.status not in ("open", "early"):
        inquiry.refuse_state(f"Appeal {appeal.number} is {appeal.status}")
    inquiry.allow(_rules(inquiry))
    inquiry.record("AppealWithdrawn", appeal=appeal.number)


def dismiss_appeal(inquiry: Inquiry) -> None:
    """Dismiss an open appeal, by another person than who decided the block (D-7)."""
    appeal = inquiry.appeal(inquiry.command["appeal"])
    if appeal.status == "early":
        rules = next(filter(None, map(early_rules, inquiry.policies)), ())
        inquiry.refuse(rules, "an early appeal is acknowledged or withdrawn, not dismissed")
    elif appeal.status != "open":
        inquiry.refuse_state(f"Appeal {appeal.number} is {appeal.status}")
    for policy in inquiry.policies:
        if inquiry.people & inquiry.case.blocks[appeal.block].deciders:
            rules = policy.cited("blocks", "reversal", "distinct")
            inquiry.refuse(rules, "who decided the block may not dismiss its appeal", ["actor"])
    inquiry.allow(_rules(inquiry))
    inquiry.record("AppealDismissed", **inquiry.fields("appeal", "reasons"))


def early_rules(policy: Policy) -> Rules:
    """Under which rules an appeal that comes too early is kept (D-4)."""
    return policy.cited("appeals", "early") or policy.cited("appeals", "rules")
