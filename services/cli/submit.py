"""`casebook submit`: JSON Lines of command documents in, one answer to each line out."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from services.cli.shared_options import (
    common,
    flags,
    register_option,
    wait_option,
    wait_seconds_option,
)
from services.settings import register_address

if TYPE_CHECKING:
    from services.cli.lines import Lines


@click.command()
@click.argument("file", metavar="FILE|-")
@click.option("--stop-on-error", is_flag=True, help="Stop at the first line not accepted.")
@common(register_option, wait_option, wait_seconds_option)
@click.pass_context
def submit(context: click.Context, file: str, stop_on_error: bool) -> None:
    """Record each line of FILE, or of stdin: a whole command document as JSON.

    The answers, one line each and in order, are printed once they are safe on the disk; with
    --wait it ends once the views hold them all.
    """
    from services.cli.lines import Lines
    from services.cli.opening import opened
    from services.cli.sharing_out import clerks_for, share_out
    from services.cli.submitting import Submission
    from services.cli.waiting import shown_if_asked

    where = register_address(flags(context))
    with (
        _source(file) as source,
        clerks_for(source, where, one_by_one=stop_on_error) as clerks,
        opened(context) as casework,
        shown_if_asked(context, casework),
    ):
        lines, out = Lines(source), sys.stdout.buffer
        with _progress(source, lines) as progress:
            if clerks:
                worst = share_out(clerks, casework, lines, out, progress)
            else:
                submission = Submission(
                    casework, out, stop_on_error=stop_on_error, progress=progress
                )
                worst = submission.run(lines)
    context.exit(worst)


@contextmanager
def _source(file: str) -> Iterator[int]:
    if file == "-":
        yield sys.stdin.fileno()
        return
    try:
        opened_file = Path(file).expanduser().open("rb", buffering=0)
    except OSError as error:
        raise click.UsageError(
            f"{file} can't be read ({error.strerror}). Name a file of JSON Lines that is there."
        ) from None
    with opened_file:
        yield opened_file.fileno()


@contextmanager
def _progress(source: int, lines: Lines) -> Iterator[Callable[[], None]]:
    """A bar on stderr where somebody watches it; of a pipe nobody knows the whole."""
    size = os.fstat(source).st_size
    if not sys.stderr.isatty() or sys.stdout.isatty() or not size:
        yield lambda: None
        return
    with click.progressbar(length=size, file=sys.stderr, label="Recording") as bar:
        yield lambda: bar.update(lines.read - bar.pos)
