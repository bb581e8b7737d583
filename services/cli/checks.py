"""`casebook verify` and `reconcile`: the register held against what was signed, and its copies."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from services.cli.shared_options import upkeep, wants_json

if TYPE_CHECKING:
    from services.proof.checking import Finding

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
        with _progress(last) as told:

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
@upkeep
@click.pass_context
def reconcile(context: click.Context) -> None:
    """Whether the events and the views made of them agree; exit code 6 where they do not."""
    from services.cli.opening import opened
    from services.proof.reconciling import reconcile as compared

    with opened(context) as casework:
        found = compared(casework)
        last = casework.register.recorder.max_notification_id() or 0
    _tell(context, found, f"The views agree with all {last} events.")
    context.exit(FINDINGS if found else 0)


def _tell(context: click.Context, found: list[Finding], well: str) -> None:
    from services.cli.output import print_json, print_lines

    if wants_json(context):
        print_json(found)
    elif found:
        print_lines(f"{each['where']}: {each['finding']}. {each['do']}" for each in found)
    else:
        print_lines([well])


@contextmanager
def _progress(last: int) -> Iterator[Callable[[int], None]]:
    """A bar on stderr where somebody watches it."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    with click.progressbar(length=last, file=sys.stderr, label="Verifying") as bar:
        yield lambda position: bar.update(position - bar.pos)
