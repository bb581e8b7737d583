"""`casebook duties`: what is owed, by whom and by when."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import click

from services.cli.days import moment_or_day
from services.cli.shared_options import reading, wants_json

COLUMNS = {
    "due": "due_words",
    "case": "case",
    "duty": "duty",
    "what": "what",
    "about": "about_words",
    "owed by": "owed_by_words",
    "rule": "rule",
    "status": "status_words",
}


@click.command()
@click.argument("case", required=False)
@click.option("--overdue", is_flag=True, help="Only what is overdue.")
@click.option("--all", "include_ended", is_flag=True, help="Also what was done or waived.")
@click.option("--role", metavar="ROLE", help="Only what this role owes.")
@click.option(
    "--at", type=moment_or_day, metavar="WHEN", help="As it stood then: a date, or a moment."
)
@reading
@click.pass_context
def duties(context: click.Context, /, case: str | None, at: datetime | None, **asked: Any) -> None:
    """What is owed, first what is due first."""
    from services.cli.opening import case_meant, council_asked, opened
    from services.cli.output import print_json, print_table
    from services.views.duties import list_duties

    with opened(context) as casework:
        found = list_duties(
            casework.database,
            at or casework.clock(),
            case=case_meant(context, casework, case).case_ref if case else None,
            council=council_asked(context, casework),
            now=at is None,
            **asked,
        )
    if wants_json(context):
        print_json(found)
    else:
        print_table([_row(duty) for duty in found], COLUMNS, "Nothing is owed.")


def in_words(duty: dict[str, Any]) -> str:
    """A duty, on one line."""
    from services.cli.saying import about, due, plain

    what = f" for {about(duty['about'])}" if duty.get("about") else ""
    whom = f", by the {plain(duty['owed_by'])}" if duty.get("owed_by") else ""
    late = ", overdue" if duty.get("overdue") else ""
    number = f"{duty['duty']} " if duty.get("duty") else ""
    return f"{number}{plain(duty['code'])}{what}: {due(duty)}{late}{whom} ({duty['rule']})"


def _row(duty: dict[str, Any]) -> dict[str, Any]:
    from services.cli.saying import about, moment, plain

    status = plain(duty["status"])
    return {
        **duty,
        "due_words": moment(duty["due"]) if duty["due"] else "no fixed date",
        "what": plain(duty["code"]),
        "about_words": about(duty["about"]) or None,
        "owed_by_words": plain(duty["owed_by"]) if duty["owed_by"] else None,
        "status_words": "overdue" if duty["overdue"] and status == "owed" else status,
    }
