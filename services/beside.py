"""Work in a process of its own: it ends with ours, and what goes wrong in it is raised here."""

from __future__ import annotations

import os
import pickle
import signal
import sys
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing, suppress
from multiprocessing import Pipe, get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

from services.closing import Closing
from services.faults import Fault

_TELLS, _FAILS, _ENDS = range(3)
_SECONDS_TO_FINISH = 60.0

Asked = Iterator[Any]
"""What a process was asked, one thing after the other; it ends when nobody is left to ask."""
Work = Callable[..., Generator[Any, None, None]]
"""A function of a module: it is given what is `Asked`, and copies of what else it needs."""


class HelperEnded(Fault):
    """A process that worked for this one was ended by somebody else."""


class Beside(Closing):
    """A process that works for this one: what it is asked goes in, what `work` tells comes out.

    What goes wrong in it is raised here, in place of the next thing told. It may be as far ahead
    of who listens as a pipe holds. It prints nothing on standard output, is not interrupted from
    the keyboard, and ends when this process does.

    One begun `early`, before a register is opened or a thread is started, is forked where that is
    done by default, and so begins with all that is imported; `others` are those begun before it.
    """

    if_ended = "A process that worked for this one was ended from outside. Try again."
    """What is said where somebody else ended it."""

    def __init__(
        self,
        work: Work,
        *given: Any,
        early: bool = False,
        others: Iterable[Beside] = (),
    ) -> None:
        forks = early and sys.platform == "linux"
        self._here, there = Pipe()
        # A copy of our end in another of them would keep one from seeing that we are gone.
        ours = [self._here, *(each._here for each in others)] if forks else []
        handed = (there, ours, work, given)
        self._process: BaseProcess = (
            get_context("fork").Process(target=_run, args=handed, daemon=True)
            if forks
            else get_context("spawn").Process(target=_run, args=handed, daemon=True)
        )
        try:
            self._process.start()
        except OSError:
            self._here.close()
            raise
        finally:
            there.close()

    def ask(self, what: Any) -> None:
        """Hand it something; raises HelperEnded."""
        try:
            self._here.send(what)
        except OSError:
            raise self._ended() from None

    def __iter__(self) -> Iterator[Any]:
        return self

    def __next__(self) -> Any:
        """What it tells next, once it does; raises what failed there, and HelperEnded."""
        try:
            how, what = self._here.recv()
        except (EOFError, OSError):
            raise self._ended() from None
        if how == _ENDS:
            raise StopIteration
        if how == _FAILS:
            raise pickle.loads(what)
        return what

    def fileno(self) -> int:
        """What `multiprocessing.connection.wait` watches, to know that it has told something."""
        return self._here.fileno()

    def finish(self) -> None:
        """Ask nothing more, and wait until it has done what it was asked."""
        self._here.close()
        self._process.join(_SECONDS_TO_FINISH)

    def close(self) -> None:
        """End it, whether it has told all or not."""
        self._here.close()
        self._process.kill()
        self._process.join()

    def _ended(self) -> HelperEnded:
        return HelperEnded(self.if_ended)


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _run(there: Connection, ours: Iterable[Connection], work: Work, given: tuple[Any, ...]) -> None:
    # Who interrupts the command interrupts the one who asked; this ends with them.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for each in ours:
        each.close()
    _let_go_of_the_terminal()
    asked = _asked(there)
    with suppress(BrokenPipeError, ConnectionResetError):
        try:
            with closing(work(asked, *given)) as told:
                for each in told:
                    there.send((_TELLS, each))
            there.send((_ENDS, None))
        except (BrokenPipeError, ConnectionResetError):
            raise
        except Exception as failure:
            there.send((_FAILS, _packed(failure)))
        for _ in asked:
            pass  # who asks on meanwhile has yet to hear that this has ended


def _asked(there: Connection) -> Asked:
    with suppress(EOFError, OSError):
        while True:
            yield there.recv()


def _let_go_of_the_terminal() -> None:
    """Who reads what is printed must not wait for this process too."""
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1):
        os.dup2(nothing, stream)
    os.close(nothing)


def _packed(failure: Exception) -> bytes:
    try:
        packed = pickle.dumps(failure)
        pickle.loads(packed)
    except Exception:
        return pickle.dumps(RuntimeError(f"{type(failure).__name__}: {failure}"))
    return packed
