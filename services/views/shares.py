"""The record folded by several processes, each a share of the streams; this one only writes."""

from __future__ import annotations

import marshal
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from subprocess import PIPE, Popen
from typing import Any

from services.beside import processors
from services.closing import Closing
from services.faults import Fault
from services.store.changes import Change, How
from services.store.database import Database
from services.undisturbed import undisturbed
from services.views.apart import LENGTH_BYTES, WRITTEN, Handed, Task
from services.views.tables import REBUILT

WORTH_SHARING = 20_000
"""Fewer events are folded by one process before others have begun."""
MOST = 3
"""More processes would fold faster than one can write."""
_BEGIN = (
    "import marshal, sys; sys.path[:], task = marshal.load(sys.stdin.buffer); "
    "from services.views.apart import Task, fold_apart; fold_apart(Task(*task))"
)


class FoldingEnded(Fault):
    """A process that folded a share of the streams was ended by something else."""


def processes_for(events: int) -> int:
    """How many processes are best begun to fold so many events; 0 where this one alone is."""
    if events < WORTH_SHARING or processors() == 1 or not sys.executable:
        return 0
    return min(processors(), MOST)


def fold_in_shares(
    database: Database, task: Task, processes: int, tell: Callable[[int], None]
) -> None:
    """Fill the new tables as the task says, or as far as so many processes get.

    They stop where an event can't be read or folded, or others fill the same tables, and none is
    begun where the system lets nobody begin one: who folds on from there in this process alone
    finds out which. Raises FoldingEnded.
    """
    seen = REBUILT.position(database)
    if not seen or not processes:
        return
    position, generation = seen
    try:
        begun = Shares(task._replace(after=position), processes)
    except OSError:
        return
    with begun as shares:
        while position < task.upto:
            reached = min(position + task.batch, task.upto)
            with undisturbed():
                handed = shares.handed()
                if handed is None or handed[0] != reached - position:
                    return
                with database.writing():
                    if not REBUILT.move(database, (position, generation), reached):
                        return
                    database.write(handed[1])
            shares.written()
            position = reached
            tell(position)


class Shares(Closing):
    """Processes that fold all events of a task, batch by batch; none outlives this."""

    def __init__(self, task: Task, processes: int) -> None:
        self._processes: list[Popen[bytes]] = []
        kept = max(task.kept_rows // processes, 1)
        try:
            for number in range(processes):
                one = task._replace(share=(number, processes), kept_rows=kept)
                self._processes.append(_begun(one))
        except BaseException:
            self.close()
            raise

    def handed(self) -> Handed | None:
        """How many events the next batch has and what they change; None where one gave up.

        Raises FoldingEnded.
        """
        events = 0
        tables: dict[tuple[str, tuple[str, ...], How], list[tuple[Any, ...]]] = {}
        for process in self._processes:
            handed = _received(process)
            if handed is None:
                return None
            events += handed[0]
            for table, columns, rows, how in handed[1]:
                tables.setdefault((table, columns, How(how)), []).extend(rows)
        for (_, _, how), rows in tables.items():
            if how is How.ADD:
                rows.sort()  # a table grows quicker at its end than in its midst
        found = [Change(name, columns, rows, how) for (name, columns, how), rows in tables.items()]
        return events, found

    def written(self) -> None:
        """Let them know that the last batch is committed."""
        for process in self._processes:
            assert process.stdin
            with suppress(BrokenPipeError):  # that it has ended shows when it should hand over
                process.stdin.write(WRITTEN)
                process.stdin.flush()

    def close(self) -> None:
        """End them, wherever they are: they only read."""
        for process in self._processes:
            process.kill()
        for process in self._processes:
            with suppress(BrokenPipeError):
                process.communicate()


def _begun(task: Task) -> Popen[bytes]:
    # In a group of its own: what interrupts this process from the keyboard is not meant for it.
    words = [sys.executable, "-P", "-c", _BEGIN]
    process = Popen(words, stdin=PIPE, stdout=PIPE, process_group=0)
    assert process.stdin
    with suppress(BrokenPipeError):
        path = [str(Path(each).absolute()) for each in sys.path]
        process.stdin.write(marshal.dumps((path, tuple(task))))
        process.stdin.flush()
    return process


def _received(process: Popen[bytes]) -> Any:
    assert process.stdout
    length = int.from_bytes(process.stdout.read(LENGTH_BYTES), "big")
    sent = process.stdout.read(length)
    if not length or len(sent) < length:
        raise FoldingEnded(
            "A process that folded a part of the events was ended from outside. The views that "
            "are read are as they were. Do it again: it goes on from here."
        )
    return marshal.loads(sent)
