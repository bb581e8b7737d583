"""Whether anything of an item is left to act on."""

from __future__ import annotations

from domain.account.incident import Incident
from domain.commands.inquiry import Inquiry

GONE = {"deleted": "deleted", "gone": "gone", "honoured": "removed by its author"}


def still_there(inquiry: Inquiry, incident: Incident) -> None:
    """Refuse where nothing of the item is left to act on."""
    if incident.content in GONE:
        what = GONE[incident.content]
        inquiry.refuse_state(f"Incident {incident.number} was {what} on {incident.content_at}")
