"""In words: what became of a post without a decision of the council's."""

from __future__ import annotations

from projections.words.phrases import Data, Saying, because, day, listed

ACTIONS = {
    "hidden": "hid the post of",
    "deleted": "deleted the post of",
    "account_suspended": "suspended the account of",
    "none": "did nothing about",
}
BECAUSE = {
    "filter": "by its filter",
    "platform_rules": "under its own rules",
    "our_report": "after a report of the council",
}


def platform_acted(who: str, data: Data) -> str:
    """What the platform did."""
    did = f"{ACTIONS[data['action']]} incident {data['incident']}"
    return f"{who} recorded that the platform {did} {BECAUSE[data['because']]}"


def approved(who: str, data: Data) -> str:
    """A held post can be seen."""
    return f"{who} approved the held post of incident {data['incident']}{because(data)}"


def withheld(who: str, data: Data) -> str:
    """A held post stays unseen."""
    return f"{who} withheld the post of incident {data['incident']}{because(data)}"


def changed(who: str, data: Data) -> str:
    """The post reads otherwise than it did."""
    by = {"author": "its author", "platform": "the platform"}.get(data["by"], "somebody unknown")
    when = f" on {day(data['changed_at'])}" if data.get("changed_at") else ""
    numbers = data.get("after_evidence")
    after = f", after evidence {listed(numbers)} was kept" if numbers else ""
    return f"{who} found the post of incident {data['incident']} changed by {by}{when}{after}"


SAYINGS: dict[str, Saying] = {
    "PlatformActed": platform_acted,
    "ContentChanged": changed,
    "PostApproved": approved,
    "PostWithheld": withheld,
}
