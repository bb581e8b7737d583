"""`casebook appeals`: who may appeal, since when, and why."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import click

from services.cli.days import london_day
from services.cli.shared_options import reading, wants_json


@click.command()
@click.argument("case", required=False)
@click.option(
    "--at", type=london_day, metavar="DATE", help="As it stands on this London day, not today."
)
@click.option("--eligible", is_flag=True, help="Only blocks that may be appealed against.")
@reading
@click.pass_context
def appeals(context: click.Context, case: str | None, at: date | None, eligible: bool) -> None:
    """Every block decided by a day, and whether its owner may appeal."""
    from services.cli.opening import case_meant, council_asked, opened
    from services.cli.output import print_json, print_lines

    with opened(context) as casework:
        found = casework.reading.appeals(
            case_meant(context, casework, case).case_ref if case else None,
            at=at,
            council=council_asked(context, casework),
            eligible=eligible,
        )
    if wants_json(context):
        print_json(found)
    elif found:
        print_lines(line for block in found for line in (*in_words(block), ""))
    else:
        click.echo("No block fits.", err=True)


def in_words(block: dict[str, Any]) -> Iterator[str]:
    """A block, its appeals where they are told, and whether its owner may appeal."""
    from services.cli.saying import day, plain

    state = f"{plain(block['status'])}; decided on {day(block['decided_on'])}"
    said = {word: plain(block[word] or "not recorded") for word in ("ground", "scope")}
    why = f"ground {said['ground']}, scope {said['scope']}"
    account = f"{block['platform']}/{block['handle'] or 'unknown'}" if "case" in block else ""
    whose = f"{block['case']}, {account}, " if account else ""
    yield f"{whose}block {block['block']}: {state}, {why}"
    if block["channels"]:
        states = (f"{each['channel']} {plain(each['state'])}" for each in block["channels"])
        yield f"  Channels: {', '.join(states)}."
    if policy := block.get("policy"):
        words = block.get("substance")
        older = f"; the words judged by version {words['version']}" if words else ""
        yield f"  Decided under {policy['id']}, version {policy['version']}{older}."
    yield from (f"  {_appeal(appeal)}" for appeal in block.get("appeals", ()))
    if "eligible" in block:
        yield from _terms(block)


def _terms(block: dict[str, Any]) -> Iterator[str]:
    from services.cli.saying import plain

    yield f"  {_eligible(block)}"
    yield from (f"    {reason['rule']}: {reason['text']}" for reason in block["because"])
    if roles := block["agreement_needed"]:
        yield f"  A reversal needs the agreement of: {', '.join(map(plain, roles))}."
    if block["complaint_route"]:
        yield f"  Complaint: {block['complaint_route']}"


def _eligible(block: dict[str, Any]) -> str:
    from services.cli.saying import day

    if block["eligible"] is None:
        return "This policy knows no appeal."
    if block["eligible"]:
        until = f", until {day(block['eligible_until'])}" if block["eligible_until"] else ""
        return f"The owner may appeal, since {day(block['eligible_from'])}{until}."
    if block["status"] != "blocked":
        return "There is nothing left to appeal against."
    if any(reason["text"].startswith("Closed after") for reason in block["because"]):
        return f"The owner may appeal no more: it was open until {day(block['eligible_until'])}."
    return f"The owner may not appeal yet: from {day(block['eligible_from'])} on."


def _appeal(appeal: dict[str, Any]) -> str:
    from services.cli.saying import day

    times = (
        f"{words} by {day(appeal[word])}"
        for word, words in (("acknowledge_by", "acknowledge"), ("decide_by", "decide"))
        if appeal[word] and appeal["status"] in ("open", "early")
    )
    received = f"received on {day(appeal['received_on'])}"
    return ", ".join([f"Appeal {appeal['appeal']} is {appeal['status']}", received, *times]) + "."
