"""`casebook verify` and `reconcile`: the register held against what was signed, and its copies."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from services.cli.shared_options import flags, upkeep, wants_json

if TYPE_CHECKING:
    from services.log.settings import LogSettings
    from services.proof.checking import Finding
    from services.proof.reconciling import Copy

FINDINGS = 6
KEPT_EACH = 50_000


@click.command()
@click.option("--root-only", is_flag=True, help="Compare hashes only, without reading each event.")
@click.option("--resume", is_flag=True, help="Go on where a check was stopped.")
@upkeep
@click.pass_context
def verify(context: click.Context, root_only: bool, resume: bool) -> None:
    """Hold every event against the signed checkpoints and its schema; exit code 6 if any fails."""
    from services.cli.opening import opened
    from services.proof import resuming
    from services.proof.checking import Checking

    with opened(context) as casework:
        folder = casework.integrity.progress_folder
        casework.database.cache_at_most(8)  # all is read once, from the beginning to the end
        since = resuming.kept(folder) if resume else None
        log, events = casework.integrity, casework.register.history
        check = Checking(log, events, whole=not root_only, since=since)
        last = casework.register.recorder.max_notification_id() or 0
        saved = check.reached.position
        with _progress(last, "Verifying") as told:

            def progress(position: int) -> None:
                nonlocal saved
                told(position)
                if position - saved >= KEPT_EACH:
                    resuming.keep(folder, check.reached)
                    saved = position

            try:
                found = check.run(progress)
            except KeyboardInterrupt:
                resuming.keep(folder, check.reached)
                raise
        resuming.forget(folder)
        signed = log.checkpoints.sizes()
        size = check.reached.position
    _tell(context, found, f"{size} events, {len(signed)} checkpoints: all is as it was signed.")
    if not found and size > (signed or [0])[-1]:
        click.echo(f"{size - (signed or [0])[-1]} events are not signed yet.", err=True)
    context.exit(FINDINGS if found else 0)


@click.command()
@click.option("--no-kafka", is_flag=True, help="Leave out what other systems read in Kafka.")
@upkeep
@click.pass_context
def reconcile(context: click.Context, no_kafka: bool) -> None:
    """Whether the events, the views of them and Kafka agree; exit code 6 where they do not."""
    from services.cli.opening import opened
    from services.proof.reconciling import reconcile as compared

    settings = None if no_kafka else _kafka(context)
    with opened(context) as casework:
        last = casework.register.recorder.max_notification_id() or 0
        with _progress(last, "Comparing with Kafka" if settings else None) as told:
            found = compared(casework, _copies(settings, told))
    both = "The views and Kafka agree" if settings else "The views agree"
    _tell(context, found, f"{both} with all {last} events.")
    context.exit(FINDINGS if found else 0)


def _kafka(context: click.Context) -> LogSettings | None:
    from services.log.settings import log_settings
    from services.settings import setting

    if setting("kafka", flags(context)).value:
        return log_settings(flags(context))
    click.echo("Kafka is not compared: CASEBOOK_KAFKA does not say where it is.", err=True)
    return None


def _copies(settings: LogSettings | None, told: Callable[[int], None]) -> list[Copy]:
    if settings is None:
        return []
    from services.proof.in_kafka import KafkaCopy

    return [KafkaCopy(settings, told, _not_published)]


def _not_published(count: int) -> None:
    click.echo(f"not published yet: {count} events", err=True)


def _tell(context: click.Context, found: list[Finding], well: str) -> None:
    from services.cli.output import print_json, print_lines

    if wants_json(context):
        print_json(found)
    elif found:
        print_lines(f"{each['where']}: {each['finding']}. {each['do']}" for each in found)
    else:
        print_lines([well])


@contextmanager
def _progress(last: int, label: str | None) -> Iterator[Callable[[int], None]]:
    """A bar on stderr where somebody watches it; none without a label."""
    if label is None or not sys.stderr.isatty():
        yield lambda _: None
        return
    with click.progressbar(length=last, file=sys.stderr, label=label) as bar:
        yield lambda position: bar.update(position - bar.pos)
