"""What history leaves owed: an appeal to decide, and what is due still ahead; nothing else."""

from __future__ import annotations

from datetime import date
from typing import Any

from domain.calendar.london import london_date, write_moment
from domain.calendar.working_days import PastCalendarError, WorkingCalendar
from domain.policy.obligations import Clock
from services.importing.appealed import CalendarOf, is_open
from services.importing.past import Happening, Past

DECIDE = "decide_appeal"
RAISED_BY = {
    "CommentFlagged": "flagged",
    "Blocked": "blocked",
    "AppealFiled": "appeal_filed",
    "AppealReceivedEarly": "appeal_early",
}


def raise_what_is_ahead(past: Past, calendar_of: CalendarOf) -> None:
    """Attach the duties that the row leaves to what raised them."""
    types = {each.type for each in past.told}
    for each in past.told:
        on = RAISED_BY.get(each.type)
        if on is None or _is_over(each, types, past):
            continue
        met = {"tell_service_director"} if "DirectorNotified" in types else set()
        each.duties = _ahead(past, each, on, calendar_of(each.policy), met)


def _is_over(told: Happening, types: set[str], past: Past) -> bool:
    if told.type == "CommentFlagged":
        return bool(types & {"FlagUpheld", "FlagDismissed"})
    if told.type == "Blocked":
        return "BlockReversed" in types
    return not is_open(told, past)


def _ahead(
    past: Past, told: Happening, on: str, calendar: WorkingCalendar, met: set[str]
) -> list[dict[str, Any]]:
    received = told.data.get("received_on")
    found = []
    for duty in told.policy.obligations.get(on, ()):
        if duty.code in met or (duty.sources and "import" not in duty.sources):
            continue
        due = _due(duty.clock, told, calendar, date.fromisoformat(received) if received else None)
        if duty.code == DECIDE or (due and due > write_moment(past.now)):
            found.append(
                {
                    "code": duty.code,
                    "rule": duty.rule.id,
                    "owed_by": duty.owed_by,
                    "due": due,
                    "calendar": calendar.version if duty.clock else None,
                    "about": {
                        k: told.data[k] for k in ("incident", "appeal", "block") if k in told.data
                    },
                }
            )
    return found


def _due(
    clock: Clock | None, told: Happening, calendar: WorkingCalendar, received: date | None
) -> str | None:
    if clock is None:
        return None
    try:
        if clock.next_opening:
            day = calendar.next_working_day_on_or_after(told.at)
        else:
            first = received if clock.starts_at and received else london_date(told.at)
            day = calendar.add_working_days(first, clock.working_days or 1)
        return write_moment(calendar.close_of(day))
    except PastCalendarError:
        return None
