"""`casebook parked`: accounts of which an event can't be folded, and what to do about them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from services.cli.shared_options import actor_option, common, flags, upkeep, wants_json

if TYPE_CHECKING:
    from services.projector.parked import Parked

COLUMNS = {
    "case": "case",
    "account": "account",
    "since": "since",
    "event": "sequence",
    "position": "position",
    "waiting": "waiting",
    "why": "problem",
}
FINDINGS = 6


@click.group()
@upkeep
def parked() -> None:
    """Accounts that wait: an event of theirs can't be read or folded, and later ones queue up.

    The views show them as incomplete. All other accounts go on.
    """


@parked.command("list")
@upkeep
@click.pass_context
def list_parked(context: click.Context) -> None:
    """Each account that waits, since when and why."""
    from services.cli.output import print_json, print_table

    with _parked(context) as room:
        found = room.listed()
    if wants_json(context):
        print_json(found)
    else:
        print_table(found, COLUMNS, "No account waits.")


@parked.command()
@click.argument("case")
@upkeep
@click.pass_context
def show(context: click.Context, case: str) -> None:
    """One account that waits, by case reference or account id, with each event that does."""
    from services.cli.output import print_json, print_lines

    with _parked(context) as room:
        found = room.shown(case)
    if wants_json(context):
        print_json(found)
        return
    print_lines(
        [
            f"Case {found['case'] or 'unknown'}, account {found['account']}, waits since "
            f"{found['since']}: {found['problem']}.",
            *(
                f"  event {each['sequence']}, position {each['position']}: "
                f"{each['problem'] or 'waits behind it'}"
                for each in found["events"]
            ),
        ]
    )


@parked.command()
@click.argument("case", required=False)
@click.option("--all", "every", is_flag=True, help="Every account that waits.")
@upkeep
@click.pass_context
def retry(context: click.Context, case: str | None, every: bool) -> None:
    """Fold what waits, in order, once the cause is mended; exit code 6 where something waits on."""
    if every == bool(case):
        raise click.UsageError("Name one case, or say --all.")
    with _parked(context) as room:
        named = [each["account"] for each in room.listed()] if every else [case or ""]
        told = [room.retry(each) for each in named]
    _tell(context, told)


@parked.command()
@click.argument("case")
@click.option("--reason", required=True, metavar="TEXT", help="Why it may be left out. Recorded.")
@upkeep
@common(actor_option)
@click.pass_context
def drop(context: click.Context, case: str, reason: str) -> None:
    """Give up the event that a case waits for, and fold those behind it.

    Who does it and why is kept; the case stays marked as incomplete.
    """
    from services.cli.opening import actor_meant

    who = actor_meant(context)
    if not who:
        raise click.UsageError("Say who gives it up: --as STAFF-ID, or CASEBOOK_ACTOR.")
    if not reason.strip():
        raise click.UsageError("Say why: --reason TEXT.")
    with _parked(context) as room:
        told = room.drop(case, reason.strip(), who)
    _tell(context, [told])


def _tell(context: click.Context, told: list[dict[str, Any]]) -> None:
    from services.cli.output import print_json, print_lines

    if wants_json(context):
        print_json(told)
    else:
        print_lines(map(_in_words, told))
    context.exit(FINDINGS if any(each["waiting"] for each in told) else 0)


def _in_words(each: dict[str, Any]) -> str:
    dropped = each.get("dropped")
    given_up = f"event {dropped['sequence']} is given up, " if dropped else ""
    on = f"{each['waiting']} wait on: {each['problem']}" if each["waiting"] else "none waits"
    return f"Case {each['case'] or each['account']}: {given_up}{each['folded']} are folded, {on}."


@contextmanager
def _parked(context: click.Context) -> Iterator[Parked]:
    from services import clock
    from services.cli.servers import server_meant
    from services.projector.parked import Parked
    from services.store.postgres import PostgresDatabase

    views = PostgresDatabase.open_views(server_meant(flags(context)))
    try:
        yield Parked(views, clock.now)
    finally:
        views.close()
