"""What was asked against a block and what came of it: early or not is told by dates alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from domain.calendar.london import london_date, parse_moment
from domain.calendar.working_days import PastCalendarError, WorkingCalendar
from domain.policy.appeals import earliest, rights
from domain.policy.policy import Policy
from services.importing.blocked import unblock
from services.importing.past import Happening, Past, not_recorded
from services.importing.wording import meaning, plain, squeezed, table

CalendarOf = Callable[[Policy], WorkingCalendar]


def appeal(past: Past, blocked: Happening | None, calendar_of: CalendarOf) -> Happening | None:
    """The appeal of a row, filed or early (R-A27, D-4); irregular where the policy knows none."""
    when = past.row.days.get("appeal_received_on")
    standing = _block_appealed(past, blocked)
    if when is None or standing is None:
        if when:
            past.told[0].lacks("an appeal against no block that is recorded", "appeals", "rules")
        return None
    number, decided, after = standing
    data: dict[str, Any] = {"appeal": len(past.case.appeals) + 1, "block": number}
    data["received_on"] = when.day.isoformat()
    told = past.tell("AppealFiled", data, when, after)
    told.lacks(not_recorded(["via", "appellant"]), "appeals", "rules")
    then = past.council.procedure(decided)
    versions = (then,) if then is told.policy else (then, told.policy)
    right = earliest(rights(versions, decided, None))
    if right is None:
        told.breaks(told.policy.silence("appeals")[0].id, "the policy knows no appeal")
        return told
    told.rules = [rule.id for rule in told.policy.cited("appeals", "rules")]
    early = right.still_opens_after(when.day)
    if not early and not right.open_on(when.day):
        told.lacks(f"it came after {right.closes}, until when it could be made", "appeals", "rules")
    if early:
        told.type, data["opens_on"] = "AppealReceivedEarly", right.opens.isoformat()
        told.rules = [rule.id for rule in told.policy.cited("appeals", "early")]
    clocks = ["acknowledge"] if early else ["acknowledge", "decide"]
    for clock in clocks:
        days = told.policy.at("appeals", f"{clock}_working_days")
        if days and (due := _after(calendar_of(told.policy), when.day, days)):
            data[f"{clock}_by"] = due
    return told


def outcome(past: Past, blocked: Happening | None, asked: Happening | None) -> Happening | None:
    """What came of the appeal, or that the block was taken back; the reversal, if there was one."""
    text = past.row.said.get("appeal_outcome", "")
    result = _result(text)
    if result in ("reversed", "unblocked") or "unblocked_on" in past.row.days:
        return _reverse(past, blocked, asked, result)
    if asked is None:
        return None
    early = asked.type == "AppealReceivedEarly"
    path = ("appeals", "early") if early else ("appeals", "rules")
    if result == "early" and not early:
        asked.lacks("called too early, though its day had come: it is undecided", *path)
    elif result == "refused" and early:
        asked.lacks("refused before its day, though it was early", *path)
    elif result == "refused":
        _decided(past, asked, "AppealDismissed", ["when", "reasons", "who decided"])
    elif result == "withdrawn":
        _decided(past, asked, "AppealWithdrawn", ["when"])
    elif text and result is None:
        asked.lacks("its outcome is said in words that are in the note", *path)
    return None


def _result(text: str) -> str | None:
    """What the outcome means; `was not then reversed` is left to a person."""
    found = meaning("outcomes", text)
    whole = table("outcomes").get(squeezed(text))
    denied = {"not", "never", "wont"} & set(plain(text).split())
    return None if denied and not whole and found in ("reversed", "unblocked") else found


def is_open(asked: Happening | None, past: Past) -> bool:
    """Whether the appeal is still to be decided."""
    decided = {"AppealDismissed", "AppealWithdrawn", "BlockReversed"}
    return bool(asked) and not any(each.type in decided for each in past.told)


def _decided(past: Past, asked: Happening, type: str, missing: list[str]) -> None:
    told = past.tell(type, {"appeal": asked.data["appeal"]}, None, asked.at)
    told.lacks(not_recorded(missing), "appeals", "rules")


def _reverse(
    past: Past, blocked: Happening | None, asked: Happening | None, result: str | None
) -> Happening | None:
    standing = _block_appealed(past, blocked)
    if standing is None:
        past.told[0].lacks("a block taken back that is not recorded", "blocks", "reversal", "rules")
        return None
    number, _, after = standing
    data: dict[str, Any] = {"block": number}
    if asked is not None:
        data["because"] = "appeal"
        if asked.type == "AppealFiled":
            data["appeal"] = asked.data["appeal"]
    when = past.row.days.get("unblocked_on")
    told = past.tell("BlockReversed", data, when, asked.at if asked else after)
    missing = [
        "reasons",
        "who decided",
        *([] if when else ["when"]),
        *([] if asked else ["because"]),
    ]
    told.lacks(not_recorded(missing), "blocks", "reversal", "rules")
    for role in told.policy.at("blocks", "reversal", "agreement_of") or ():
        what = f"the agreement of the {role.replace('_', ' ')} was not recorded"
        told.lacks(what, "blocks", "reversal", "rules")
    if asked is not None and asked.type == "AppealReceivedEarly":
        told.lacks("reversed on an appeal that came before its day", "appeals", "early")
    if blocked is not None and (when or result == "unblocked"):
        unblock(past, blocked, told)
    elif blocked is not None and blocked.data["channels"]:
        told.lacks("that the block was lifted was not recorded", "blocks", "reversal", "rules")
    return told


def _block_appealed(past: Past, blocked: Happening | None) -> tuple[int, date, Any] | None:
    """The row's own block, else the account's last: its number, day and moment."""
    if blocked is not None:
        return blocked.data["block"], london_date(blocked.at), blocked.at
    if not past.case.blocks:
        return None
    last = max(past.case.blocks.values(), key=lambda found: (found.decided_at, found.number))
    decided = parse_moment(last.clock_started)
    return last.number, london_date(decided), parse_moment(last.decided_at)


def _after(calendar: WorkingCalendar, received: date, days: int) -> str | None:
    try:
        return calendar.add_working_days(received, days).isoformat()
    except PastCalendarError:
        return None
