"""Content: what can be seen of each flagged item, as it was last left."""

from __future__ import annotations

from projections.facts import Event, Fold, Row, account, amended, and_then, latest, part

ALREADY = {"none": "visible", "hidden": "hidden", "held": "held", "removed": "deleted"}


def flagged(row: Row | None, event: Event) -> Row:
    """How it stood when it was flagged: somebody or a filter may have acted before us."""
    return _now(row, event, ALREADY[event["data"]["source"].get("already", "none")])


def hidden(row: Row | None, event: Event) -> Row:
    """Only its author and their friends may still see it."""
    return _now(row, event, "hidden")


def deleted(row: Row | None, event: Event) -> Row:
    """Nobody sees it."""
    return _now(row, event, "deleted")


def restored(row: Row | None, event: Event) -> Row:
    """Everybody sees it again."""
    return _now(row, event, "visible")


def approved(row: Row | None, event: Event) -> Row:
    """It was held, and everybody sees it now."""
    return _now(row, event, "visible")


def withheld(row: Row | None, event: Event) -> Row:
    """It was held, and stays unseen."""
    return _now(row, event, "withheld")


def gone(row: Row | None, event: Event) -> Row:
    """Its author or the platform took it away."""
    return _now(row, event, "gone")


def platform_acted(row: Row | None, event: Event) -> Row:
    """The platform hid or deleted it; what it did to the account says nothing of the item."""
    if event["data"]["action"] in ("hidden", "deleted"):
        return _now(row, event, event["data"]["action"])
    return account(row, event, "incidents")


def honoured(row: Row | None, event: Event) -> Row:
    """The author did as asked."""
    return _now(row, event, "edited" if event["data"].get("how") == "edited" else "gone")


def changed(row: Row | None, event: Event) -> Row:
    """It reads otherwise than it did; what can be seen of it is what could be before."""
    row, data = account(row, event, "incidents"), event["data"]
    known = part(row, "incidents", data["incident"]).get("changes", [])
    fact = (data["by"], data.get("changed_at"), data.get("after_evidence", []))
    changes = and_then(known, event["occurred_at"], *fact)
    return amended(row, "incidents", data["incident"], changes=changes)


FOLDS: dict[str, Fold] = {
    "CommentFlagged": flagged,
    "PostHidden": hidden,
    "PostDeleted": deleted,
    "PostRestored": restored,
    "PostApproved": approved,
    "PostWithheld": withheld,
    "ContentGone": gone,
    "ContentChanged": changed,
    "RemovalHonoured": honoured,
    "PlatformActed": platform_acted,
}


def seen(row: Row | None, incident: int) -> str:
    """visible, hidden, held, withheld, deleted, edited or gone."""
    known = part(row, "incidents", incident) if row else {}
    found: str = latest(known.get("content", []), "visible")
    return found


def changes(row: Row | None, incident: int) -> list[Row]:
    """Each change of the item: when it was found and made, by whom, after which evidence."""
    known = part(row, "incidents", incident) if row else {}
    words = ("found_at", "by", "changed_at", "after_evidence")
    return [dict(zip(words, fact, strict=True)) for fact in known.get("changes", [])]


def _now(row: Row | None, event: Event, state: str) -> Row:
    row, number = account(row, event, "incidents"), event["data"]["incident"]
    content = part(row, "incidents", number).get("content", [])
    return amended(row, "incidents", number, content=and_then(content, event["occurred_at"], state))
