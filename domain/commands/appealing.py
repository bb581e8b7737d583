"""Appeals against a block: filed, acknowledged, withdrawn, dismissed."""

from __future__ import annotations

from datetime import date, datetime

from domain.account.block import Block
from domain.calendar.london import london_date
from domain.calendar.months import corresponding_date
from domain.calendar.working_days import PastCalendarError
from domain.commands.duties import raise_duties
from domain.commands.inquiry import Inquiry
from domain.commands.outcomes import InvalidCommand
from domain.policy.policy import Policy
from domain.policy.rules import way_on


def opens_on(policies: tuple[Policy, ...], clock_started: date) -> date | None:
    """The London date on which an appeal opens: the earliest of the versions (D-1, D-2, D-21)."""
    found = []
    for policy in policies:
        months = policy.at("appeals", "after_months")
        if months is not None:
            day = corresponding_date(clock_started, months)
            late = policy.at("appeals", "opens") == "day_after"
            found.append(date.fromordinal(day.toordinal() + 1) if late else day)
    return min(found, default=None)


def clock_started(block: Block) -> date:
    """The London date from which the months count (D-3)."""
    return london_date(datetime.fromisoformat(block.clock_started))


def file_appeal(inquiry: Inquiry) -> None:
    """Record an appeal; one that comes too early is recorded as early (R-A27, D-4)."""
    block = inquiry.block()
    received = received_on(inquiry, block)
    opening = opens_on(inquiry.policies, clock_started(block))
    if opening is None:
        _no_appeal_here(inquiry)
        return
    inquiry.allow(inquiry.policy.cited("appeals", "rules"))
    if not block.stands:
        inquiry.refuse_state(f"Block {block.number} was {block.status} on {block.ended_at}")
    _check_standing_over(inquiry, received, opening)
    if received < opening:
        _file_early(inquiry, received, opening)
    else:
        _file(inquiry, received)


def _file(inquiry: Inquiry, received: date) -> None:
    policy = inquiry.policy
    number = len(inquiry.present.appeals) + 1
    draft = inquiry.record(
        "AppealFiled",
        appeal=number,
        acknowledge_by=_after(inquiry, policy, received, "acknowledge_working_days"),
        decide_by=_after(inquiry, policy, received, "decide_working_days"),
        **inquiry.fields("block", "received_on", "via", "appellant", "grounds", "stands_over"),
    )
    about: dict[str, object] = {"appeal": number, "block": inquiry.command["block"]}
    raise_duties(inquiry, draft, "appeal_filed", about, received=received)


def _file_early(inquiry: Inquiry, received: date, opening: date) -> None:
    policy = inquiry.policy
    number = len(inquiry.present.appeals) + 1
    inquiry.allow(policy.cited("appeals", "early"))
    inquiry.opens_on = opening.isoformat()
    complaint = policy.cited("complaints", "rules")[0]
    route = way_on(complaint.id, policy.at("complaints", "route"))
    inquiry.instead.append(("complain", route))
    draft = inquiry.record(
        "AppealReceivedEarly",
        appeal=number,
        opens_on=opening.isoformat(),
        acknowledge_by=_after(inquiry, policy, received, "acknowledge_working_days"),
        **inquiry.fields("block", "received_on", "via", "appellant", "grounds"),
    )
    about: dict[str, object] = {"appeal": number, "block": inquiry.command["block"]}
    raise_duties(inquiry, draft, "appeal_early", about, received=received)


def _after(inquiry: Inquiry, policy: Policy, received: date, clock: str) -> str | None:
    try:
        calendar = inquiry.world.calendar_of(policy)
        return calendar.add_working_days(received, policy.at("appeals", clock)).isoformat()
    except PastCalendarError:
        return None


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


def _no_appeal_here(inquiry: Inquiry) -> None:
    policy = inquiry.policy
    silence = policy.silence("appeals")
    route = policy.cited("complaints", "rules")[0]
    text = policy.at("complaints", "route")
    inquiry.refuse(
        silence,
        "this policy knows no appeal",
        instead=[
            ("complain", way_on(route.id, text)),
            ("reverse-block", way_on(silence[0].id, "A block made in error can be reversed")),
        ],
    )


def _check_standing_over(inquiry: Inquiry, received: date, opening: date) -> None:
    number = inquiry.command.get("stands_over")
    if number is None:
        return
    early = inquiry.appeal(number, "stands_over")
    if early.block != inquiry.command["block"] or early.status != "early" or early.stood_over:
        inquiry.refuse_state(f"Appeal {number} is no early appeal that could stand over")
    if received < opening:
        rules = inquiry.policy.cited("appeals", "early")
        why = f"it opens on {opening}"
        inquiry.refuse(rules, why, ["received_on"], allowed_from=opening.isoformat())


def acknowledge_appeal(inquiry: Inquiry) -> None:
    """Record that the appellant was told their appeal arrived (D-5)."""
    appeal = inquiry.appeal(inquiry.command["appeal"])
    if appeal.acknowledged:
        inquiry.refuse_state(f"Appeal {appeal.number} was acknowledged already")
    inquiry.allow(inquiry.policy.cited("appeals", "rules"))
    inquiry.record("AppealAcknowledged", appeal=appeal.number)


def withdraw_appeal(inquiry: Inquiry) -> None:
    """Record that the appellant took the appeal back."""
    appeal = inquiry.appeal(inquiry.command["appeal"])
    if appeal.status not in ("open", "early"):
        inquiry.refuse_state(f"Appeal {appeal.number} is {appeal.status}")
    inquiry.allow(inquiry.policy.cited("appeals", "rules"))
    inquiry.record("AppealWithdrawn", appeal=appeal.number)


def dismiss_appeal(inquiry: Inquiry) -> None:
    """Dismiss an open appeal, by another person than who decided the block (D-7)."""
    appeal = inquiry.appeal(inquiry.command["appeal"])
    if appeal.status == "early":
        rules = inquiry.policy.cited("appeals", "early")
        inquiry.refuse(rules, "an early appeal is acknowledged or withdrawn, not dismissed")
    elif appeal.status != "open":
        inquiry.refuse_state(f"Appeal {appeal.number} is {appeal.status}")
    for policy in inquiry.policies:
        if inquiry.people & inquiry.case.blocks[appeal.block].deciders:
            rules = policy.cited("blocks", "reversal", "distinct")
            inquiry.refuse(rules, "who decided the block may not dismiss its appeal", ["actor"])
    inquiry.allow(inquiry.policy.cited("appeals", "rules"))
    inquiry.record("AppealDismissed", **inquiry.fields("appeal", "reasons"))
