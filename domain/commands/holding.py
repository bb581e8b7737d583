"""Whether a post is held before publication, and by whom."""

from __future__ import annotations

from domain.account.incident import Incident
from domain.policy.policy import Policy


def can_be_put_back(policy: Policy, incident: Incident) -> bool:
    """Whether it is out of sight, and somebody other than its author could show it again."""
    if incident.content == "held":
        return is_moderated_before(policy, incident) or was_held_by_filter(policy, incident)
    return incident.content in ("hidden", "deleted", "withheld")


def is_moderated_before(policy: Policy, incident: Incident) -> bool:
    """Whether what appears on its page is looked at before anybody else can see it."""
    pages = policy.at("channels", "pages") or {}
    named = pages.get(incident.item.get("channel"))
    of_platform = (page for page in pages.values() if page["platform"] == incident.platform)
    return any(page.get("moderated") == "before" for page in ([named] if named else of_platform))


def was_held_by_filter(policy: Policy, incident: Incident) -> bool:
    """Whether a filter that the policy knows of holds it, where nothing is held by the council."""
    return (
        incident.content == "held"
        and policy.at("automation", "filter") is not None
        and not is_moderated_before(policy, incident)
    )
