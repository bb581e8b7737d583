"""`casebook config`: each setting, and where it comes from."""

from __future__ import annotations

import click

from services.cli.shared_options import actor_option, common, flags, reading, wants_json


@click.command()
@common(actor_option)
@reading
@click.pass_context
def config(context: click.Context) -> None:
    """Each setting in force, and the flag, variable or file that says so."""
    from services.addresses import shown
    from services.cli.output import print_json, print_table
    from services.settings import settings

    found = [
        {"setting": name, "value": value and shown(value), "origin": origin}
        for name, value, origin in settings(flags(context))
    ]
    if wants_json(context):
        print_json(found)
    else:
        print_table(found, {word: word for word in ("setting", "value", "origin")}, "")
