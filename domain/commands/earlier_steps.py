"""Checks whether the steps that a policy wants before a graver one were taken: warning, muting."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from domain.account.incident import Incident
from domain.account.sanction import Warned
from domain.calendar.london import london_date, write_moment
from domain.calendar.months import corresponding_date
from domain.calendar.working_days import PastCalendarError
from domain.commands.inquiry import Inquiry
from domain.policy.needs import Need
from domain.policy.policy import Policy


def within(day: date, moment: str, months: int | None) -> bool:
    """Whether a moment lies less than so many calendar months before that day (D-1)."""
    if months is None:
        return True
    return day < corresponding_date(london_date(datetime.fromisoformat(moment)), months)


def warned(inquiry: Inquiry, policy: Policy, need: Need, incidents: Sequence[Incident]) -> None:
    """Object unless the person was warned, of each listed incident where it says `of` listed."""
    given = [w for w in counted_warnings(inquiry) if need.level in (None, w.level)]
    given = [w for w in given if within(inquiry.day, w.at, need.within_months)]
    if need.of == "listed":
        lacking = [i for i in incidents if _times(inquiry, policy, about(given, i)) < need.at_least]
        why = [f"nobody was warned of incident {incident.number}" for incident in lacking]
    else:
        times = _times(inquiry, policy, given)
        why = [f"warned {times} times, {need.at_least} needed"] if times < need.at_least else []
    if why:
        level = f" ({need.level})" if need.level else ""
        ways = [("warn", need.rules[0])]
        inquiry.refuse(need.rules, "; ".join(why) + level, ["warn"], instead=ways)


def window_passed(
    inquiry: Inquiry, policy: Policy, need: Need, incidents: Sequence[Incident]
) -> None:
    """Object until the time to mend has passed since the last warning about these incidents."""
    given = [w for w in counted_warnings(inquiry) if w.sent]
    of_these = [w for i in incidents for w in about(given, i)] or given
    days = policy.warnings.window_days if policy.warnings else None
    if not of_these or days is None:
        inquiry.refuse(need.rules, "nobody was warned", ["warn"])
        return
    calendar = inquiry.world.calendar_of(policy)
    last = london_date(datetime.fromisoformat(max(w.at for w in of_these)))
    try:
        closes = calendar.close_of(calendar.add_working_days(last, days))
    except PastCalendarError as past:
        inquiry.warnings.append(f"whether the time to mend has passed is not known: {past}")
        return
    if inquiry.at < closes:
        why = f"the person was warned on {last} and has until then to mend it"
        inquiry.refuse(need.rules, why, allowed_from=write_moment(closes))


def muted(inquiry: Inquiry, policy: Policy, need: Need, incidents: Sequence[Incident]) -> None:
    """Object unless the account is or was muted, for findings that were not all overturned."""
    case = inquiry.case
    found = [m for m in case.mutes if case.rests_on_a_finding(m.incidents)]
    found = [m for m in found if within(inquiry.day, m.at, need.within_months)]
    if len(found) < need.at_least:
        why = f"muted {len(found)} times, {need.at_least} needed"
        inquiry.refuse(need.rules, why, ["mute"], instead=[("mute", need.rules[0])])


def counted_warnings(inquiry: Inquiry) -> list[Warned]:
    """The warnings, sent or not, of which not every finding was overturned."""
    case = inquiry.case
    return [w for w in case.warnings if case.rests_on_a_finding(w.incidents)]


def about(warnings: Iterable[Warned], incident: Incident) -> list[Warned]:
    """Those of the warnings that name an incident."""
    return [warning for warning in warnings if incident.number in warning.incidents]


def all_ways_tried(case_incidents: Iterable[Incident], policy: Policy, tried: set[str]) -> bool:
    """Whether each way that the policy asks for was tried, or can't be used there."""
    known = policy.warnings
    if known is None or not known.all_ways:
        return True
    cannot = {way for i in case_incidents for action, way in i.not_possible if action == "warn"}
    return set(known.ways) <= tried | cannot


def _times(inquiry: Inquiry, policy: Policy, given: Iterable[Warned]) -> int:
    """How often the person was warned; the same warning by several ways is one."""
    same: dict[tuple[tuple[int, ...], str | None], list[Warned]] = {}
    for warning in given:
        same.setdefault((warning.incidents, warning.level), []).append(warning)
    known = inquiry.case.incidents
    return sum(
        any(w.sent for w in each)
        and all_ways_tried((known[n] for n in numbers if n in known), policy, {w.via for w in each})
        for (numbers, _), each in same.items()
    )
