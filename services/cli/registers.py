"""`casebook init` and `casebook demo`: a register to work in, and one to throw away."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

import click

from services.cli.shared_options import common, flags, json_option, register_option, wants_json


@click.command()
@click.option(
    "--council", "councils", multiple=True, required=True, metavar="ID", help="Repeat for several."
)
@click.option(
    "--administrator", required=True, metavar="STAFF-ID", help="Who appoints everybody else."
)
@click.option(
    "--policy",
    "own",
    multiple=True,
    type=click.File("rb"),
    metavar="FILE",
    help="A council's own policy file, where none is shipped. Repeat for several.",
)
@click.option(
    "--signing-key",
    metavar="FILE",
    help="The key to sign checkpoints with, where none is to be made.",
)
@common(register_option, json_option)
@click.pass_context
def init(
    context: click.Context,
    councils: tuple[str, ...],
    administrator: str,
    own: tuple[BinaryIO, ...],
    signing_key: str | None,
) -> None:
    """Make a register and adopt the councils' policies, or add a council to the register there."""
    from services import assemble
    from services.addresses import shown
    from services.cli.output import print_json, print_lines
    from services.settings import register_address

    if not administrator.strip():
        raise click.UsageError("Say who is to be the administrator: --administrator STAFF-ID.")
    where = register_address(flags(context))
    texts = [file.read() for file in own]
    key = Path(signing_key).expanduser() if signing_key else None
    done = assemble.found(
        where, list(councils), administrator.strip(), own_policies=texts, signing_key=key
    )
    if wants_json(context):
        print_json([{"register": shown(str(where)), "done": done}])
    else:
        print_lines([f"The register is in {shown(str(where))}.", *done])


@click.command()
def demo() -> None:
    """A throw-away register with invented accounts, and a guided look at it."""
    from services import demo as guided

    guided.run(click.echo)
