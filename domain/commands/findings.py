"""Upholding a flag as a breach, and overturning a finding that was wrong."""

from __future__ import annotations

from copy import copy
from datetime import datetime
from typing import Any

from domain.account.incident import Incident
from domain.calendar.london import london_date
from domain.commands.breaches import check_finding
from domain.commands.duties import follows_from_finding, is_met, raise_duties
from domain.commands.inquiry import Inquiry
from domain.commands.lateness import check_what_came_after
from domain.commands.needs import record_is_complete
from domain.commands.verdict import Draft
from domain.policy.policy import Policy

MARKS = ("explicit", "extreme")


def uphold(inquiry: Inquiry) -> None:
    """Find that an item breaks the policy in force when it was posted (D-21)."""
    command = inquiry.command
    incident = inquiry.incident(command["incident"])
    policy = _policy_at_posting(inquiry, incident)
    if command["viewpoint_neutral"] is not True:
        rules = inquiry.policy.cited("viewpoint", "rules")
        why = "it would not be done if the same words praised us"
        inquiry.refuse(rules, why, instead=[("dismiss", rules[0])])
    if policy is None:
        return
    _check_marks(inquiry, policy, incident)
    adds = incident.upheld and "extreme" in command and not incident.extreme
    if adds and "extreme" in policy.marks:
        _add_mark(inquiry, policy, incident)
        return
    if incident.status != "flagged":
        inquiry.refuse_state(
            f"Incident {incident.number} was {incident.status} on {incident.status_at}"
        )
    if not record_is_complete(inquiry, incident):
        rules = _record_rules(inquiry)
        why = f"the record of incident {incident.number} is not complete"
        inquiry.refuse(rules, why, ["complete-record"], instead=[("complete-record", rules[0])])
    for index, finding in enumerate(command["findings"]):
        check_finding(inquiry, policy, incident, finding, f"findings.{index}")
    if inquiry.objections:
        check_what_came_after(inquiry, Draft("FlagUpheld", inquiry.fields("incident")))
    else:
        _record_finding(inquiry, policy, incident)


def _record_finding(inquiry: Inquiry, policy: Policy, incident: Incident) -> None:
    command = inquiry.command
    categories = [policy.categories[f["category"]] for f in command["findings"]]
    for category in categories:
        inquiry.allow(category.rules)
    found = copy(incident)
    found.findings = tuple(_canonical(policy, finding) for finding in command["findings"])
    found.explicit = bool(command.get("explicit")) and "explicit" in policy.marks
    found.extreme = "extreme" in command and "extreme" in policy.marks
    draft = inquiry.record(
        "FlagUpheld",
        incident=incident.number,
        findings=list(found.findings),
        viewpoint_neutral=True,
        apparent_nature=command.get("apparent_nature", "unknown"),
        strike=any(category.strike for category in categories),
        **inquiry.fields("explicit", "extreme", "perceived_by"),
    )
    if any(asked.choices for category in categories for asked in category.asks):
        draft.data.setdefault("perceived_by", "other")
    suits = follows_from_finding(inquiry, found)
    raise_duties(inquiry, draft, "upheld", {"incident": incident.number}, suits)


def _add_mark(inquiry: Inquiry, policy: Policy, incident: Incident) -> None:
    inquiry.allow(policy.marks["extreme"].rules)
    draft = inquiry.record(
        "FlagUpheld",
        incident=incident.number,
        findings=list(incident.findings),
        viewpoint_neutral=True,
        apparent_nature=incident.apparent_nature,
        strike=False,
        extreme=inquiry.command["extreme"],
    )
    marked = copy(incident)
    marked.extreme = True
    follows = follows_from_finding(inquiry, marked)
    raise_duties(
        inquiry,
        draft,
        "upheld",
        {"incident": incident.number},
        lambda duty: duty.mark == "extreme" and follows(duty),
    )


def _policy_at_posting(inquiry: Inquiry, incident: Incident) -> Policy | None:
    day = london_date(datetime.fromisoformat(incident.judged_by_date_of.replace("Z", "+00:00")))
    council = inquiry.world.council
    policy = council.in_force(day)
    if policy is None:
        first = council.earliest()
        rules = first.policy.cited("versions", "rules")
        why = f"version {first.policy.version} applies from {first.starts}; this is of {day}"
        inquiry.refuse(rules, why, instead=[("dismiss", rules[0])])
    inquiry.substance = policy
    return policy


def _record_rules(inquiry: Inquiry) -> Any:
    policy = inquiry.policy
    return policy.cited("record", "unknown_author") or policy.cited("record", "rules")


def _check_marks(inquiry: Inquiry, policy: Policy, incident: Incident) -> None:
    for name in MARKS:
        if not inquiry.command.get(name):
            continue
        mark = policy.marks.get(name)
        if mark is None and name == "explicit":
            inquiry.warnings.append("explicit is kept, but is no fast path in this policy")
        elif mark is None:
            inquiry.refuse(policy.silence("mark"), f"{name} is no fast path here", [name])
        elif mark.another_than_recorder and inquiry.people & incident.flagged_by:
            why = f"{name} must be said by another person than who recorded it"
            inquiry.refuse(mark.rules, why, [name])


def _canonical(policy: Policy, finding: dict[str, Any]) -> dict[str, Any]:
    kept, category = dict(finding), policy.categories[finding["category"]]
    if category.outside:
        kept["outside"] = dict(category.outside)
    for asked in category.asks:
        if asked.choices is not None and kept.get(asked.field):
            kept[asked.field] = sorted({asked.choices[word] for word in kept[asked.field]})
    return kept


def overturn(inquiry: Inquiry) -> None:
    """Take a finding back: it counts no more, and what it led to is put right."""
    incident = inquiry.incident(inquiry.command["incident"])
    if not incident.upheld:
        inquiry.refuse_state(f"Incident {incident.number} is {incident.status}: no finding stands")
        return
    draft = inquiry.record("FindingOverturned", **inquiry.fields("incident", "because", "reasons"))
    raised = f"{incident.upheld_sequence}."
    draft.ends += [duty for duty in inquiry.present.duties if duty.startswith(raised)]
    raise_duties(
        inquiry,
        draft,
        "overturned",
        {"incident": incident.number},
        lambda duty: duty.code == "restore_post" and not is_met(inquiry, duty, incident),
    )
    if inquiry.case.mutes:
        _owe_unmuting(inquiry, draft, incident)
    _warn_of_blocks_elsewhere(inquiry, incident)
    for block in inquiry.case.standing_blocks():
        if incident.number in block.incidents:
            raise_duties(
                inquiry,
                draft,
                "overturned",
                {"block": block.number},
                lambda duty: duty.code == "review_block",
            )


def _owe_unmuting(inquiry: Inquiry, draft: Draft, incident: Incident) -> None:
    """A mute that rests on nothing else has lost its ground."""
    case = inquiry.case
    for mute in case.muted_on().values():
        others = [number for number in mute.incidents if number != incident.number]
        if len(others) < len(mute.incidents) and not case.rests_on_a_finding(others):
            raise_duties(
                inquiry,
                draft,
                "overturned",
                {"incident": incident.number},
                lambda duty: duty.code == "lift_mute",
            )


def _warn_of_blocks_elsewhere(inquiry: Inquiry, incident: Incident) -> None:
    """Name the standing blocks of linked cases that list this incident."""
    named = f"{inquiry.present.case}/{incident.number}"
    for case in inquiry.together.others:
        for block in case.standing_blocks():
            if named in block.incidents:
                where = f"block {block.number} of case {case.case}"
                inquiry.warnings.append(f"{where} rests on it: review that block there")
