"""`casebook tick` and `doctor`: what keeps a register in step."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from services.cli.shared_options import flags, upkeep, wants_json

if TYPE_CHECKING:
    from services.assemble import Casework

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
        found = [*casework.doctor(), *_about_kafka(context, casework)]
    if wants_json(context):
        print_json(found)
    elif found:
        print_lines(f"{each['where']}: {each['finding']}. {each['do']}" for each in found)
    else:
        print_lines(["All is well."])
    context.exit(FINDINGS if found else 0)


def _about_kafka(context: click.Context, casework: Casework) -> list[dict[str, str]]:
    """What is wrong with the topic, where one is set."""
    from services.faults import Fault
    from services.settings import setting

    if casework.database.is_embedded or not setting("kafka", flags(context)).value:
        return []
    from services.log.settings import log_settings
    from services.log.topic import check_same, find_topic
    from services.publisher.remembered import Remembered

    settings = log_settings(flags(context))
    try:
        topic = find_topic(settings)
        check_same(topic, Remembered(casework.database).topic_id(), settings)
    except Fault as fault:
        finding, _, do = fault.message.partition(". ")
        return [{"finding": finding.rstrip("."), "where": settings.address, "do": do or "See why."}]
    if topic is None:
        made = {"finding": f"There is no {settings.where} yet", "where": settings.address}
        return [{**made, "do": "casebook publish makes it."}]
    return []
