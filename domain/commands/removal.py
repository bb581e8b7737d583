"""Hiding, deleting and restoring a post, and what its author or the platform did to it."""

from __future__ import annotations

from domain.account.incident import Incident
from domain.commands.channels import check_reach
from domain.commands.holding import was_held_by_filter
from domain.commands.inquiry import Inquiry
from domain.commands.needs import check_needs, nothing_to_remove
from domain.commands.outcomes import InvalidCommand
from domain.commands.presence import GONE, still_there
from domain.policy.policy import Policy


def hide(inquiry: Inquiry) -> None:
    """Hide a post from the council's page (R-A25, R-N19)."""
    _remove(inquiry, "hide", "PostHidden")


def delete(inquiry: Inquiry) -> None:
    """Delete a post from the council's page, where the platform can (R-A25, R-N19)."""
    _remove(inquiry, "delete", "PostDeleted")


def _remove(inquiry: Inquiry, act: str, event: str) -> None:
    command = inquiry.command
    incident = inquiry.incident(command["incident"])
    for standing in (inquiry.case, inquiry.present):
        now = standing.incidents[incident.number]
        if now.content in GONE or (now.content in ("hidden", "withheld") and act == "hide"):
            what = GONE.get(now.content, now.content)
            inquiry.refuse_state(f"Incident {incident.number} was {what} on {now.content_at}")
            break
    for policy in inquiry.policies:
        _check_place(inquiry, policy, incident, act)
        _check_cause(inquiry, policy, incident)
    inquiry.record(
        event,
        whose_view=command.get("whose_view", command["actor"]),
        **inquiry.fields("incident", "ground", "reason", "viewpoint_neutral"),
    )


def _check_place(inquiry: Inquiry, policy: Policy, incident: Incident, act: str) -> None:
    nothing = nothing_to_remove(inquiry, policy, incident)
    if nothing:
        why = "there is nothing on a page of the council to remove"
        inquiry.refuse(nothing, why, instead=[("report-platform", nothing[0])])
        return
    platform = policy.at("platforms", inquiry.case.platform) or {}
    if act in platform.get("cannot", ()):
        rules = policy.cited("removal", "rules")
        ways = [w for w in ("hide", "delete") if w not in platform["cannot"]]
        instead = [(way, rules[0]) for way in (*ways, "report-platform", "not-possible")]
        inquiry.refuse(rules, f"not possible there: {platform['because']}", instead=instead)


def _check_cause(inquiry: Inquiry, policy: Policy, incident: Incident) -> None:
    code = inquiry.command.get("ground")
    if code is None:
        if inquiry.command.get("viewpoint_neutral") is False:
            inquiry.refuse(policy.cited("viewpoint", "rules"), "the viewpoint question says no")
        check_ever_removed(inquiry, policy, incident)
        check_needs(inquiry, policy, policy.removal_needs, [incident])
        inquiry.allow(policy.cited("removal", "rules"))
        return
    ground = policy.removal_grounds.get(code)
    if ground is None:
        inquiry.refuse(policy.silence("removal_ground"), f"{code} is no ground here", ["ground"])
        return
    if "reason" not in inquiry.command:
        inquiry.refuse(ground.rules, "the ground needs a reason", ["reason"])
    if inquiry.command.get("viewpoint_neutral") is not True:
        rules = policy.cited("viewpoint", "rules")
        asked = [] if "viewpoint_neutral" in inquiry.command else ["viewpoint_neutral"]
        inquiry.refuse(rules, "would we act if the same words praised us?", asked)
    check_needs(inquiry, policy, ground.needs, [incident])
    inquiry.allow(ground.rules)


def check_ever_removed(inquiry: Inquiry, policy: Policy, incident: Incident) -> None:
    """Refuse where the policy never takes away what is found in these categories."""
    if policy.never_removes(incident.categories):
        rules = policy.cited("removal", "never_for", "rules")
        found = ", ".join(sorted(incident.categories)).replace("_", " ")
        inquiry.refuse(rules, f"what is {found} is never hidden or deleted")


def restore(inquiry: Inquiry) -> None:
    """Show a hidden post again."""
    command = inquiry.command
    incident = inquiry.incident(command["incident"])
    if incident.content != "hidden" and not was_held_by_filter(inquiry.policy, incident):
        held = incident.content in ("held", "withheld")
        what = incident.content if held else GONE.get(incident.content, "visible")
        way = "approve" if held else "not-possible"
        inquiry.refuse_state(
            f"Incident {incident.number} is {what}: only what is hidden can be restored",
            [(way, rule) for rule in inquiry.policy.cited("viewpoint", "rules")],
        )
    inquiry.allow(inquiry.policy.cited("removal", "restore_after_overturning"))
    inquiry.record("PostRestored", **inquiry.fields("incident", "reason"))


def content_gone(inquiry: Inquiry) -> None:
    """Record that an item is no longer there, and who took it away.

    It also confirms what its author was said to have taken down.
    """
    incident = inquiry.incident(inquiry.command["incident"])
    if incident.content != "honoured":
        still_there(inquiry, incident)
    inquiry.record("ContentGone", **inquiry.fields("incident", "by"))


def removal_honoured(inquiry: Inquiry) -> None:
    """Record that the author took the item down, or mended it (R-N21)."""
    incident = inquiry.incident(inquiry.command["incident"])
    still_there(inquiry, incident)
    inquiry.allow(inquiry.policy.cited("asking", "rules"))
    how = inquiry.command.get("how", "deleted")
    if how == "edited" and not any(policy.edit_cures for policy in inquiry.policies):
        inquiry.warnings.append("editing it is not taking it down under this policy")
    inquiry.record("RemovalHonoured", incident=incident.number, how=how)


def ask_removal(inquiry: Inquiry) -> None:
    """Ask the author to take the item down, one way of asking at a time (R-N20)."""
    command = inquiry.command
    incident = inquiry.incident(command["incident"])
    still_there(inquiry, incident)
    for policy in inquiry.policies:
        rules = policy.cited("asking", "rules")
        if not rules:
            inquiry.refuse(policy.silence("asking"), "this policy does not ask first")
            continue
        if command["via"] not in policy.at("asking", "ways"):
            ways = ", ".join(policy.at("asking", "ways"))
            inquiry.refuse(rules, f"the policy asks by {ways}", ["via"])
        if command.get("asks", "remove") != "remove" and not policy.edit_cures:
            inquiry.refuse(rules, "editing it is not taking it down here", ["asks"])
        check_reach(inquiry, policy, rules)
        if not incident.upheld:
            inquiry.refuse(rules, "no breach was found", ["uphold"], instead=[("uphold", rules[0])])
        inquiry.allow(rules)
    _say_why_it_failed(inquiry)
    inquiry.record(
        "RemovalRequested",
        asks=command.get("asks", "remove"),
        **inquiry.fields("incident", "via", "delivery", "failure"),
    )


def _say_why_it_failed(inquiry: Inquiry) -> None:
    if inquiry.command["delivery"] == "failed" and "failure" not in inquiry.command:
        rules = inquiry.policy.cited("asking", "rules") or inquiry.policy.silence("asking")
        inquiry.refuse(rules, "a failed attempt needs its failure recorded", ["failure"])


ON_A_CHANNEL = ("apply-block", "lift-block")
ABOUT_A_BLOCK = (*ON_A_CHANNEL, "notify-block", "review-block", "tell-director")


def not_possible(inquiry: Inquiry) -> None:
    """Record that an act cannot be done there, and why."""
    command = inquiry.command
    action = command["action"]
    if action in ON_A_CHANNEL and "channel" not in command:
        raise InvalidCommand("channel", "is missing", "the page on which it can't be done")
    if action in ABOUT_A_BLOCK and "block" not in command:
        raise InvalidCommand("block", "is missing", "the number of the block")
    if not {"incident", "block"} & command.keys():
        raise InvalidCommand("incident", "is missing", "the number of the incident")
    if "incident" in command:
        inquiry.incident(command["incident"])
    proposed = action not in ABOUT_A_BLOCK and command.get("block") in inquiry.case.proposals
    if "block" in command and not proposed:
        block = inquiry.block()
        if "channel" in command and command["channel"] not in block.channels:
            inquiry.refuse_state(f"Block {block.number} does not cover {command['channel']}")
    inquiry.record(
        "ActionNotPossible",
        **inquiry.fields("action", "reason", "incident", "via", "block", "channel"),
    )
