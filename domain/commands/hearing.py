"""Hearing the person before a block is decided: the intention, their response, what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time, timedelta

from domain.account.incident import Incident
from domain.account.proposal import Hearing as Heard
from domain.calendar.london import at_london, write_moment
from domain.calendar.working_days import PastCalendarError
from domain.commands.duties import raise_duties
from domain.commands.inquiry import Inquiry
from domain.commands.outcomes import InvalidCommand, NothingThere
from domain.policy.block_grounds import BlockGround, Hearing
from domain.policy.needs import Need
from domain.policy.policy import Policy
from domain.policy.rules import Rules


def notify_intention(inquiry: Inquiry) -> None:
    """Tell the person that a block is intended and by when they may reply, or that it failed."""
    command = inquiry.command
    ground = _about(inquiry)
    reply_by = date.fromisoformat(command["reply_by"])
    if reply_by < inquiry.day:
        raise InvalidCommand("reply_by", f"{reply_by} is before the notice", "a later day")
    for policy in inquiry.policies:
        known = policy.block_grounds.get(ground)
        if known is None or known.hearing is None:
            inquiry.refuse(policy.silence("intention"), "the policy knows no such notice")
            continue
        _check_notice(inquiry, policy, known.hearing, reply_by)
        inquiry.allow(known.hearing.rules)
    draft = inquiry.record(
        "IntentionNotified",
        **inquiry.fields("block", "via", "delivery", "reply_by", "failure", "states"),
    )
    raise_duties(inquiry, draft, "intention", {"block": command["block"]})


def receive_response(inquiry: Inquiry) -> None:
    """Record what the person replied; it is never too late, nor too early, to be recorded."""
    command = inquiry.command
    ground = _about(inquiry)
    received = date.fromisoformat(command["received_on"])
    if received > inquiry.day:
        problem = f"{received} is after {inquiry.day}, when this happened"
        raise InvalidCommand("received_on", problem, "that day or an earlier one")
    inquiry.allow(_rules(inquiry, ground))
    draft = inquiry.record("ResponseReceived", **inquiry.fields("block", "received_on", "text"))
    raise_duties(inquiry, draft, "response", {"block": command["block"]}, received=received)


def consider_response(inquiry: Inquiry) -> None:
    """Record that what the person replied was considered, and what came of it."""
    ground = _about(inquiry)
    number = inquiry.command["block"]
    if not _so_far(inquiry, number).unconsidered:
        inquiry.refuse_state(f"No response about block {number} waits to be considered")
    inquiry.allow(_rules(inquiry, ground))
    inquiry.record("ResponseConsidered", **inquiry.fields("block", "reasons"))


def heard(inquiry: Inquiry, policy: Policy, need: Need, incidents: Sequence[Incident]) -> None:
    """Object while the person was not told, may still reply, or was not listened to."""
    number = inquiry.block_meant
    so_far = _so_far(inquiry, number) if number else Heard()
    if so_far.reply_by is None:
        way = "notify-intention" if number else "propose-block"
        why = "the person was not told of the intention, nor was it tried"
        inquiry.refuse(need.rules, why, ["notify-intention"], instead=[(way, need.rules[0])])
    elif so_far.unconsidered:
        why = "what the person replied was not considered"
        ways = [("consider-response", need.rules[0])]
        inquiry.refuse(need.rules, why, ["consider-response"], instead=ways)
    elif not so_far.responses and inquiry.day <= (last := date.fromisoformat(so_far.reply_by)):
        opens = write_moment(at_london(last + timedelta(days=1), time()))
        why = f"the person may reply until {last}"
        inquiry.refuse(need.rules, why, ["receive-response"], allowed_from=opens)


def _about(inquiry: Inquiry) -> str:
    """The ground of the proposal, or the standing block, that the command names."""
    number = inquiry.command["block"]
    proposal, block = inquiry.case.proposals.get(number), inquiry.case.blocks.get(number)
    if block is not None:
        if not block.stands:
            inquiry.refuse_state(f"Block {number} was {block.status} on {block.ended_at}")
        return block.ground
    if proposal is None:
        raise NothingThere(f"case {inquiry.present.case} has no block {number}, proposed or not")
    if not proposal.open:
        inquiry.refuse_state(f"Block {number} was {proposal.status} on {proposal.decided_at}")
    ground: str = proposal.terms["ground"]
    return ground


def _check_notice(inquiry: Inquiry, policy: Policy, hearing: Hearing, reply_by: date) -> None:
    command, rules = inquiry.command, hearing.rules
    failed = command["delivery"] == "failed"
    if failed and "failure" not in command:
        inquiry.refuse(rules, "a failed notice needs its failure recorded", ["failure"])
    unsaid = [word for word in hearing.states if word not in command.get("states", ())]
    if unsaid and not failed:
        inquiry.refuse(rules, f"the notice must state {', '.join(unsaid)}", ["states"])
    try:
        calendar = inquiry.world.calendar_of(policy)
        earliest = calendar.add_working_days(inquiry.day, hearing.reply_working_days)
    except PastCalendarError as past:
        inquiry.warnings.append(f"the time to reply can't be checked: {past}")
        return
    if reply_by < earliest:
        days = hearing.reply_working_days
        why = f"the person has {days} working days to reply: until {earliest} at least"
        inquiry.refuse(rules, why, ["reply_by"])


def _so_far(inquiry: Inquiry, number: int) -> Heard:
    return inquiry.case.hearings.get(number) or Heard()


def _rules(inquiry: Inquiry, code: str) -> Rules:
    ground: BlockGround | None = inquiry.policy.block_grounds.get(code)
    if ground and ground.hearing:
        return ground.hearing.rules
    return inquiry.policy.silence("intention")
