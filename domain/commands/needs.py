"""Checks what a policy needs before an act, one check for each word of its vocabulary."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from domain.account.incident import Incident
from domain.calendar.london import london_date, write_moment
from domain.commands import counting, earlier_steps
from domain.commands.channels import can_reach
from domain.commands.due_times import calendar_for
from domain.commands.duties import REMOVED, content_for, way_exists
from domain.commands.hearing import heard
from domain.commands.inquiry import Inquiry
from domain.policy.needs import Filter, Need
from domain.policy.policy import Policy
from domain.policy.rules import Rule, state_rule

Check = Callable[[Inquiry, Policy, Need, Sequence[Incident]], None]


def check_needs(
    inquiry: Inquiry, policy: Policy, needs: Sequence[Need], incidents: Sequence[Incident]
) -> None:
    """Object wherever one of the needs is not met by these incidents."""
    for need in needs:
        concerned = incidents
        if need.filter:
            concerned = [i for i in incidents if _concerned(need.filter, i)]
            if not concerned and (incidents or need.filter.names_some):
                continue
        CHECKS[need.what](inquiry, policy, need, concerned)


def _concerned(wanted: Filter, incident: Incident) -> bool:
    mark = wanted.unless_mark
    if mark and incident.upheld and incident.marked(mark):
        return False
    return wanted.takes(incident.categories, incident.kind)


def record_is_complete(inquiry: Inquiry, incident: Incident) -> bool:
    """Whether nothing of the record of that incident is still owed (R-A24)."""
    return not any(
        duty.code == "complete_record" and duty.about["incident"] == incident.number
        for duty in inquiry.together.case_of(incident).duties.values()
    )


def _incidents(inquiry: Inquiry, policy: Policy, need: Need, incidents: Sequence[Incident]) -> None:
    if not incidents:
        inquiry.refuse(need.rules, "no incident is listed", ["incidents"])


def _record(inquiry: Inquiry, policy: Policy, need: Need, incidents: Sequence[Incident]) -> None:
    for incident in incidents:
        if not record_is_complete(inquiry, incident):
            why = f"the record of incident {inquiry.called(incident)} is not complete"
            inquiry.refuse(
                need.rules, why, ["complete-record"], instead=[("complete-record", need.rules[-1])]
            )


def _finding(inquiry: Inquiry, policy: Policy, need: Need, incidents: Sequence[Incident]) -> None:
    for incident in incidents:
        if not incident.upheld:
            why = f"no breach was found in incident {inquiry.called(incident)} ({incident.status})"
            ways = ("uphold", "dismiss") if incident.status == "flagged" else ()
            inquiry.refuse(
                need.rules, why, ["uphold"], instead=[(way, need.rules[0]) for way in ways]
            )


def _finding_or_unlawful(
    inquiry: Inquiry, policy: Policy, need: Need, incidents: Sequence[Incident]
) -> None:
    _finding(inquiry, policy, need, [i for i in incidents if not i.not_captured])


def _evidence(inquiry: Inquiry, policy: Policy, need: Need, incidents: Sequence[Incident]) -> None:
    for incident in incidents:
        if not incident.captured:
            which = inquiry.called(incident)
            why = f"incident {which} has no evidence, nor a reason why there is none"
            inquiry.refuse(
                need.rules,
                why,
                ["capture"],
                instead=[("capture", need.rules[-1]), ("do-not-capture", need.rules[-1])],
            )


def _viewpoint(inquiry: Inquiry, policy: Policy, need: Need, incidents: Sequence[Incident]) -> None:
    answer = inquiry.command.get("viewpoint_neutral")
    if answer is False:
        inquiry.refuse(need.rules, "it would not be done if the same words praised us")
    elif answer is None and not any(i.upheld for i in incidents):
        inquiry.refuse(need.rules, "the viewpoint question is open", ["viewpoint_neutral"])


def _marked(inquiry: Inquiry, policy: Policy, need: Need, incidents: Sequence[Incident]) -> None:
    if need.mark and not any(i.upheld and i.marked(need.mark) for i in incidents):
        inquiry.refuse(need.rules, f"no listed incident is marked {need.mark}", [need.mark])


def _removed(inquiry: Inquiry, policy: Policy, need: Need, incidents: Sequence[Incident]) -> None:
    cannot = set(policy.at("platforms", inquiry.case.platform, "cannot") or ())
    for incident in incidents:
        tried = {action for action, _ in incident.not_possible} | cannot
        impossible = not incident.has_public_post or {"hide", "delete"} <= tried
        impossible = impossible or policy.never_removes(incident.categories)
        if content_for(inquiry, incident) not in REMOVED and not impossible:
            which = inquiry.called(incident)
            why = f"incident {which} is still to be seen: hide or delete it first"
            inquiry.refuse(
                need.rules,
                why,
                ["hide"],
                instead=[(way, need.rules[0]) for way in ("hide", "delete")],
            )


def _asked_all_ways(
    inquiry: Inquiry, policy: Policy, need: Need, incidents: Sequence[Incident]
) -> None:
    ways = policy.at("asking", "ways") or ()
    for incident in incidents:
        if not incident.asked and all(_cannot_be_asked(policy, incident, way) for way in ways):
            why = f"incident {inquiry.called(incident)}: its author could not be asked to remove it"
            inquiry.refuse(need.rules, why)
        if incident.asked and policy.at("asking", "all_or_any") == "any":
            continue
        for way in ways:
            if way not in incident.asked and not _cannot_be_asked(policy, incident, way):
                words = way.replace("_", " ")
                why = f"incident {inquiry.called(incident)}: {words} missing"
                inquiry.refuse(
                    need.rules,
                    why,
                    [f"ask-removal.{way}"],
                    instead=[("ask-removal", need.rules[0])],
                )


def _cannot_be_asked(policy: Policy, incident: Incident, way: str) -> bool:
    exists = way_exists(incident, way) and can_reach(policy, incident.platform, way)
    return ("ask-removal", way) in incident.not_possible or (not exists and bool(incident.asked))


def _window_passed(
    inquiry: Inquiry, policy: Policy, need: Need, incidents: Sequence[Incident]
) -> None:
    days = policy.at("asking", "window", "working_days") or 1
    for incident in incidents:
        if not incident.asked:
            continue
        calendar = calendar_for(inquiry, policy, {"incident": incident.number})
        asked = london_date(datetime.fromisoformat(max(incident.asked.values())))
        closes = calendar.close_of(calendar.add_working_days(asked, days))
        if inquiry.at < closes:
            which = inquiry.called(incident)
            why = f"the author of incident {which} has until then to take it down"
            inquiry.refuse(need.rules, why, allowed_from=write_moment(closes))


def _not_complied(
    inquiry: Inquiry, policy: Policy, need: Need, incidents: Sequence[Incident]
) -> None:
    for incident in incidents:
        edited = incident.content == "edited" and policy.edit_cures
        if edited or incident.content in ("gone", "honoured"):
            why = f"incident {inquiry.called(incident)} was taken down by its author"
            inquiry.refuse(need.rules, why)
        elif incident.content == "deleted":
            which = inquiry.called(incident)
            by = "the platform" if incident.removed_by == "PlatformActed" else "us"
            why = f"incident {which} was deleted by {by}: its author could not comply"
            inquiry.refuse(need.rules, why)


def _period(inquiry: Inquiry, policy: Policy, need: Need, incidents: Sequence[Incident]) -> None:
    kind = need.period or ""
    if inquiry.world.council.period_open(kind, inquiry.day) is None:
        why = f"no {kind.replace('_', '-')} period is open on {inquiry.day}"
        inquiry.refuse(need.rules, why, ["declare-period"])


CHECKS: dict[str, Check] = {
    "incidents": _incidents,
    "record": _record,
    "finding": _finding,
    "finding_or_unlawful": _finding_or_unlawful,
    "evidence": _evidence,
    "viewpoint": _viewpoint,
    "earlier_strike": counting.earlier_strike,
    "strikes": counting.strikes,
    "marked": _marked,
    "removed": _removed,
    "asked_all_ways": _asked_all_ways,
    "window_passed": _window_passed,
    "not_complied": _not_complied,
    "period": _period,
    "warned": earlier_steps.warned,
    "warning_window_passed": earlier_steps.window_passed,
    "muted": earlier_steps.muted,
    "heard": heard,
}


def nothing_to_remove(inquiry: Inquiry, policy: Policy, incident: Incident) -> tuple[Rule, ...]:
    """The rules under which there is nothing on the council's page to hide or delete."""
    if incident.has_public_post:
        return ()
    if incident.where == "own_message":
        return policy.cited("channels", "nothing_to_remove")
    if incident.where == "own_page":
        return (state_rule(f"A {incident.item['kind'].replace('_', ' ')} has no post to remove"),)
    return policy.cited("channels", "rules")
