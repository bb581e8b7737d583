"""`--wait`: end only once the views hold what was recorded, or say that they don't yet."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from services.casework.answers import Answer
from services.cli.shared_options import seconds_to_wait

if TYPE_CHECKING:
    from services.assemble import Casework


@contextmanager
def shown_if_asked(context: click.Context, casework: Casework) -> Iterator[list[Answer]]:
    """After the block, wait for what it recorded and for the answers put into the list.

    What the views lack then is said on stderr; the answers stand, for they are recorded.
    """
    given: list[Answer] = []
    seconds = seconds_to_wait(context)
    if seconds is not None:
        casework.await_views()
    yield given
    if seconds is not None and (lacking := casework.until_shown(given, seconds)):
        click.echo(lacking, err=True)
