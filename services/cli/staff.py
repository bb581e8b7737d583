"""`casebook staff`: who holds which post."""

from __future__ import annotations

from datetime import date

import click

from services.cli.days import london_day
from services.cli.shared_options import reading, wants_json

VERBS = {"appoint": "appoint", "end": "end-appointment"}
COLUMNS = {
    "council": "council",
    "staff": "staff",
    "role": "role",
    "from": "from",
    "until": "until",
    "deputy for": "deputy_for",
    "counts": "counts",
    "name": "name",
}


class StaffCommands(click.Group):
    """The two verbs about appointments, and the list of them."""

    def list_commands(self, context: click.Context) -> list[str]:
        """Each of the three."""
        return [*VERBS, *super().list_commands(context)]

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        """The command of that name, or None."""
        if name not in VERBS:
            return super().get_command(context, name)
        from services.cli.verbs import verb

        return verb(VERBS[name])


@click.group(cls=StaffCommands)
@reading
def staff() -> None:
    """Who holds which post, from when until when."""


@staff.command("list")
@click.option("--at", type=london_day, metavar="DATE", help="Only those of this London day.")
@reading
@click.pass_context
def list_staff(context: click.Context, at: date | None) -> None:
    """Every appointment, past and future ones too, and whether it counts today or on that day."""
    from services.cli.opening import council_asked, opened
    from services.cli.output import print_json, print_table

    with opened(context) as casework:
        council = council_asked(context, casework)
        found = [
            {"council": each, **appointment}
            for each in ([council] if council else casework.councils)
            for appointment in casework.staff(each, at)
        ]
    if wants_json(context):
        print_json(found)
    else:
        print_table(found, COLUMNS, "Nobody is appointed then." if at else "Nobody is appointed.")
