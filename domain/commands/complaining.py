"""Complaints: always open, from the first day, in two stages (R-A53, LAW-19)."""

from __future__ import annotations

from datetime import date, datetime

from domain.account.block import Complaint
from domain.calendar.london import london_date
from domain.calendar.working_days import PastCalendarError
from domain.commands.appealing import received_on
from domain.commands.due_times import due_on
from domain.commands.duties import raise_duties
from domain.commands.inquiry import Inquiry
from domain.commands.verdict import Owed


def complain(inquiry: Inquiry) -> None:
    """Record a complaint, on any day after a block and about anything (R-A53)."""
    block = inquiry.block() if "block" in inquiry.command else None
    received = received_on(inquiry, block)
    number = len(inquiry.present.complaints) + 1
    inquiry.allow(inquiry.policy.cited("complaints", "rules"))
    draft = inquiry.record(
        "ComplaintReceived",
        complaint=number,
        stage=1,
        acknowledge_by=_after(inquiry, received, "acknowledge_working_days", None),
        **inquiry.fields("received_on", "via", "about", "block"),
    )
    raise_duties(inquiry, draft, "complaint", {"complaint": number}, received=received)


def acknowledge_complaint(inquiry: Inquiry) -> None:
    """Acknowledge a complaint; the days to answer it count from here (LAW-19).

    One answered before it was acknowledged is still owed that word, but no second answer.
    """
    complaint = inquiry.complaint(inquiry.command["complaint"])
    if complaint.acknowledged_on:
        what = f"Complaint {complaint.number} was acknowledged on {complaint.acknowledged_on}"
        inquiry.refuse_state(what)
    inquiry.allow(inquiry.policy.cited("complaints", "clocks"))
    draft = inquiry.record(
        "ComplaintAcknowledged",
        complaint=complaint.number,
        stage=complaint.stage,
        answer_by=_after(inquiry, inquiry.day, "answer_working_days", complaint.stage),
    )
    now = inquiry.present.complaints[complaint.number]
    if now.result is None and now.stage == complaint.stage:
        on = "complaint_acknowledged" if complaint.stage == 1 else "second_stage_acknowledged"
        raise_duties(inquiry, draft, on, {"complaint": complaint.number})


def extend_complaint(inquiry: Inquiry) -> None:
    """Give an answer more time, once, with a reason (LAW-19)."""
    command = inquiry.command
    complaint = _open(inquiry)
    rules = inquiry.policy.cited("complaints", "clocks")
    until = date.fromisoformat(command["until"])
    duty = next(
        (
            d
            for d in inquiry.case.duties.values()
            if d.code == "answer_complaint" and d.about["complaint"] == complaint.number
        ),
        None,
    )
    if duty is None:
        inquiry.refuse_state(f"No answer to complaint {complaint.number} is owed yet")
        return
    if complaint.extended:
        inquiry.refuse_state(f"Complaint {complaint.number} was extended already")
    due = london_date(datetime.fromisoformat(duty.due)) if duty.due else inquiry.day
    latest = _after_day(inquiry, due, "extend_working_days", complaint.stage)
    if latest and until > latest:
        inquiry.refuse(rules, f"an extension ends on {latest} at the latest", ["until"])
    if until <= due:
        inquiry.refuse_state(f"The answer is due on {due}: {until} is no extension")
    _another_person(inquiry, complaint)
    inquiry.allow(rules)
    draft = inquiry.record(
        "ComplaintExtended", stage=complaint.stage, **inquiry.fields("complaint", "reason", "until")
    )
    new_due, calendar = due_on(inquiry, until)
    rule = inquiry.policy.rules[duty.rule]
    same = Owed(duty.code, rule, duty.owed_by, new_due, calendar, dict(duty.about), duty.id)
    inquiry.owe(draft, same)


def answer_complaint(inquiry: Inquiry) -> None:
    """Answer a complaint; stage 2 by another person than stage 1 (LAW-19)."""
    complaint = _open(inquiry)
    _another_person(inquiry, complaint)
    inquiry.allow(inquiry.policy.cited("complaints", "clocks"))
    inquiry.record(
        "ComplaintAnswered",
        stage=complaint.stage,
        **inquiry.fields("complaint", "result", "reasons"),
    )


def escalate_complaint(inquiry: Inquiry) -> None:
    """Take an answered complaint to stage 2 (LAW-19)."""
    complaint = inquiry.complaint(inquiry.command["complaint"])
    if complaint.result is None:
        inquiry.refuse_state(f"Stage {complaint.stage} of complaint {complaint.number} is open")
    elif complaint.stage == 2:
        inquiry.refuse_state(f"Stage 2 of complaint {complaint.number} was answered")
    inquiry.allow(inquiry.policy.cited("complaints", "clocks"))
    draft = inquiry.record(
        "ComplaintEscalated",
        complaint=complaint.number,
        stage=2,
        acknowledge_by=_after(inquiry, inquiry.day, "acknowledge_working_days", None),
    )
    raise_duties(inquiry, draft, "complaint", {"complaint": complaint.number})


def _open(inquiry: Inquiry) -> Complaint:
    complaint = inquiry.complaint(inquiry.command["complaint"])
    if complaint.result is not None:
        what = f"Stage {complaint.stage} of complaint {complaint.number} was answered"
        inquiry.refuse_state(what)
    return complaint


def _another_person(inquiry: Inquiry, complaint: Complaint) -> None:
    if complaint.stage == 2 and inquiry.people & complaint.handled_by:
        rules = inquiry.policy.cited("complaints", "clocks")
        inquiry.refuse(rules, "stage 2 is another person's than stage 1", ["actor"])


def _after_day(inquiry: Inquiry, day: date, clock: str, stage: int | None) -> date | None:
    days = inquiry.policy.at("complaints", clock)
    try:
        calendar = inquiry.world.calendar_of(inquiry.policy)
        return calendar.add_working_days(day, days if stage is None else days[stage - 1])
    except PastCalendarError:
        return None


def _after(inquiry: Inquiry, day: date, clock: str, stage: int | None) -> str | None:
    found = _after_day(inquiry, day, clock, stage)
    return found.isoformat() if found else None
