"""`casebook audit`: one case from beginning to end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from services.cli.shared_options import reading, wants_json


@click.command()
@click.argument("case")
@reading
@click.pass_context
def audit(context: click.Context, case: str) -> None:
    """Every event in order: when, recorded when, who, what, under which rules; then the state."""
    from services.cli.opening import case_meant, opened
    from services.cli.output import print_json, print_lines
    from services.views.audit import audit_case

    with opened(context) as casework:
        meant = case_meant(context, casework, case)
        found = audit_case(casework.database, meant.case_ref, casework.clock())
    if wants_json(context):
        print_json(found)
    elif found:
        print_lines(in_words(found))


def in_words(found: dict[str, Any]) -> Iterator[str]:
    """The case's events and its state, in lines."""
    from services.cli.links import in_short
    from services.cli.show import heading, incomplete_in_words, state_in_words

    yield heading(found)
    if since := found["incomplete_since"]:
        yield incomplete_in_words(since)
    yield from in_short(found["state"]["links"])
    for event in found["events"]:
        yield ""
        yield from _event(event)
    yield from state_in_words(found["state"])


def _event(event: dict[str, Any]) -> Iterator[str]:
    from services.cli.duties import in_words as duty_in_words
    from services.cli.saying import moment

    yield f"{event['sequence']}. {_happened(event)}: {event['words']}"
    late = ", late" if event["late"] else ""
    yield f"  Recorded {moment(event['recorded_at'])}{late}, {_actor(event)}."
    if under := f"{', '.join(event['rules'])}{_policies(event)}".strip():
        yield f"  Under {under.removeprefix('of ')}."
    yield from (f"  Irregular: {each['rule']}, {each['what']}" for each in event["irregular"])
    yield from (f"  Then owed: {duty_in_words(duty)}" for duty in event["duties"])
    if discharged := event["discharges"]:
        yield f"  Met what was owed: {', '.join(discharged)}."


def _happened(event: dict[str, Any]) -> str:
    from services.cli.saying import moment

    if event["precision"] == "unknown":
        return "On no known date"
    happened = moment(event["occurred_at"])
    return happened.rpartition(",")[0] if event["precision"] == "day" else happened


def _actor(event: dict[str, Any]) -> str:
    from services.cli.saying import plain

    actor, other = event["actor"], event.get("on_behalf_of")
    role = f" as {plain(actor['role'])}" if actor.get("role") else ""
    behalf = f" on behalf of {other}" if other else ""
    return f"by {actor['id']}{role}{behalf}"


def _policies(event: dict[str, Any]) -> str:
    named = [event[word] for word in ("policy", "substance") if event.get(word)]
    told = (f"{each['id']} version {each['version']}" for each in named)
    return f" of {' and, for the words, '.join(told)}" if named else ""
