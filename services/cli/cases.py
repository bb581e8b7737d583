"""`casebook cases`: which cases there are."""

from __future__ import annotations

from typing import Any

import click

from services.cli.shared_options import reading, wants_json

COLUMNS = {
    "case": "case",
    "council": "council",
    "platform": "platform",
    "handle": "handle",
    "name": "name",
    "status": "status",
    "incidents": "incidents",
    "to review": "to_review",
}


@click.command()
@click.option("--status", type=click.Choice(["open", "blocked", "closed"]), help="In this state.")
@click.option("--platform", metavar="WORD", help="On this platform.")
@click.option("--category", metavar="WORD", help="With an upheld finding of this category.")
@click.option("--text", help="These words in handle, name, post or reasons.")
@click.option("--incomplete", is_flag=True, help="Whose record still lacks something.")
@click.option("--unreviewed", is_flag=True, help="With a flag that nobody has judged yet.")
@click.option("--irregular", is_flag=True, help="Where something was done though not allowed.")
@reading
@click.pass_context
def cases(context: click.Context, /, **asked: Any) -> None:
    """Which cases there are."""
    from services.cli.opening import council_asked, opened
    from services.cli.output import print_json, print_table
    from services.views.cases import CaseFilter, list_cases

    with opened(context) as casework:
        wanted = CaseFilter(council=council_asked(context, casework), **asked)
        found = list_cases(casework.database, wanted)
    if wants_json(context):
        print_json(found)
        return
    rows = [{**case, **_counted(case), "status": _status(case)} for case in found]
    linked = {"linked with": "linked"} if any(case["links"] for case in found) else {}
    print_table(rows, COLUMNS | linked, "No case fits.")


def _counted(case: dict[str, Any]) -> dict[str, Any]:
    return {
        "to_review": len(case["unreviewed"]),
        "linked": list(dict.fromkeys(link["case"] for link in case["links"])),
    }


def _status(case: dict[str, Any]) -> str:
    muted: list[str] = case["muted_on"]
    return f"{case['status']}, muted on {', '.join(muted)}" if muted else str(case["status"])
