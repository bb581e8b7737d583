"""`casebook migrate`: a register on a server gets the tables that a newer Casebook needs."""

from __future__ import annotations

import click

from services.cli.shared_options import flags, upkeep, wants_json


@click.command()
@click.option(
    "--roles",
    is_flag=True,
    help="Make the roles casebook_casework, casebook_publisher, casebook_projector, "
    "casebook_auditor and casebook_signer too, and say what each may do. "
    "Needs a user that may make roles.",
)
@upkeep
@click.pass_context
def migrate(context: click.Context, roles: bool) -> None:
    """Bring a register on a server to this Casebook, by numbered steps that only go forward.

    One in a folder is brought along whenever it is opened.
    """
    from services.cli.output import print_json, print_lines
    from services.settings import register_address
    from services.store.opening import migrate_database

    where = register_address(flags(context))
    if not isinstance(where, str):
        raise click.UsageError(
            f"The register is in the folder {where}, and is brought along whenever it is opened. "
            "Name one on a server: --register postgresql://…"
        )
    taken = migrate_database(where, roles=roles)
    if wants_json(context):
        print_json([{"migration": each} for each in taken])
        return
    told = [f"Migration {each} is done." for each in taken] or ["It is up to date."]
    print_lines([*told, *(["The roles are made."] if roles else [])])
