"""By when a duty is due, as the clock of its policy counts, and which calendar said so."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from domain.calendar.london import write_moment
from domain.calendar.months import corresponding_date
from domain.calendar.working_days import PastCalendarError, WorkingCalendar
from domain.calendar.working_hours import add_hours, add_working_hours
from domain.commands.inquiry import Inquiry
from domain.policy.obligations import Clock, Obligation
from domain.policy.policy import Policy

Due = tuple[str | None, str | None]


def due_of(
    inquiry: Inquiry,
    policy: Policy,
    duty: Obligation,
    about: Mapping[str, object],
    received: date | None = None,
) -> Due:
    """When a duty is due, and the version of the calendar that says so (D-10, D-18, D-19).

    Days and months end with the office hours of their last day; hours end to the minute.
    """
    if duty.clock is None:
        return None, None
    calendar = calendar_for(inquiry, policy, about)
    first = received if duty.clock.starts_at and received else inquiry.day
    try:
        return write_moment(_ends(calendar, duty.clock, inquiry.at, first)), calendar.version
    except PastCalendarError as past:
        inquiry.warnings.append(f"{duty.code} has no due date: {past}")
        return None, calendar.version


def due_on(inquiry: Inquiry, day: date) -> Due:
    """The close of office hours of a given day, or of the next working day after it."""
    calendar = inquiry.world.calendar_of(inquiry.policy)
    try:
        return write_moment(_close(calendar, day)), calendar.version
    except PastCalendarError as past:
        inquiry.warnings.append(f"no due date: {past}")
        return None, calendar.version


def calendar_for(inquiry: Inquiry, policy: Policy, about: Mapping[str, object]) -> WorkingCalendar:
    """The calendar of what a duty is about: of its kind of message or its channel, if it has one.

    An incident that is only just being flagged is told by the command itself.
    """
    number = about.get("incident")
    known = inquiry.case.incidents.get(number) if isinstance(number, int) else None
    flagged = inquiry.command.get("item", {}) if inquiry.command["command"] == "flag" else {}
    item = known.item if known else flagged if number else {}
    channel = about.get("channel") or item.get("channel")
    if channel is None and number:
        channel = inquiry.case.platform
    return inquiry.world.calendar_of(policy, str(channel) if channel else None, item.get("kind"))


def _ends(calendar: WorkingCalendar, clock: Clock, at: datetime, first: date) -> datetime:
    if clock.next_opening:
        return calendar.close_of(calendar.next_working_day_on_or_after(at))
    if clock.hours:
        return add_hours(at, clock.hours)
    if clock.working_hours:
        return add_working_hours(calendar, at, clock.working_hours)
    if clock.days:
        return _close(calendar, first + timedelta(days=clock.days))
    if clock.months:
        return _close(calendar, corresponding_date(first, clock.months))
    return calendar.close_of(calendar.add_working_days(first, clock.working_days or 1))


def _close(calendar: WorkingCalendar, day: date) -> datetime:
    """The close of that day; of the next working day where the office is shut."""
    if not calendar.is_working_day(day):
        day = calendar.add_working_days(day, 1)
    return calendar.close_of(day)
