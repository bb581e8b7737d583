"""Keeping a case true: notes, corrections, changed handles, duties waived or discharged."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from domain.account.block import Duty
from domain.account.link import SAME_ACCOUNT
from domain.calendar.london import london_date
from domain.commands.discharge import ENDS
from domain.commands.inquiry import Inquiry
from domain.commands.outcomes import InvalidCommand, NotAllowed, NothingThere
from domain.policy.rules import Rules, way_on

OWED_TO_THE_PERSON = frozenset(
    {
        "notify_block",
        "notify_reversal",
        "consider_response",
        "acknowledge_appeal",
        "decide_appeal",
        "acknowledge_complaint",
        "answer_complaint",
    }
)


def note(inquiry: Inquiry) -> None:
    """Add a note to the case."""
    inquiry.record("NoteAdded", **inquiry.fields("text"))


def correct(inquiry: Inquiry) -> None:
    """Correct a field of an earlier event; the old value stays readable."""
    command = inquiry.command
    field, sequence = command["field"], command["sequence"]
    event = next((e for e in inquiry.world.history() if e["sequence"] == sequence), None)
    if event is None:
        raise NothingThere(f"case {inquiry.present.case} has no event {sequence}")
    if event["occurred_at"] > inquiry.moment:
        raise InvalidCommand(
            "sequence",
            f"event {sequence} happened on {event['occurred_at']}, later",
            "a later moment",
        )
    if not inquiry.world.correctable(event["type"], field):
        what = (
            f"{field} of {event['type']} is no name, text, address, posting date or reference: "
            "it stays as it was recorded"
        )
        inquiry.refuse_state(what)
        return
    was = _value(event["data"], field)
    if was == command["value"]:
        inquiry.refuse_state(f"{field} of event {sequence} says that already")
    if field.endswith(("posted_at", "seen_at")):
        check_moment(inquiry, command["value"])
    inquiry.record(
        "RecordCorrected",
        was=was if isinstance(was, str) else None,
        **inquiry.fields("sequence", "field", "value", "reason"),
    )


def check_moment(inquiry: Inquiry, text: str) -> None:
    """Refuse a moment that cannot be read or lies after the act."""
    try:
        moment = datetime.fromisoformat(text)
        london_date(moment)
    except ValueError:
        raise InvalidCommand(
            "value", f"{text} is no moment", "such as 2025-03-03T10:15:00+00:00"
        ) from None
    if moment > inquiry.at:
        raise InvalidCommand("value", f"{text} lies after this act", "an earlier moment")


def _value(data: dict[str, Any], field: str) -> Any:
    place: Any = data
    for step in field.split("."):
        if isinstance(place, list):
            place = place[int(step)] if step.isdigit() and int(step) < len(place) else None
        else:
            place = place.get(step) if isinstance(place, dict) else None
    return place


def change_handle(inquiry: Inquiry) -> None:
    """Record that the account goes by another handle; the old one still finds the case."""
    command = inquiry.command
    case = inquiry.case
    _check_id(inquiry)
    other = inquiry.world.holder_of({"platform": case.platform, "handle": command["handle"]})
    if other and other != inquiry.present.case and not _by_another_id(inquiry, other):
        _refuse_held(inquiry, other, "handle")
    elif command["handle"] == case.handle and not inquiry.fields("name", "account_id"):
        inquiry.refuse_state("The account goes by that handle already")
    known = {"handle": case.handle, "name": case.name, "account_id": case.account_id}
    was = {field: value for field, value in known.items() if value and field in command}
    inquiry.record("HandleChanged", was=was, **inquiry.fields("handle", "name", "account_id"))


def _check_id(inquiry: Inquiry) -> None:
    """The platform's number of an account never changes: another number is another account."""
    told, known = inquiry.command.get("account_id"), inquiry.present.account_id
    if not told:
        return
    if known and known.strip() != told.strip():
        inquiry.refuse_state("The account is known by another id: another id is another account")
    other = inquiry.world.holder_of({"platform": inquiry.present.platform, "account_id": told})
    if other and other != inquiry.present.case:
        _refuse_held(inquiry, other, "id")


def _by_another_id(inquiry: Inquiry, other: str) -> bool:
    """Whether the holder of a handle is known by another id: it has given the handle up."""
    told = inquiry.command.get("account_id", inquiry.present.account_id)
    holder = inquiry.world.standing_of(other, None)
    known = holder.account_id if holder else None
    if not (told and known and told.strip() != known.strip()):
        return False
    inquiry.warnings.append(f"case {other}, of another id, was known by that handle until now")
    return True


def _refuse_held(inquiry: Inquiry, other: str, what: str) -> None:
    words = f"The {what} is held by case {other}"
    if inquiry.present.link(other, SAME_ACCOUNT):
        inquiry.refuse_state(f"{words}, which is linked with this one: both are read together")
        return
    rule = way_on("STATE", f"Case {other} holds that {what}: link the two accounts")
    inquiry.refuse_state(words, [("link-accounts", rule)])


def waive(inquiry: Inquiry) -> None:
    """Let a duty go, with a reason; what is owed to the account's owner cannot be waived."""
    duty = _owed(inquiry)
    if duty.code in OWED_TO_THE_PERSON:
        rules = _rules(inquiry, duty)
        inquiry.refuse(rules, f"{duty.code} is owed to the account's owner")
    elif (allowed := _waived_by(inquiry, duty)) and not inquiry.may_as(allowed):
        why = f"{duty.code} is waived by the {' or '.join(sorted(allowed))} only"
        raise NotAllowed(why, _rules(inquiry, duty))
    draft = inquiry.record("DutyWaived", **inquiry.fields("duty", "reason"))
    draft.ends.append(duty.id)


def discharge(inquiry: Inquiry) -> None:
    """Say how a duty was met that no other command discharges."""
    duty = _owed(inquiry)
    if duty.code in ENDS:
        inquiry.refuse_state(f"{duty.code} is met by its own command, not by saying so")
    draft = inquiry.record("DutyDischarged", **inquiry.fields("duty", "how"))
    draft.ends.append(duty.id)


def _owed(inquiry: Inquiry) -> Duty:
    number = inquiry.command["duty"]
    duty = inquiry.present.duties.get(number)
    if duty is not None:
        return duty
    raised = any(
        number == owed["duty"] for event in inquiry.world.history() for owed in event["duties"]
    )
    if not raised:
        raise NothingThere(f"case {inquiry.present.case} has no duty {number}")
    inquiry.refuse_state(f"Duty {number} is owed no more")
    return Duty(number, "", "", None, None)


def _waived_by(inquiry: Inquiry, duty: Duty) -> frozenset[str]:
    """The roles to which the policy leaves it to let that duty go; none: whoever may waive."""
    for raised in inquiry.policy.obligations.values():
        for each in raised:
            if (each.code, each.rule.id) == (duty.code, duty.rule):
                return each.waived_by
    return frozenset()


def _rules(inquiry: Inquiry, duty: Duty) -> Rules:
    rule = inquiry.policy.rules.get(duty.rule)
    return (rule,) if rule else ()
