"""The answers of a case as lines that a person can read and that a test can compare."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.bodies.bodies import Body
from tests.bodies.playing import Played


def told(body: Body, played: Played) -> str:
    """Every answer in order, then what stands for each person: the same text for the same play."""
    lines = [body.case["title"], ""]
    for step, answer in zip(body.case["step"], played.answers, strict=True):
        who = f" {step['who']}" if "who" in step else ""
        lines += [f"{step['at']} {step['by']}: {step['do']}{who}", f"  ({step['says']})"]
        lines += [f"  {line}" for line in _answer(answer)]
    for name, stands in played.stands.items():
        lines += ["", f"In the end, {name}:", *(f"  {line}" for line in _stands(stands))]
    return _without_references("\n".join(lines) + "\n", played)


def _answer(answer: dict[str, Any]) -> Iterator[str]:
    events = ", ".join(event["type"] for event in answer.get("events", ()))
    yield answer["outcome"] + (f": {events}" if events else "")
    for error in answer.get("errors", ()):
        yield f"error: {error['path']}: {error['problem']}"
    verdict = answer.get("verdict") or {}
    for rule in verdict.get("rules", ()):
        yield f"under {rule['rule']} ({rule['force']}): {rule['quote']}"
    if verdict.get("missing"):
        yield f"missing: {', '.join(verdict['missing'])}"
    if verdict.get("allowed_from"):
        yield f"allowed from {verdict['allowed_from']}"
    for way in verdict.get("instead", ()):
        yield f"instead: {way['command']} under {way['rule']}"
    for duty in verdict.get("duties", ()):
        yield f"owed: {_duty(duty)}"
    for warning in verdict.get("warnings", ()):
        yield f"warning: {warning}"


def _duty(duty: dict[str, Any]) -> str:
    by = f" by the {duty['owed_by']}" if duty.get("owed_by") else ""
    due = f", due {duty['due']}" if duty.get("due") else ""
    return f"{duty['code']} under {duty['rule']}{by}{due}"


def _stands(stands: dict[str, Any]) -> Iterator[str]:
    if not stands:
        yield "no case"
        return
    for incident in stands["state"]["incidents"]:
        yield f"incident {incident['incident']}: {incident['status']}, {incident['content']}"
    for mute in stands["state"]["mutes"]:
        yield f"muted on {mute['channel']}"
    for block in stands["appeals"]:
        yield f"block {block['block']}: {block['status']}, {block['scope']}, {block['length']}"
        yield "  " + ", ".join(f"{c['channel']} {c['state']}" for c in block["channels"])
        yield f"  appeal: {block['eligible']}, from {block['eligible_from']}" + "".join(
            f"; {each['rule']}" for each in block["because"]
        )
    for duty in stands["duties"]:
        yield f"still owed: {_duty(duty)}"
    for event in stands["events"]:
        outside = "".join(f" [irregular: {each['rule']}]" for each in event["irregular"])
        yield f"{event['type']}: {event['words']}{outside}"


def _without_references(text: str, played: Played) -> str:
    """Name each case after its person, since its reference is another in every register."""
    for name, stands in played.stands.items():
        if stands:
            text = text.replace(stands["case"], f"<{name}>")
    return text
