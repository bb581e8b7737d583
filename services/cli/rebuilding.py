"""`casebook rebuild`: all views made anew, or compared with views made anew."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from time import monotonic
from typing import TYPE_CHECKING

import click

from services.cli.shared_options import flags, upkeep, wants_json
from services.settings import register_address

if TYPE_CHECKING:
    from services.assemble import Casework
    from services.projector.rebuilding import LogRebuilding
    from services.views.rebuild import Tell

FINDINGS = 6
SAID_EVERY = 2.0


@click.command()
@click.option(
    "--compare",
    is_flag=True,
    help="Change nothing: say whether the views are what a rebuild would make; exit code 6 if not.",
)
@click.option(
    "--from",
    "source",
    type=click.Choice(["record", "kafka"]),
    default="record",
    show_default=True,
    help="What to make them from, where projectors keep the views.",
)
@upkeep
@click.pass_context
def rebuild(context: click.Context, compare: bool, source: str) -> None:
    """Make all views anew from the record; the record itself is only read.

    People read the old views meanwhile. One that was interrupted goes on where it stopped.
    """
    from services.cli.opening import opened
    from services.cli.output import print_json, print_lines
    from services.views.shares import shares_for

    where = register_address(flags(context))
    with shares_for(where) as shares, opened(context) as casework:
        total = casework.register.recorder.max_notification_id() or 0
        tell = _telling(total)
        if source == "kafka" and casework.views_are_elsewhere:
            with _from_kafka(context, casework, tell) as rebuilding:
                done = rebuilding.differences() if compare else rebuilding.rebuild()
        else:
            made = casework.differences if compare else casework.rebuild
            done = made(tell, shares)
    if isinstance(done, int):
        if wants_json(context):
            print_json([{"events": done}])
        else:
            print_lines([f"All views are made anew from {done} events."])
        return
    if wants_json(context):
        print_json([{"difference": each} for each in done])
    else:
        print_lines(done or [f"All views are what a rebuild makes of {total} events."])
    context.exit(FINDINGS if done else 0)


def _from_kafka(
    context: click.Context, casework: Casework, tell: Tell
) -> AbstractContextManager[LogRebuilding]:
    from services.cli.servers import server_meant
    from services.log.settings import log_settings
    from services.projector.sources import from_topic

    told = flags(context)
    return from_topic(server_meant(told), log_settings(told), casework.clock, tell)


def _telling(total: int) -> Callable[[int], None]:
    """Says on stderr how far it is and how fast, every few seconds."""
    began = said = monotonic()
    first: list[int] = []

    def tell(position: int) -> None:
        nonlocal said
        first.append(position) if not first else None
        if monotonic() - said >= SAID_EVERY:
            said = monotonic()
            rate = (position - first[0]) / (said - began)
            click.echo(f"{position:,} of {total:,} events, {rate:,.0f} a second", err=True)

    return tell
