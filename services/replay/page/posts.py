"""What was posted, in full, and the evidence kept of it with its hashes."""

from __future__ import annotations

from typing import Any

from services.cli.saying import day, moment, plain
from services.replay.page.markup import Markup, section, table, tag, text, theirs

Told = dict[str, Any]
CLIPPED = 280


def posts(found: Told) -> Markup:
    """Each item that was flagged, and each piece of evidence."""
    events = found["events"]
    flagged = [each for each in events if each["type"] == "CommentFlagged"]
    kept = [each for each in events if each["type"] == "EvidenceCaptured"]
    return section(
        "posts",
        "Posts and evidence",
        table(
            "Posts",
            ("Incident", "What", "Its words", "Why it was flagged"),
            (_post(each, events) for each in flagged),
        ),
        table(
            "Evidence",
            ("Evidence", "Of incident", "What", "SHA-256"),
            (_evidence(each["data"]) for each in kept),
        ),
    )


def item_words(item: Told) -> str:
    """What kind of item it is, and when it was posted; an import knows the day alone."""
    at = item.get("posted_at")
    posted = f", posted {moment(at) if 'T' in at.upper() else day(at)}" if at else ""
    return f"{plain(item.get('kind', 'item'))}{posted}"


def clipped(words: str) -> Markup:
    """The beginning of a long text; `posts` has the whole of it."""
    if len(words) <= CLIPPED:
        return Markup(f"“{theirs(words)}”")
    whole = tag("a", "in full under Posts", href="#posts")
    return Markup(f"“{theirs(words[:CLIPPED])}…” ({whole})")


def item_of(flagged: Told, events: list[Told]) -> Told:
    """The item as it was flagged, with what completed its record."""
    item: Told = dict(flagged["data"]["item"])
    for event in events:
        same = event["data"].get("incident") == flagged["data"]["incident"]
        if event["type"] == "RecordCompleted" and same:
            item |= event["data"].get("item", {})
    return item


def _post(flagged: Told, events: list[Told]) -> tuple[object, ...]:
    item, data = item_of(flagged, events), flagged["data"]
    where = theirs(item["url"]) if item.get("url") else ""
    return (
        data["incident"],
        Markup("<br>".join(part for part in (text(item_words(item)), where) if part)),
        theirs(item["text"]) if item.get("text") else "none recorded",
        theirs(data["why"]) if data.get("why") else "not recorded",
    )


def _evidence(data: Told) -> tuple[object, ...]:
    named = data.get("file_name") or data.get("held_at") or data.get("description")
    what = theirs(named) if named else text("not described")
    return (
        data["evidence"],
        data["incident"],
        what,
        theirs(data["sha256"]) if data.get("sha256") else "not known",
    )
