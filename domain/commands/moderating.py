"""Moderation before publication: a held post is approved or withheld."""

from __future__ import annotations

from domain.account.incident import Incident
from domain.commands.holding import is_moderated_before
from domain.commands.inquiry import Inquiry
from domain.commands.needs import check_needs
from domain.commands.removal import check_ever_removed

HELD = ("held", "withheld")


def approve(inquiry: Inquiry) -> None:
    """Let a held or withheld post be seen; it helps its author, and needs nothing."""
    incident = inquiry.incident(inquiry.command["incident"])
    if incident.content not in HELD:
        inquiry.refuse_state(f"Incident {incident.number} is {_seen(incident)}, not held")
    _check_place(inquiry, incident)
    inquiry.allow(inquiry.policy.cited("channels", "rules"))
    inquiry.record("PostApproved", **inquiry.fields("incident", "reason"))


def withhold(inquiry: Inquiry) -> None:
    """Keep a held post from being seen: it needs what removing it would, or the policy's own."""
    incident = inquiry.incident(inquiry.command["incident"])
    if incident.content != "held":
        ways = ("hide", "delete") if incident.content == "visible" else ()
        rules = inquiry.policy.cited("removal", "rules")
        what = f"Incident {incident.number} is {_seen(incident)}, not held"
        inquiry.refuse_state(what, [(way, rules[0]) for way in ways])
    _check_place(inquiry, incident)
    for policy in inquiry.policies:
        if inquiry.command.get("viewpoint_neutral") is False:
            inquiry.refuse(policy.cited("viewpoint", "rules"), "the viewpoint question says no")
        check_ever_removed(inquiry, policy, incident)
        own = policy.withholding_needs is not None
        needs = policy.withholding_needs if own else policy.removal_needs
        check_needs(inquiry, policy, needs or (), [incident])
        inquiry.allow(policy.cited("withholding" if own else "removal", "rules"))
    inquiry.record("PostWithheld", **inquiry.fields("incident", "reason", "viewpoint_neutral"))


def _check_place(inquiry: Inquiry, incident: Incident) -> None:
    if not is_moderated_before(inquiry.policy, incident):
        rules = inquiry.policy.cited("channels", "rules")
        page = incident.item.get("channel", incident.platform)
        why = f"{page} is moderated after publication: nothing is held there by us"
        inquiry.refuse(rules, why, ["item.channel"])


def _seen(incident: Incident) -> str:
    words = {"honoured": "gone", "edited": "visible"}
    return words.get(incident.content, incident.content)
