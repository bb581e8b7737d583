"""`casebook move`: a register that has outgrown its folder goes to a server."""

from __future__ import annotations

import sys

import click

from services.cli.shared_options import flags, upkeep, wants_json


@click.command()
@click.option("--to", required=True, metavar="ADDRESS", help="postgresql://… of an empty database.")
@upkeep
@click.pass_context
def move(context: click.Context, to: str) -> None:
    """Take the register from its folder to a PostgreSQL server, with all that it holds.

    Positions, ids, answers, policies and evidence stay the same, and are compared at the end. If
    it is interrupted, do it again: it goes on where it stopped. The signing keys are copied to the
    folder that CASEBOOK_KEYS names. The folder of the register is left as it was.
    """
    from services.addresses import is_server, shown
    from services.cli.output import print_json, print_lines
    from services.settings import register_address
    from services.store.opening import move_register

    where = register_address(flags(context))
    if isinstance(where, str):
        raise click.UsageError(f"The register is on a server already: {shown(where)}.")
    if not is_server(to):
        raise click.UsageError("--to wants the address of a database: postgresql://…")
    bar = click.progressbar(
        length=1, file=sys.stderr, label="Moving", hidden=not sys.stderr.isatty()
    )
    with bar:

        def progress(done: int, of: int) -> None:
            bar.length = of
            bar.update(done - bar.pos)

        moved = move_register(where, to, progress)
    if wants_json(context):
        print_json([{**moved._asdict(), "from": str(where), "to": shown(to)}])
        return
    print_lines(
        [
            f"{moved.events} events, {moved.rows['cases']} cases, {moved.rows['commands']} answers "
            f"and {moved.evidence} files of evidence are in {shown(to)}.",
            f"All were compared; the SHA-256 of the events' bytes in order is {moved.sha256}.",
            *(f"The signing key is at {place} too, for this user only." for place in moved.keys),
            f"The register in {where} is left as it was. Put it away: what is recorded there from "
            "now on is in no other.",
        ]
    )
