"""`casebook project`: what comes out of Kafka goes into the views, in PostgreSQL."""

from __future__ import annotations

import click

from services.cli.shared_options import common, flags, health, register_option


@click.command()
@click.option("--once", is_flag=True, help="Stop when all that is in Kafka now is in the views.")
@health
@common(register_option)
@click.pass_context
def project(context: click.Context, once: bool, health_port: int | None, health_host: str) -> None:
    """Keep the views in step with Kafka until stopped; several share the work.

    From the first time on, the views of this register are kept by projectors alone. What happens
    is told on stderr, one JSON object a line. SIGTERM ends it after the batch in hand.
    """
    from services import clock
    from services.cli.servers import server_meant
    from services.health.journal import Journal
    from services.health.server import told
    from services.health.stopping import stop_asked
    from services.log.settings import log_settings
    from services.projector.service import LogProjector
    from services.projector.told import Telling

    address, settings = server_meant(flags(context)), log_settings(flags(context))
    telling = Telling(Journal("projector", clock.now), clock.now)
    with told(telling.gauges, telling.progress, health_port, health_host), stop_asked() as stop:
        LogProjector(address, settings, telling, stop, clock.now).run(once=once)
