"""Work in a process of its own: it ends with ours, and what goes wrong in it is raised here."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any

from services.closing import Closing
from services.faults import Fault
from services.undisturbed import undisturbed

_TELLS, _FAILS, _ENDS = range(3)


class HelperEnded(Fault):
    """A process that worked for this one was ended by somebody else."""


class Beside(Closing):
    """What `work` tells, one thing after the other, worked out in another process meanwhile.

    It is at most one thing ahead of who takes them. `work` is a function of a module, called
    there with copies of `given`; what it raises is raised here, in place of the next thing.
    """

    def __init__(self, work: Callable[..., Iterable[Any]], *given: Any) -> None:
        # Begun afresh, not forked: threads may be running here.
        context = get_context("spawn")
        self._here, there = context.Pipe(duplex=False)
        self._process = context.Process(target=_run, args=(there, work, given), daemon=True)
        self._process.start()
        there.close()

    def __iter__(self) -> Iterator[Any]:
        while True:
            try:
                how, what = self._here.recv()
            except (EOFError, OSError):
                raise HelperEnded(
                    "A process that worked for this one was ended. Nothing of what is recorded "
                    "is lost: try again."
                ) from None
            if how == _ENDS:
                return
            if how == _FAILS:
                raise what
            yield what

    def close(self) -> None:
        """End it, whether it has told all or not."""
        self._here.close()
        self._process.terminate()
        self._process.join()


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _run(there: Connection, work: Callable[..., Iterable[Any]], given: tuple[Any, ...]) -> None:
    # Who interrupts the command interrupts the one who asked; this ends with them.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(BrokenPipeError, ConnectionResetError), undisturbed():
        try:
            for each in work(*given):
                there.send((_TELLS, each))
            there.send((_ENDS, None))
        except (BrokenPipeError, ConnectionResetError):
            raise
        except Exception as error:
            there.send((_FAILS, error))
