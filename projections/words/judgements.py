"""In words: what was found of an incident, and what became of the post."""

from __future__ import annotations

from projections.words.phrases import (
    Data,
    Saying,
    an,
    because,
    failing,
    listed,
    plain,
    stating,
    way,
)

GONE = {"author": "its author", "platform": "the platform", "unknown": "somebody unknown"}


def upheld(who: str, data: Data) -> str:
    """What the post was found to be; history may not say."""
    found = [_found(each) for each in data["findings"]]
    extreme = ", and extreme" if data.get("extreme") else ""
    what = f" as {listed(found)}" if found else ""
    return f"{who} upheld incident {data['incident']}{what}{extreme}"


def _found(finding: Data) -> str:
    outside = finding.get("outside")
    under = (
        f" (under {plain(outside['document'])}, version {outside['version']})" if outside else ""
    )
    return plain(finding.get("sub_reason") or finding["category"]) + under


def dismissed(who: str, data: Data) -> str:
    """Why nothing was found."""
    reason = f" as {plain(data['reason'])}" if "reason" in data else ""
    return f"{who} dismissed incident {data['incident']}{reason}"


def overturned(who: str, data: Data) -> str:
    """The finding counts no more."""
    about = f"incident {data['incident']} because of {an(data['because'])}"
    return f"{who} overturned the finding on {about}{stating(data, 'reasons')}"


def hidden(who: str, data: Data) -> str:
    """The post was hidden."""
    return f"{who} hid the post of incident {data['incident']}{_ground(data)}"


def deleted(who: str, data: Data) -> str:
    """The post was deleted."""
    return f"{who} deleted the post of incident {data['incident']}{_ground(data)}"


def restored(who: str, data: Data) -> str:
    """The post can be seen again."""
    return f"{who} restored the post of incident {data['incident']}{because(data)}"


def gone(who: str, data: Data) -> str:
    """The post was taken away by somebody else."""
    by = GONE.get(data["by"], plain(data["by"]))
    return f"{who} found the post of incident {data['incident']} removed by {by}"


def not_possible(who: str, data: Data) -> str:
    """What can't be done."""
    about = [f"{kind} {data[kind]}" for kind in ("incident", "block") if kind in data]
    where = f" on {data['channel']}" if "channel" in data else ""
    what = data["action"] + way(data) + (f" for {listed(about)}" if about else "") + where
    return f"{who} recorded that {what} is not possible{because(data)}"


def asked(who: str, data: Data) -> str:
    """The author was asked to take it away."""
    asks = {"edit": "edit", "either": "remove or edit"}.get(data.get("asks", "remove"), "remove")
    failed = failing(data) if data["delivery"] == "failed" else ""
    return f"{who} asked{way(data)} to {asks} the post of incident {data['incident']}{failed}"


def honoured(who: str, data: Data) -> str:
    """The author did."""
    how = "edited" if data.get("how") == "edited" else "deleted"
    return f"{who} recorded that the author {how} the post of incident {data['incident']} as asked"


def closed(who: str, data: Data) -> str:
    """Nothing more will be done."""
    left = because(data, "unremoved_because")
    return f"{who} closed incident {data['incident']}{', leaving the post' if left else ''}{left}"


def _ground(data: Data) -> str:
    ground = f" on the ground of {plain(data['ground'])}" if "ground" in data else ""
    return ground + because(data)


SAYINGS: dict[str, Saying] = {
    "FlagUpheld": upheld,
    "FlagDismissed": dismissed,
    "FindingOverturned": overturned,
    "PostHidden": hidden,
    "PostDeleted": deleted,
    "PostRestored": restored,
    "ContentGone": gone,
    "ActionNotPossible": not_possible,
    "RemovalRequested": asked,
    "RemovalHonoured": honoured,
    "IncidentClosed": closed,
}
