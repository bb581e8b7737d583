"""Capturing evidence, or saying why it must not or cannot be captured (D-17)."""

from __future__ import annotations

from domain.account.incident import Incident
from domain.commands.duties import can_be_done, is_met, raise_duties
from domain.commands.inquiry import Inquiry
from domain.commands.outcomes import InvalidCommand
from domain.policy.rules import Rules

CAPTURE_FIELDS = (
    "held_at",
    "sha256",
    "size",
    "file_name",
    "media_type",
    "captured_at",
    "captured_by",
    "tool",
    "url",
    "description",
    "lawful_to_hold",
)


def capture(inquiry: Inquiry) -> None:
    """Keep evidence of an item, once it is certain that holding it is lawful (D-17)."""
    command = inquiry.command
    if "file" not in command and "held_at" not in command:
        raise InvalidCommand("file", "no evidence is named", "file, or held_at where it is kept")
    incident = inquiry.incident(command["incident"])
    for policy in inquiry.policies:
        never = policy.at("capture", "never_after")
        if never and incident.not_captured & set(never["grounds"]):
            rules = policy.cited("capture", "never_after", "rules")
            why = f"incident {incident.number} may be unlawful to hold"
            inquiry.refuse(tuple(rule.banning() for rule in rules), why)
        if policy.at("capture", "force") == "never":
            inquiry.refuse(policy.cited("capture", "rules"), "this policy keeps no evidence")
        asks = policy.at("capture", "asks_lawful_to_hold")
        formats = set(incident.item.get("formats", ())) & set(asks["formats"] if asks else ())
        if formats and command.get("lawful_to_hold") is not True:
            rules = policy.cited("capture", "asks_lawful_to_hold", "rules")
            why = f"say first that it is lawful to hold ({', '.join(sorted(formats))})"
            instead = [("do-not-capture", rules[0])]
            inquiry.refuse(rules, why, ["lawful_to_hold"], instead=instead)
    inquiry.allow(_why_evidence(inquiry, incident))
    number = inquiry.present.evidence_count + 1
    inquiry.record(
        "EvidenceCaptured",
        incident=incident.number,
        evidence=number,
        **inquiry.fields(*CAPTURE_FIELDS),
    )


def do_not_capture(inquiry: Inquiry) -> None:
    """Say why an item is not captured; an unlawful one is told to police and platform (D-17)."""
    command = inquiry.command
    incident = inquiry.incident(command["incident"])
    unlawful = set(inquiry.policy.at("capture", "never_after", "grounds") or ())
    if command["ground"] in unlawful:
        inquiry.allow(inquiry.policy.cited("capture", "never_after", "rules"))
    else:
        inquiry.allow(_why_evidence(inquiry, incident))
    draft = inquiry.record(
        "EvidenceNotCaptured", **inquiry.fields("incident", "ground", "description", "url")
    )
    if command["ground"] in unlawful:
        raise_duties(
            inquiry,
            draft,
            "not_captured",
            {"incident": incident.number},
            lambda duty: (
                can_be_done(inquiry, duty, incident) and not is_met(inquiry, duty, incident)
            ),
        )


def _why_evidence(inquiry: Inquiry, incident: Incident) -> Rules:
    """The rules under which an item of these categories needs evidence before it is removed."""
    needs = inquiry.policy.removal_needs
    own = inquiry.policy.cited("capture", "rules")
    wanted = (
        n for n in needs if n.what == "evidence" and n.concerns(incident.categories, incident.kind)
    )
    return tuple(rule for need in wanted for rule in need.rules) + own
