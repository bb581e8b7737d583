"""The record folded by several processes, each a share of the streams; this one only writes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from services.beside import Beside, HelperEnded, processors
from services.closing import Closing
from services.store.changes import Change, How
from services.store.database import Database
from services.store.sqlite import FILE_NAME
from services.undisturbed import undisturbed
from services.views.apart import Handed, Task, fold_apart, handed_over
from services.views.tables import REBUILT

WORTH_SHARING = 20_000
"""Fewer events are folded by one process before others have begun."""
LARGE = 64 * 1024 * 1024
"""A register of as many bytes has that many events, or will soon."""
MOST = 3
"""More processes would fold faster than one can write."""


class _Folder(Beside):
    """A process that folds one share."""

    if_ended = (
        "A process that folded a part of the events was ended from outside. The views that are "
        "read are as they were. Do it again: it goes on from here."
    )


def worth_sharing(events: int) -> int:
    """How many processes are best begun to fold so many events; 0 where this one alone is."""
    return _as_many_as_fit() if events >= WORTH_SHARING else 0


@contextmanager
def shares_for(where: Path | str) -> Iterator[Shares | None]:
    """The processes that fold a large embedded register; None for any other.

    To be called before the register is opened, or any thread is started.
    """
    if isinstance(where, Path) and _size(where / FILE_NAME) >= LARGE:
        with Shares(_as_many_as_fit(), early=True) as shares:
            yield shares
    else:
        yield None


class Shares(Closing):
    """Processes that fold all events of a task, batch by batch; none outlives this.

    They may be begun `early`, as `Beside` says, before there is a task. None is begun where the
    system lets nobody begin one.
    """

    def __init__(self, processes: int, *, early: bool = False) -> None:
        self._folders: list[_Folder] = []
        try:
            for _ in range(processes):
                self._folders.append(_Folder(fold_apart, early=early, others=self._folders))
        except OSError:
            self.close()
        except BaseException:
            self.close()
            raise

    def fold(self, database: Database, task: Task, tell: Callable[[int], None]) -> None:
        """Fill the new tables as the task says, or as far as so many processes get.

        They stop where an event can't be read or folded, or others fill the same tables: who folds
        on from there in this process alone finds out which. Raises HelperEnded.
        """
        seen = REBUILT.position(database)
        if not seen or not self._folders:
            return
        position, generation = seen
        self._begin(task._replace(after=position))
        while position < task.upto:
            reached = min(position + task.batch, task.upto)
            with undisturbed():
                handed = self._handed()
                if handed is None or handed[0] != reached - position:
                    return
                with database.writing():
                    if not REBUILT.move(database, (position, generation), reached):
                        return
                    database.write(handed[1])
            for folder in self._folders:
                folder.ask("go on")
            position = reached
            tell(position)

    def close(self) -> None:
        """End them, wherever they are: they only read."""
        for folder in self._folders:
            folder.close()
        self._folders.clear()

    def _begin(self, task: Task) -> None:
        processes = len(self._folders)
        kept = max(task.kept_rows // processes, 1)
        for number, folder in enumerate(self._folders):
            folder.ask(task._replace(share=(number, processes), kept_rows=kept))

    def _handed(self) -> Handed | None:
        """How many events the next batch has and what they change; None where one gave up."""
        events = 0
        tables: dict[tuple[str, tuple[str, ...], How], list[tuple[Any, ...]]] = {}
        for folder in self._folders:
            try:
                folded, changes = handed_over(next(folder))
            except HelperEnded:
                raise
            except Exception:
                return None  # whoever folds the rest alone meets there what it was
            events += folded
            for table, columns, rows, how in changes:
                tables.setdefault((table, columns, how), []).extend(rows)
        for (_, _, how), rows in tables.items():
            if how is How.ADD:
                rows.sort()  # a table grows quicker at its end than in its midst
        found = [Change(name, columns, rows, how) for (name, columns, how), rows in tables.items()]
        return events, found


def _as_many_as_fit() -> int:
    return min(processors(), MOST) if processors() > 1 else 0


def _size(file: Path) -> int:
    return file.stat().st_size if file.is_file() else 0
