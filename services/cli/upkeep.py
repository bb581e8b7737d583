"""`casebook tick` and `doctor`: what keeps a register in step."""

from __future__ import annotations

import click

from services.cli.shared_options import upkeep, wants_json

FINDINGS = 6


@click.command()
@upkeep
@click.pass_context
def tick(context: click.Context) -> None:
    """End the blocks of a fixed length that have run out. Run it once a day."""
    from services.cli.opening import opened
    from services.cli.output import print_json, print_lines

    with opened(context) as casework:
        ended = casework.tick()
    if wants_json(context):
        print_json(ended)
    elif ended:
        print_lines(f"Ended in case {each['case']}: a block that has run out." for each in ended)
    else:
        print_lines(["No block has run out."])


@click.command()
@upkeep
@click.pass_context
def doctor(context: click.Context) -> None:
    """Whether all is reachable and in step, and what to do if not; exit code 6 if not."""
    from services.cli.opening import opened
    from services.cli.output import print_json, print_lines

    with opened(context) as casework:
        found = casework.doctor()
    if wants_json(context):
        print_json(found)
    elif found:
        print_lines(f"{each['where']}: {each['finding']}. {each['do']}" for each in found)
    else:
        print_lines(["All is well."])
    context.exit(FINDINGS if found else 0)
