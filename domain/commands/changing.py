"""An item that was changed after it was posted: what was captured stays as it was."""

from __future__ import annotations

from domain.account.incident import Incident
from domain.commands.duties import can_be_done, is_met, raise_duties
from domain.commands.inquiry import Inquiry
from domain.commands.presence import still_there
from domain.policy.obligations import Obligation


def content_changed(inquiry: Inquiry) -> None:
    """Record who changed an item, when, and which evidence shows it as it was before."""
    command = inquiry.command
    incident = inquiry.incident(command["incident"])
    still_there(inquiry, incident)
    before = _evidence_before(inquiry, incident)
    draft = inquiry.record(
        "ContentChanged",
        after_evidence=before or None,
        **inquiry.fields("incident", "by", "changed_at"),
    )

    def suits(duty: Obligation) -> bool:
        # What was captured shows the words that are gone: those there now are not captured yet.
        anew = duty.code == "capture_evidence" and not incident.not_captured
        met = not anew and is_met(inquiry, duty, incident)
        return can_be_done(inquiry, duty, incident) and not met

    raise_duties(inquiry, draft, "content_changed", {"incident": incident.number}, suits)


def _evidence_before(inquiry: Inquiry, incident: Incident) -> list[int]:
    changed = inquiry.command.get("changed_at", inquiry.moment)
    notes = inquiry.case.about.get(("incident", incident.number), ())
    captured = [at for at, _, type_ in notes if type_ == "EvidenceCaptured"]
    return [
        number for number, at in zip(incident.evidence, captured, strict=False) if at <= changed
    ]
