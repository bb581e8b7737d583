"""`casebook services`: PostgreSQL and Kafka from pip in a folder, to try production mode."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click

from services.cli.shared_options import common, json_option, wants_json

if TYPE_CHECKING:
    from services.local.folder import ServicesFolder

FINDINGS = 6
_NEXT = (
    "With these set, casebook init makes a register there; casebook publish and casebook project "
    "then run beside it. casebook services down stops both servers."
)

_folder = click.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where they are and keep what is stored. Else a folder in your data directory.",
)


@click.group()
def services() -> None:
    """PostgreSQL and Kafka in a folder, without installing them; for this machine alone.

    They come with: pip install 'council-casebook[services]'
    """


@services.command()
@_folder
@common(json_option)
@click.pass_context
def up(context: click.Context, folder: Path | None) -> None:
    """Start both, and print the variables by which other commands use them."""
    from services.cli.output import print_json, print_lines

    found = _services(folder)
    click.echo(f"Starting PostgreSQL and Kafka in {found.folder} …", err=True)
    found.up()
    if wants_json(context):
        print_json(found.exports)
    else:
        print_lines(f"export {name}={shlex.quote(at)}" for name, at in found.exports.items())
        click.echo(_NEXT, err=True)


@services.command()
@_folder
def down(folder: Path | None) -> None:
    """Stop both; what was stored stays in the folder."""
    found = _services(folder)
    found.down()
    click.echo(f"PostgreSQL and Kafka in {found.folder} are stopped.", err=True)


@services.command()
@_folder
@common(json_option)
@click.pass_context
def status(context: click.Context, folder: Path | None) -> None:
    """Which of them runs, and where; exit code 6 where one does not."""
    from services.cli.output import print_json, print_table

    servers = _services(folder).servers
    rows = [
        {
            "service": server.name,
            "state": "running" if server.running else "stopped",
            "address": server.address if server.running else None,
        }
        for server in servers
    ]
    if wants_json(context):
        print_json(rows)
    else:
        print_table(rows, {word: word for word in ("service", "state", "address")}, "")
    context.exit(0 if all(server.running for server in servers) else FINDINGS)


def _services(folder: Path | None) -> ServicesFolder:
    from services.settings import cache_folder, services_folder

    try:
        from services.local.folder import ServicesFolder
    except ImportError as error:
        from services.local.faults import ServicesMissing

        raise ServicesMissing from error
    return ServicesFolder(folder or services_folder(), cache_folder() / "kafka")
