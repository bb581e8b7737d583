"""`casebook complaints`: open and answered, and at which stage."""

from __future__ import annotations

import click

from services.cli.shared_options import reading, wants_json


@click.command()
@click.argument("case", required=False)
@reading
@click.pass_context
def complaints(context: click.Context, case: str | None) -> None:
    """Complaints in the order of their receipt, open and answered."""
    from services.cli.opening import case_meant, council_asked, opened
    from services.cli.output import print_json, print_table
    from services.views.complaints import list_complaints

    with opened(context) as casework:
        found = list_complaints(
            casework.database,
            case=case_meant(context, casework, case).case_ref if case else None,
            council=council_asked(context, casework),
        )
    if wants_json(context):
        print_json(found)
    else:
        print_table(found, COLUMNS, "No complaint fits.")


COLUMNS = {
    "case": "case",
    "complaint": "complaint",
    "stage": "stage",
    "status": "status",
    "received on": "received_on",
    "about": "about",
}
