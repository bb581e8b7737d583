"""What the platform did by itself: no decision of the council's, and never a strike."""

from __future__ import annotations

from copy import copy

from domain.account.incident import PAGELESS, Incident
from domain.commands.duties import follows_without_finding, raise_duties
from domain.commands.inquiry import Inquiry
from domain.commands.presence import still_there
from domain.policy.policy import Policy


def platform_acted(inquiry: Inquiry) -> None:
    """Record what the platform's filter, its rules or our report made it do."""
    command = inquiry.command
    incident = inquiry.incident(command["incident"])
    if incident.platform in PAGELESS:
        inquiry.refuse_state(f"{incident.platform} is no platform that could act on an item")
    if command["action"] in ("hidden", "deleted"):
        still_there(inquiry, incident)
        if incident.content == command["action"]:
            what = f"Incident {incident.number} was {incident.content} on {incident.content_at}"
            inquiry.refuse_state(what)
    if command["because"] == "our_report" and not incident.reported:
        inquiry.warnings.append(f"no report of incident {incident.number} is recorded")
    if command["because"] == "filter":
        note_the_filter(inquiry, inquiry.policy)
    draft = inquiry.record("PlatformActed", **inquiry.fields("incident", "action", "because"))
    about: dict[str, object] = {"incident": incident.number}
    suits = follows_without_finding(inquiry, _after(incident, command["action"]))
    raise_duties(inquiry, draft, "platform_acted", about, suits)


def note_the_filter(inquiry: Inquiry, policy: Policy) -> None:
    """Cite what the policy says of filters; one that it does not let act first is irregular."""
    rules = policy.cited("automation", "rules")
    if policy.at("automation", "filter") == "never":
        inquiry.find_irregular(rules, "a filter acted first")
    else:
        inquiry.allow(rules)


def _after(incident: Incident, action: str) -> Incident:
    after = copy(incident)
    if action in ("hidden", "deleted"):
        after.content, after.removal_ground = action, None
    return after
