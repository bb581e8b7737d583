"""`casebook tail`: the events in Kafka, read as any other system would read them."""

from __future__ import annotations

from datetime import datetime

import click

from services.cli.shared_options import flags


def _since(_context: click.Context, _option: click.Parameter, text: str | None) -> object:
    if text is None or text.isdigit():
        return int(text) if text else None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise click.BadParameter(
            f"{text!r} is neither a position nor a moment with its offset, such as 4711 or "
            "2025-03-03T10:15:00+00:00."
        )
    return moment


@click.command()
@click.option("--type", "types", multiple=True, metavar="TYPE", help="Repeat for several.")
@click.option("--case", metavar="CASE", help="Of this case reference only.")
@click.option(
    "--since",
    callback=_since,
    metavar="WHEN",
    help="Recorded since a moment (2025-03-03T10:15:00+00:00), or after a position (4711).",
)
@click.option("--follow", is_flag=True, help="Go on with what comes, until stopped.")
@click.pass_context
def tail(
    context: click.Context,
    types: tuple[str, ...],
    case: str | None,
    since: int | datetime | None,
    follow: bool,
) -> None:
    """Print the events that are in Kafka, one JSON object a line.

    Those of one account come in order and once; accounts are mixed. It needs no register.
    """
    from schemas import event_types
    from services.health.stopping import stop_asked
    from services.log.settings import log_settings
    from services.log.tailing import Wanted
    from services.log.tailing import tail as read

    if unknown := sorted(set(types) - set(event_types())):
        from difflib import get_close_matches

        near = get_close_matches(unknown[0], event_types())
        hint = f" Is it {' or '.join(near)}?" if near else ""
        raise click.UsageError(f"There is no event {unknown[0]!r}.{hint}")
    wanted = Wanted(
        frozenset(types),
        case,
        since if isinstance(since, int) else 0,
        since if isinstance(since, datetime) else None,
    )
    with stop_asked() as stop:
        go_on = (lambda: not stop.wait(0.1)) if follow else None
        for record in read(log_settings(flags(context)), wanted, go_on):
            place = f'"position":{record.position},"partition":{record.partition}'
            click.echo(
                b'{%b,"offset":%d,"event":%b}' % (place.encode(), record.offset, record.body)
            )
            if stop.is_set():
                break
