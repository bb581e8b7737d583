"""`casebook figures`: counts that may be published."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import click

from services.cli.days import london_day, moment_or_day
from services.cli.shared_options import reading, wants_json

if TYPE_CHECKING:
    from services.assemble import Casework


@click.command()
@click.option(
    "--from", "first", type=london_day, metavar="D", help="The first day, in London; with --to."
)
@click.option("--to", "last", type=london_day, metavar="D", help="The last day; with --from.")
@click.option(
    "--at",
    type=moment_or_day,
    metavar="WHEN",
    help="As known then: a date that is over, or a moment. Gives the same each time.",
)
@click.option("--exact", is_flag=True, help="Small numbers too: for inside use, not to publish.")
@click.option("--csv", "as_csv", is_flag=True, help="Answer in CSV, for spreadsheets.")
@reading
@click.pass_context
def figures(
    context: click.Context,
    /,
    first: date | None,
    last: date | None,
    at: datetime | None,
    exact: bool,
    as_csv: bool,
) -> None:
    """How many of what: by channel, month, category, target, ground, scope and outcome.

    No handle and no name is told. Numbers from 1 to 4 are suppressed, shown as [c], and so are
    others from which they could be worked out; see docs/figures.md.
    """
    from services.cli.figures_told import HEADINGS, in_words, rows
    from services.cli.opening import council_asked, opened
    from services.cli.output import print_json, print_lines
    from services.cli.spreadsheet import print_csv
    from services.views.figures import council_figures

    if as_csv and wants_json(context):
        raise click.UsageError("Ask for --json or for --csv, not for both.")
    period = _period(first, last)
    with opened(context) as casework:
        found = council_figures(
            casework.database,
            casework.offices.policy,
            _cut_off(casework, at),
            period=period,
            council=council_asked(context, casework),
            exact=exact,
        )
    if exact:
        click.echo("Small numbers are shown: not to be published.", err=True)
    if wants_json(context):
        print_json(rows(found, exact=exact))
    elif as_csv:
        print_csv(rows(found, exact=exact), HEADINGS)
    elif found:
        print_lines(in_words(found, exact=exact))
    else:
        click.echo("There was no council in this register then.", err=True)


def _period(first: date | None, last: date | None) -> tuple[date, date] | None:
    if first is None and last is None:
        return None
    if first is None or last is None:
        lacking = "--from" if first is None else "--to"
        raise click.UsageError(f"Say the whole period: {lacking} D is lacking.")
    if last < first:
        raise click.UsageError(f"The period ends before it begins: --from {first} --to {last}.")
    return first, last


def _cut_off(casework: Casework, at: datetime | None) -> datetime:
    """The moment asked for, else now; nothing can be recorded at or before it any more."""
    # Who records reads the clock under this lock, so what is still being written is waited for.
    with casework.database.writing():
        now = casework.clock()
    if at is not None and at > now:
        raise click.UsageError(
            "--at is not over yet, so the same question would be answered differently later. "
            "Leave it out for what is known now."
        )
    return at or now
