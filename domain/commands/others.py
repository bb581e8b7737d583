"""Telling others: the police, the platform, the lawyers."""

from __future__ import annotations

from domain.account.incident import Incident
from domain.commands.inquiry import Inquiry
from domain.commands.listing import listed, own
from domain.commands.needs import check_needs
from domain.commands.outcomes import NotAllowed

POLICE = ("refer_police", "consider_police")


def refer_police(inquiry: Inquiry) -> None:
    """Record a referral to the police, its ground and its legal basis (R-A32, R-A38, R-N24)."""
    command = inquiry.command
    incidents = listed(inquiry)
    if not incidents:
        inquiry.refuse(inquiry.policy.cited("police", "rules"), "none is listed", ["incidents"])
    policy = inquiry.policy
    if any(incident.apparent_nature == "non_criminal" for incident in incidents):
        deciders = policy.at("police", "not_criminal", "decided_by") or ()
        if not inquiry.may_as(deciders):
            rules = policy.cited("police", "not_criminal", "rules")
            why = f"what looks non-criminal is referred by the {_words(deciders)} only"
            raise NotAllowed(why, rules)
    rules = policy.cited("police", "grounds", command["ground"])
    if not rules:
        inquiry.refuse(policy.silence("police_ground"), "no such ground here", ["ground"])
    for index, number in enumerate(command.get("evidence", ())):
        if not any(number in incident.evidence for incident in own(inquiry, incidents)):
            what = f"Evidence {number} is not of these incidents (evidence.{index})"
            inquiry.refuse_state(what)
    inquiry.allow(rules)
    warn_of_what_stays_owed(inquiry, incidents)
    inquiry.record(
        "PoliceReferred",
        **inquiry.fields("incidents", "ground", "force", "legal_basis", "reference", "evidence"),
    )


def not_referred(inquiry: Inquiry) -> None:
    """Record why something was not sent to the police (R-A32, D-16)."""
    found = listed(inquiry)
    incidents = {incident.number for incident in own(inquiry, found)}
    policy = inquiry.policy
    owed = [d for d in inquiry.present.duties.values() if d.code == "refer_police"]
    deciders = policy.at("police", "unsent", "decided_by") or ()
    if any(d.about["incident"] in incidents for d in owed) and not inquiry.may_as(deciders):
        inquiry.warnings.append(f"the referral stays owed: only the {_words(deciders)} can end it")
    inquiry.allow(policy.cited("police", "rules"))
    warn_of_what_stays_owed(inquiry, found)
    inquiry.record("PoliceNotReferred", **inquiry.fields("incidents", "reason"))


def report_platform(inquiry: Inquiry) -> None:
    """Record a report to the platform, or to the hotline for illegal images (R-N33, D-24)."""
    command = inquiry.command
    incident = inquiry.incident(command["incident"])
    for policy in inquiry.policies:
        check_needs(inquiry, policy, policy.report_needs, [incident])
        inquiry.allow(policy.cited("platform_reports", "rules"))
    inquiry.record(
        "PlatformReported",
        incident=incident.number,
        to=command.get("to", "platform"),
        what=command.get("what", "content"),
        **inquiry.fields("reference"),
    )


def consider_legal(inquiry: Inquiry) -> None:
    """Record that legal action was considered, and what came of it (R-N24)."""
    listed(inquiry)
    inquiry.record("LegalActionConsidered", **inquiry.fields("incidents", "outcome", "reason"))


def warn_of_what_stays_owed(
    inquiry: Inquiry, incidents: list[Incident], codes: tuple[str, ...] = POLICE
) -> None:
    """A duty is met in the case that owes it: what a linked case owes stays owed there."""
    for incident in incidents:
        there = inquiry.together.case_of(incident)
        owed = [d for d in there.duties.values() if d.code in codes]
        if there is not inquiry.case and any(d.about["incident"] == incident.number for d in owed):
            which = inquiry.called(incident)
            inquiry.warnings.append(f"what incident {which} owes stays owed: record it there too")


def _words(roles: tuple[str, ...]) -> str:
    return " or ".join(role.replace("_", " ") for role in roles)
