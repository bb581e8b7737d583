"""The fold of a share of the streams, and the process that folds one for another that writes.

Such a process is begun by `services.views.shares`. By its standard input it gets a task, and a
byte for each batch that is committed since; by its standard output it hands over what each batch
changes.
"""

from __future__ import annotations

import marshal
import os
import sys
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import BinaryIO, NamedTuple

from services.store.changes import Change
from services.store.database import Database
from services.store.log import Log, Share
from services.store.mapper import EventMapper
from services.store.opening import open_database
from services.undisturbed import undisturbed
from services.views.folding import Folding
from services.views.tables import REBUILT

AHEAD = 2
"""A batch is folded once the last but one is committed: then no row is sought in the tables before
it is there, since what a batch has changed stays in memory until the next is folded."""
WRITTEN = b"w"
LENGTH_BYTES = 8
_PIECE = 1_000
"""So many events are read, folded and dropped again before the next."""
_CACHE_MEGABYTES = 8


class Task(NamedTuple):
    """What one process is to fold, in plain values."""

    folder: str
    share: tuple[int, int]
    after: int
    upto: int
    batch: int
    kept_rows: int


Handed = tuple[int, list[Change]]
"""How many events were folded, and what that changes."""


def batches(database: Database, task: Task) -> Iterator[Handed]:
    """What each batch of the task changes, folded as it is asked for.

    The last but one before it is to be committed by then.
    """
    log, share = Log(database, EventMapper()), Share(*task.share)
    folding = Folding(database, REBUILT, task.kept_rows, in_order=True)
    piece = _PIECE * share.of
    for first in range(task.after, task.upto, task.batch):
        last = min(first + task.batch, task.upto)
        with undisturbed():
            handed = folding.folded_in_pieces(
                log.share(share, after=after, upto=min(after + piece, last))
                for after in range(first, last, piece)
            )
        yield handed


def fold_apart(task: Task) -> None:
    """Fold all of the task, and end; also where nobody is left to write it."""
    with suppress(BrokenPipeError), os.fdopen(os.dup(sys.stdout.fileno()), "wb") as out:
        # Whatever else is printed here must not come between.
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
        try:
            with closing(open_database(Path(task.folder))) as database:
                database.cache_at_most(_CACHE_MEGABYTES)
                _fold(batches(database, task), sys.stdin.buffer, out)
        except BrokenPipeError:
            raise
        except Exception:
            # Whoever writes folds the rest, and meets there what could not be folded here.
            _hand_over(out, None)


def _fold(folded: Iterator[Handed], written: BinaryIO, out: BinaryIO) -> None:
    for number, handed in enumerate(folded, 1):
        _hand_over(out, handed)
        if number >= AHEAD and not written.read(len(WRITTEN)):
            return


def _hand_over(out: BinaryIO, handed: Handed | None) -> None:
    plain = None
    if handed:
        plain = handed[0], [(*change[:3], change.how.value) for change in handed[1]]
    sent = marshal.dumps(plain, 2)  # later versions look for what occurs twice, in twice the time
    out.write(len(sent).to_bytes(LENGTH_BYTES, "big"))
    out.write(sent)
    out.flush()
