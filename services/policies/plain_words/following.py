"""What a policy says must follow, in plain words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from services.policies.plain_words.citing import File
from services.policies.plain_words.phrases import (
    DUTIES,
    TRIGGERS,
    UNITS,
    applies_to,
    either,
    plain,
    span_in_words,
)

OCCASIONS = {
    "first": "for an account's first breach that counts",
    "repeat": "where another breach of the account counts already",
}


def following(file: File, *triggers: str) -> Iterator[str]:
    """Each of these triggers with the duties it raises; nothing where it raises none."""
    for trigger in triggers:
        raised = [duty for duty in file["duties"] if duty["on"] == trigger]
        if raised:
            yield f"  {TRIGGERS[trigger]}, this must follow:"
            yield from (
                f"    - {duty_in_words(duty, file)} [{', '.join(duty['rules'])}]" for duty in raised
            )


def duty_in_words(duty: Mapping[str, Any], file: File) -> str:
    """What is owed, of what, by whom, and by when; `file` tells the names of authorities."""
    what = DUTIES.get(duty["code"], plain(duty["code"]))
    if duty["code"] == "tell_service_director" and "told" in file.get("director", {}):
        what = f"tell the {plain(file['director']['told'])}"
    if duty.get("by"):
        what += f" (to {duty['by']} it; nothing less will do)"
    if duty.get("authority"):
        what += f" ({_authority(file, duty['authority'])})"
    owner = plain(duty.get("owed_by", "officer"))
    reason = "; a reason may stand for it" if duty.get("reason_stands") else ""
    if waived := duty.get("waived_by"):
        reason += f"; waived only by the {either(waived)}"
    return f"{what}{_where(duty)}: {owner}{_when(duty)}{reason}"


def _where(duty: Mapping[str, Any]) -> str:
    parts = [held] if (held := applies_to(duty)) else []
    if duty.get("occasion"):
        parts.append(OCCASIONS[duty["occasion"]])
    if duty.get("sources"):
        parts.append(f"where it came by {either(duty['sources'])}")
    if duty.get("during"):
        parts.append(f"in a declared {plain(duty['during']).replace(' ', '-')} period")
    return f", {', '.join(parts)}" if parts else ""


def _when(duty: Mapping[str, Any]) -> str:
    due = duty.get("due", {})
    if unit := next((unit for unit in UNITS if unit in due), None):
        start = " of receipt" if due.get("from") else ""
        return f", within {span_in_words(due[unit], unit)}{start}"
    return ", on the office day on which it can first be worked" if due else ""


def _authority(file: File, code: str) -> str:
    name: str = file.get("authorities", {}).get(code, {}).get("name", plain(code))
    return name
