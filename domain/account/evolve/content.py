"""How what can be seen of an item changes: hidden, deleted, put back, gone."""

from __future__ import annotations

from domain.account.standing import Event, Standing

# What a platform or an author took away was not moderated by the council.
OURS = ("PostHidden", "PostDeleted", "PostWithheld")


def hidden(case: Standing, event: Event) -> None:
    _now(case, event, "hidden")


def deleted(case: Standing, event: Event) -> None:
    _now(case, event, "deleted")


def restored(case: Standing, event: Event) -> None:
    _now(case, event, "visible")


def approved(case: Standing, event: Event) -> None:
    _now(case, event, "visible")


def withheld(case: Standing, event: Event) -> None:
    _now(case, event, "withheld")


def gone(case: Standing, event: Event) -> None:
    _now(case, event, "gone")


def honoured(case: Standing, event: Event) -> None:
    _now(case, event, "edited" if event["data"].get("how") == "edited" else "honoured")


def platform_acted(case: Standing, event: Event) -> None:
    """Only what became of the item counts; what became of the account says nothing of it."""
    if event["data"]["action"] in ("hidden", "deleted"):
        _now(case, event, event["data"]["action"])


def _now(case: Standing, event: Event, content: str) -> None:
    incident = case.incidents[event["data"]["incident"]]
    incident.content, incident.content_at = content, event["occurred_at"]
    incident.removed_by = event["type"] if content in ("hidden", "deleted") else ""
    incident.removal_ground = event["data"].get("ground")
    if event["type"] in OURS and "ground" not in event["data"]:
        incident.moderated_at = incident.moderated_at or event["occurred_at"]
    elif content == "visible":
        incident.moderated_at = ""
