"""The chain of custody: what was captured, when, by whom, and what was done about it since."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

TOLD = (
    *("evidence", "incident", "sha256", "size", "file_name", "media_type", "held_at"),
    *("captured_at", "captured_by", "tool", "url", "description"),
)


def custody(events: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each piece of evidence of a case, by what the event that recorded it says."""
    return [
        {word: event["data"][word] for word in TOLD if word in event["data"]}
        | {
            "event": event["sequence"],
            "occurred_at": event["occurred_at"],
            "recorded_at": event["recorded_at"],
            "recorded_by": event["actor"]["id"],
        }
        for event in events
        if event["type"] == "EvidenceCaptured"
    ]
