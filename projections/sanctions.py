"""Warnings given and mutes on each page: where an account stands short of a block."""

from __future__ import annotations

from projections.facts import Event, Row, and_then

MUTED, ENDED = "muted", "ended"


def warned(row: Row, event: Event) -> Row:
    """Somebody was warned, or the attempt failed."""
    data = event["data"]
    told = [data.get(word) for word in ("via", "delivery", "level", "incidents")]
    return {**row, "warnings": and_then(row.get("warnings", []), event["occurred_at"], *told)}


def muted(row: Row, event: Event) -> Row:
    """The account is muted on these pages."""
    return _on_pages(row, event, MUTED, event["data"]["incidents"])


def mute_ended(row: Row, event: Event) -> Row:
    """The account is muted on these pages no longer."""
    return _on_pages(row, event, ENDED)


def warnings(row: Row) -> list[Row]:
    """Every warning, in the order in which they were given."""
    words = ("given_at", "via", "delivery", "level", "incidents")
    return [dict(zip(words, fact, strict=True)) for fact in row.get("warnings", [])]


def mutes(row: Row) -> list[Row]:
    """Every page on which the account is muted now, since when and for which incidents."""
    latest = {channel: facts[-1] for channel, facts in sorted(row.get("mutes", {}).items())}
    return [
        {"channel": channel, "since": fact[0], "incidents": fact[2]}
        for channel, fact in latest.items()
        if fact[1] == MUTED
    ]


def _on_pages(row: Row, event: Event, *fact: object) -> Row:
    pages = dict(row.get("mutes", {}))
    for channel in event["data"]["channels"]:
        pages[channel] = and_then(pages.get(channel, []), event["occurred_at"], *fact)
    return {**row, "mutes": pages}
