"""The fold of a share of the streams, as a process does it for another that writes."""

from __future__ import annotations

import marshal
from collections.abc import Generator, Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from services.beside import Asked
from services.store.changes import Change, How
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
_PIECE = 50
"""So many events are read, folded and dropped again before the next: few enough to stay in the
processor's own memory from reading to writing, which takes a quarter off the time."""
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


def fold_apart(asked: Asked) -> Generator[bytes, None, None]:
    """Fold the `Task` that is asked first; each batch as `handed_over` reads it.

    Then something is to be asked after each batch that was committed.
    """
    task = next(asked, None)
    if task is None:
        return
    with closing(open_database(Path(task.folder))) as database:
        database.cache_at_most(_CACHE_MEGABYTES)
        for number, (events, changes) in enumerate(batches(database, task), 1):
            plain = [(*change[:3], change.how.value) for change in changes]
            # Later versions look for what occurs twice, in twice the time.
            yield marshal.dumps((events, plain), 2)
            if number >= AHEAD and next(asked, None) is None:
                return


def handed_over(told: bytes) -> Handed:
    """A batch that another process folded."""
    events, plain = marshal.loads(told)
    return events, [Change(table, columns, rows, How(how)) for table, columns, rows, how in plain]
