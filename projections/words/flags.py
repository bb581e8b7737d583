"""In words: what was seen, whose it was, and the evidence kept of it."""

from __future__ import annotations

from projections.words.phrases import Data, Saying, an, because, listed, plain, quoted

SOURCES = {
    "officer": "seen by an officer",
    "public_report": "reported by the public",
    "partner": "reported by a partner",
    "platform_filter": "caught by the platform's filter",
    "import": "taken from an earlier register",
}


def opened(who: str, data: Data) -> str:
    """Whose case it is."""
    handle = data.get("handle") or data.get("account_id") or data.get("name")
    whose = f"the account {quoted(handle)}" if handle else "an account not yet known"
    return f"{who} opened the case of {whose} on {data['platform']}"


def flagged(who: str, data: Data) -> str:
    """What was flagged and where it came from."""
    source = SOURCES[data["source"]["kind"]]
    item = an(data["item"].get("kind", "item"))
    return f"{who} flagged {item} as incident {data['incident']}, {source}"


def completed(who: str, data: Data) -> str:
    """What was added to the record."""
    added = [plain(field) for field in sorted(data) if field != "incident"]
    return f"{who} completed the record of incident {data['incident']} with {listed(added)}"


def captured(who: str, data: Data) -> str:
    """What was kept."""
    where = ", which is held elsewhere" if "held_at" in data else ""
    return f"{who} kept evidence {data['evidence']} of incident {data['incident']}{where}"


def not_captured(who: str, data: Data) -> str:
    """What was not kept, and why."""
    ground = plain(data["ground"])
    return f"{who} kept no evidence of incident {data['incident']}, on the ground of {ground}"


def renamed(who: str, data: Data) -> str:
    """The new handle, and the old one."""
    was = data.get("was", {}).get("handle")
    before = f" instead of {quoted(was)}" if was else ""
    return f"{who} recorded that the account now goes by {quoted(data.get('handle'))}{before}"


def noted(who: str, data: Data) -> str:
    """The note."""
    return f"{who} noted {quoted(data.get('text'))}"


def corrected(who: str, data: Data) -> str:
    """What was wrong, what is right."""
    was = f" from {quoted(data['was'])}" if data.get("was") is not None else ""
    field = plain(data["field"].rpartition(".")[2])
    change = f"{field} of event {data['sequence']}{was} to {quoted(data.get('value'))}"
    return f"{who} corrected the {change}{because(data)}"


SAYINGS: dict[str, Saying] = {
    "AccountOpened": opened,
    "CommentFlagged": flagged,
    "RecordCompleted": completed,
    "EvidenceCaptured": captured,
    "EvidenceNotCaptured": not_captured,
    "HandleChanged": renamed,
    "NoteAdded": noted,
    "RecordCorrected": corrected,
}
