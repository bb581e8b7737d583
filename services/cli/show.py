"""`casebook show`: one case now, and what may be done next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import click

from services.cli.shared_options import reading, wants_json

Case = dict[str, Any]
NAMED = (
    *("incident", "incidents", "block", "appeal", "channel", "channels"),
    *("via", "level", "ground", "authority", "other", "kind"),
)


@click.command()
@click.argument("case")
@reading
@click.pass_context
def show(context: click.Context, case: str) -> None:
    """One case now: whose it is, what was done, what is owed, what may be done next and why."""
    from services.cli.opening import case_meant, opened
    from services.cli.output import print_json, print_lines

    with opened(context) as casework:
        found = casework.show(case_meant(context, casework, case))
    if wants_json(context):
        print_json(found)
    else:
        print_lines(in_words(found))


def in_words(found: Case) -> Iterator[str]:
    """The case, in lines."""
    yield heading(found)
    if since := found["incomplete_since"]:
        yield incomplete_in_words(since)
    told = {word: found[word] for word in ("blocks", "complaints", "duties")}
    yield from state_in_words(found["state"] | told)
    yield from _linked(found["linked"])
    yield from _next(found["next"], found["case"])


def heading(found: Case) -> str:
    """Which case it is, whose, and how it stands."""
    whose = f"{found['platform']}/{found['handle'] or 'unknown'}"
    return f"Case {found['case']}, {whose}, {found['council']}: {found['state']['status']}."


def incomplete_in_words(since: str) -> str:
    """That something of the case can't be shown."""
    return f"Incomplete since {since}: an event can't be shown; casebook parked list tells why."


def state_in_words(state: Case) -> Iterator[str]:
    """Incidents, blocks, complaints and duties, each under its heading."""
    from services.cli.appeals import in_words as block_in_words
    from services.cli.duties import in_words as duty_in_words

    yield from _listed("Incidents:", (incident_in_words(each) for each in state["incidents"]))
    if state["warnings"]:
        yield from _listed("Warnings:", (_warning(each) for each in state["warnings"]))
    if state["mutes"]:
        yield from _listed("Muted:", (_mute(each) for each in state["mutes"]))
    yield from _listed(
        "Blocks:", (line for each in state["blocks"] for line in block_in_words(each))
    )
    if state["proposals"]:
        yield from _listed("Proposed:", (_proposal(each) for each in state["proposals"]))
    yield from _listed("Complaints:", (_complaint(each) for each in state["complaints"]))
    yield from _listed("Owed:", (duty_in_words(duty) for duty in state["duties"]))


def _listed(title: str, lines: Iterable[str]) -> Iterator[str]:
    told = [f"  {line}" for line in lines]
    yield from ("", title, *(told or ["  none"]))


def incident_in_words(incident: Case) -> str:
    """An incident: what it was judged to be, and what became of the post."""
    from services.cli.saying import plain

    parts = [plain(incident["status"])]
    if incident.get("content"):
        parts.append(plain(incident["content"]))
    parts += [_change(change) for change in incident.get("changes", ())]
    return f"Incident {incident['incident']}: {', '.join(parts)}"


def _proposal(proposal: Case) -> str:
    from services.cli.saying import day, plain

    what = f"scope {plain(proposal['scope'])} on {', '.join(proposal['channels'])}"
    until = f", to be replied to by {day(proposal['reply_by'])}" if proposal["reply_by"] else ""
    said = f"Block {proposal['block']} on the ground of {plain(proposal['ground'])}, {what}"
    return f"{said}: {plain(proposal['status'])}{until}"


def _warning(warning: Case) -> str:
    from services.cli.saying import day, plain

    level = f"{plain(warning['level'])}, " if warning["level"] else ""
    failed = ", which failed" if warning["delivery"] == "failed" else ""
    via = f"by {plain(warning['via'])}, " if warning["via"] else ""
    return f"{day(warning['given_at'])}: {level}{via}about {_incidents(warning)}{failed}"


def _mute(mute: Case) -> str:
    from services.cli.saying import day

    return f"on {mute['channel']} since {day(mute['since'])}, for {_incidents(mute)}"


def _incidents(about: Case) -> str:
    numbers = about["incidents"]
    return f"incident{'s' if len(numbers) > 1 else ''} {', '.join(map(str, numbers))}"


def _change(change: Case) -> str:
    from services.cli.saying import day

    by = {"unknown": "somebody unknown"}.get(change["by"], f"the {change['by']}")
    numbers = ", ".join(map(str, change["after_evidence"]))
    after = f" after evidence {numbers} was kept" if numbers else ""
    return f"changed by {by}, found on {day(change['found_at'])}{after}"


def _complaint(complaint: Case) -> str:
    from services.cli.saying import day

    received = day(complaint["received_on"])
    return (
        f"Complaint {complaint['complaint']}, received on {received}: "
        f"{complaint['status']}, stage {complaint['stage']}"
    )


def _linked(linked: list[Case]) -> Iterator[str]:
    from services.cli.links import in_words as links_in_words

    if linked:
        yield from _listed("Linked cases:", links_in_words(linked))


def _next(steps: list[Case], case: str) -> Iterator[str]:
    from services.cli.saying import plain

    yield ""
    yield "What may be done next:" if steps else "Nothing more may be done now."
    for step in steps:
        numbers = " ".join(f"--{word} {_value(step[word])}" for word in NAMED if word in step)
        rules = ", ".join(rule["rule"] for rule in step["rules"])
        under = f" under {rules}" if rules else ""
        by = f", by: {', '.join(map(plain, step['by']))}" if step.get("by") else ""
        yield f"  casebook {step['command']} {case} {numbers}".rstrip() + under + by


def _value(value: Any) -> str:
    return ",".join(map(str, value)) if isinstance(value, list) else str(value)
