"""What is known of one account at the cut-off: where each item was, and what became of things."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from projections import appeals, duties
from projections.facts import Event, Row, london_date

Facts = dict[tuple[str, int], dict[str, Any]]
"""Of an incident, block or appeal, by its kind and number, what its counts are broken down by."""

JUDGED = {"FlagUpheld": "upheld", "FlagDismissed": "dismissed", "FindingOverturned": "overturned"}


def facts_of(events: Iterable[Event], at: datetime) -> Facts:
    """The facts of everything numbered in an account, its events in the order of recording."""
    facts: Facts = {}
    blocks: Row | None = None
    platform = None
    for event in events:
        type, data = event["type"], event["data"]
        if type == "AccountOpened":
            platform = data.get("platform")
        elif type in ("CommentFlagged", "RecordCompleted"):
            _described(facts, data, platform)
        elif type in JUDGED:
            _judged(facts, event)
        if type in appeals.FOLDS and appeals.concerns(event):
            blocks = appeals.FOLDS[type](blocks, event)
    for block in appeals.as_of(blocks, london_date(at.isoformat())) if blocks else ():
        facts["block", block["block"]] = {"outcome": block["status"]}
        for appeal in block["appeals"]:
            facts["appeal", appeal["appeal"]] = {"outcome": appeal["status"]}
    return facts


def duties_of(events: Iterable[Event], at: datetime) -> list[Row]:
    """Every duty of an account as it stands at the cut-off."""
    row: Row | None = None
    for event in events:
        if event["type"] in duties.FOLDS and duties.concerns(event):
            row = duties.FOLDS[event["type"]](row, event)
    return duties.as_of(row, at) if row else []


def _described(facts: Facts, data: dict[str, Any], platform: str | None) -> None:
    incident = facts.setdefault(
        ("incident", data["incident"]), {"channel": platform, "outcome": "waiting", "judged": ""}
    )
    item = data.get("item", {})
    told = {
        "channel": item.get("channel") or data.get("account", {}).get("platform"),
        "kind": item.get("kind"),
        "target": data.get("target", {}).get("kind"),
        "welfare_concern": data.get("welfare_concern"),
    }
    incident.update({word: value for word, value in told.items() if value is not None})


def _judged(facts: Facts, event: Event) -> None:
    incident = facts.setdefault(("incident", event["data"]["incident"]), {"judged": ""})
    if event["occurred_at"] >= incident["judged"]:
        incident.update(judged=event["occurred_at"], outcome=JUDGED[event["type"]])
