"""What was corrected: what a field said, what it says now, who said so, when and why."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

Event = dict[str, Any]


def corrections(events: Iterable[Event]) -> list[dict[str, Any]]:
    """Each correction among the events of a case, in the order of recording.

    `was` is what the field said just before, `first` what was recorded at first; either is None
    where the field had no words.
    """
    found = []
    said: dict[tuple[int, str], str] = {}
    for event in events:
        if event["type"] != "RecordCorrected":
            continue
        data = event["data"]
        place, first = (data["sequence"], data["field"]), data.get("was")
        found.append(
            {
                "sequence": event["sequence"],
                "corrects": data["sequence"],
                "field": data["field"],
                "was": said.get(place, first),
                "now": data.get("value"),
                "first": first,
                "by": event["actor"]["id"],
                "role": event["actor"]["role"],
                "occurred_at": event["occurred_at"],
                "recorded_at": event["recorded_at"],
                "late": event["late"],
                "reason": data.get("reason"),
            }
        )
        said[place] = data.get("value")
    return found
