"""What a block covers on a day: where, for how long, and since when an appeal clock runs."""

from __future__ import annotations

from projections.facts import Event, Row, and_then, by_london_date, latest, london_date


def as_varied(block: Row, day: str) -> Row:
    """The block as it was changed by that day; `dropped` are the channels it covered before."""
    if "varied" not in block:
        return block
    before: list[str] = []
    for _, change in by_london_date(block["varied"], day):
        before += block["channels"]
        block = {**block, **change}
    dropped = [channel for channel in dict.fromkeys(before) if channel not in block["channels"]]
    return {**block, "dropped": dropped}


def states(block: Row, day: str) -> list[Row]:
    """Each channel it covers, and each it covered before where it was ever in place."""
    dropped = [_state(block, channel, day) for channel in block.get("dropped", ())]
    return [_state(block, channel, day) for channel in block["channels"]] + [
        channel for channel in dropped if channel["state"] in ("applied", "partly", "lifted")
    ]


def clock_started(block: Row) -> str:
    """The London day from which an appeal clock runs."""
    # D-3: an application may have come before the decision it was ratified by.
    first = [london_date(at) for at in block.get("first_applied", {}).values()]
    decided_on: str = block["decided_on"]
    return min([decided_on, *first])


def _state(block: Row, channel: str, day: str) -> Row:
    state = "pending"
    for _, mark in by_london_date(block.get("marks", {}).get(channel, []), day):
        # What was in place in part is so still, where trying again failed or can't be done.
        if not (mark in ("failed", "not_possible") and state in ("applied", "partly")):
            state = mark
    return {"channel": channel, "state": state}


def marks_after(block: Row, event: Event) -> Row:
    """The marks of a varied block: a channel that was lifted and is taken up again waits anew."""
    marks: Row = block.get("marks", {})
    for channel in event["data"].get("channels", ()):
        if latest(marks.get(channel, [])) == "lifted":
            marks = {**marks, channel: and_then(marks[channel], event["occurred_at"], "pending")}
    return marks
