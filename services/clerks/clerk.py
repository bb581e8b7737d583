"""A process that decides the lines it is handed, and whoever hands them to it."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
from collections.abc import Callable, Iterable, Sequence
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from services.faults import Fault

ANSWERS, FAILURE = b"A", b"F"
SECONDS_TO_END = 60.0


class ClerkGone(Fault):
    """A process that decides ended before it answered."""


class Clerk:
    """One process, from here: lines go in, answers come out, one group at a time.

    It has the register open from its first group on, and ends when this process does.
    """

    def __init__(self, where: Path, others: Iterable[Clerk]) -> None:
        self.connection, theirs = multiprocessing.Pipe()
        # A copy of our end in any of them would keep one from seeing that we are gone.
        ours = [self.connection, *(each.connection for each in others)] if _can_fork() else []
        work = (where, theirs, ours)
        self._process = _new_process(_work, work)
        self._process.start()
        theirs.close()

    def decide(self, lines: Sequence[bytes]) -> None:
        """Hand it a group of lines, which must have been answered before the next one."""
        try:
            self.connection.send_bytes(b"\n".join(lines))
        except OSError:
            raise self._gone() from None

    def answered(self) -> tuple[int, list[bytes]]:
        """The highest exit code of the group, and the answer to each line as JSON.

        Waits for them; they are durable. Raises the fault that the clerk met, else ClerkGone.
        """
        try:
            told = self.connection.recv_bytes()
        except (EOFError, OSError):
            raise self._gone() from None
        if told[:1] == FAILURE:
            raise pickle.loads(told[1:])
        return told[1], told[2:].split(b"\n")

    def close(self) -> None:
        """Let it finish what it does, and wait for that."""
        self.connection.close()
        self._process.join(SECONDS_TO_END)

    def _gone(self) -> ClerkGone:
        return ClerkGone(
            "A process that decided a part of the file was ended from outside. What was answered "
            "is recorded. Send the same file again: only what is lacking is recorded."
        )


def _new_process(work: Callable[..., None], handed: tuple[Any, ...]) -> BaseProcess:
    if _can_fork():
        return multiprocessing.get_context("fork").Process(target=work, args=handed)
    return multiprocessing.get_context("spawn").Process(target=work, args=handed)


def _can_fork() -> bool:
    """Whether processes are forked here by default: they begin with all that is imported."""
    return hasattr(os, "fork") and os.uname().sysname == "Linux"


def _work(where: Path, connection: Connection, ours: Iterable[Connection]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for each in ours:
        each.close()
    _let_go_of_the_terminal()
    try:
        try:
            _decide(where, connection)
        except (EOFError, BrokenPipeError, ConnectionResetError):
            raise
        except Exception as failure:
            connection.send_bytes(FAILURE + _packed(failure))
            connection.recv_bytes()
    except (EOFError, OSError):
        return  # whoever hands out the lines is gone


def _decide(where: Path, connection: Connection) -> None:
    import orjson

    from services.assemble import open_beside_others
    from services.casework.casework import exit_code

    group = connection.recv_bytes()
    with open_beside_others(where) as casework:
        while True:
            answers = casework.handle_lines(group.split(b"\n"))
            worst = max(map(exit_code, answers))
            told = b"\n".join(map(orjson.dumps, answers))
            connection.send_bytes(b"%b%c%b" % (ANSWERS, worst, told))
            group = connection.recv_bytes()


def _let_go_of_the_terminal() -> None:
    """Who reads what is printed must not wait for this process too."""
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1):
        os.dup2(nothing, stream)
    os.close(nothing)


def _packed(failure: Any) -> bytes:
    try:
        packed = pickle.dumps(failure)
        pickle.loads(packed)
    except Exception:
        return pickle.dumps(RuntimeError(f"{type(failure).__name__}: {failure}"))
    return packed
