"""`casebook publish`: what is recorded goes on to Kafka, where other systems read it."""

from __future__ import annotations

import click

from services.cli.shared_options import common, flags, health, register_option


@click.command()
@click.option("--once", is_flag=True, help="Stop when all that is recorded is in Kafka.")
@click.option(
    "--refill",
    is_flag=True,
    help="Take a new or an empty topic, and fill it with everything from the beginning.",
)
@health
@common(register_option)
@click.pass_context
def publish(
    context: click.Context, once: bool, refill: bool, health_port: int | None, health_host: str
) -> None:
    """Send every event on to Kafka, in order, until stopped; at most one does so at a time.

    Another one that is started waits for its turn. What happens is told on stderr, one JSON
    object a line. SIGTERM ends it after the batch in hand.
    """
    from services import clock
    from services.health.journal import Journal
    from services.health.server import told
    from services.health.stopping import stop_asked
    from services.log.settings import log_settings
    from services.publisher.service import Publisher
    from services.publisher.told import Telling
    from services.settings import register_address

    where, settings = register_address(flags(context)), log_settings(flags(context))
    telling = Telling(Journal("publisher", clock.now), clock.now)
    with told(telling.gauges, telling.getting_on, health_port, health_host), stop_asked() as stop:
        Publisher(where, settings, telling, stop).run(once=once, refill=refill)
