"""One transaction at a time on one connection: all of it is kept, or nothing."""

from __future__ import annotations

from collections.abc import Callable
from threading import RLock
from types import TracebackType
from typing import Protocol


class Participant(Protocol):
    """Who must know when a transaction begins and how it ends."""

    def begun(self) -> None:
        """Called under the lock, before anything else in the transaction."""

    def committing(self) -> None:
        """Called inside a writing transaction, just before it is committed."""

    def ended(self, *, kept: bool) -> None:
        """Called after it: `kept` is false when it was rolled back."""


class Transaction:
    """Where the connection stands. Threads take turns; scopes inside a scope join it."""

    def __init__(
        self,
        run: Callable[[str], object],
        is_open: Callable[[], bool],
        *,
        begin_writing: str = "BEGIN IMMEDIATE",
        begin_reading: str = "BEGIN",
    ) -> None:
        self.participants: list[Participant] = []
        self.writing = False
        self.depth = 0
        self._run = run
        self._is_open = is_open
        self._begin_writing = begin_writing
        self._begin_reading = begin_reading
        self._lock = RLock()
        self._spoiled: BaseException | None = None

    def enter(self, *, writing: bool) -> None:
        """Begin, or join what is already open."""
        self._lock.acquire()
        try:
            if self.depth == 0:
                self._begin(writing=writing)
            elif writing and not self.writing:
                raise RuntimeError("a reading scope can't turn into a writing one")
            self.depth += 1
        except BaseException:
            self._lock.release()
            raise

    def leave(self, failure: BaseException | None, *, writing: bool) -> None:
        """End what `enter` began: the outermost commits, unless anything failed inside it."""
        try:
            self.depth -= 1
            if self.depth:
                if failure is not None and writing and self._spoiled is None:
                    self._spoiled = failure
            elif failure is None and self._spoiled is None:
                self._commit()
            else:
                self._roll_back()
                if failure is None:
                    raise RuntimeError(
                        "a part of this transaction failed, so nothing of it was kept"
                    ) from self._spoiled
        finally:
            self._lock.release()

    def _begin(self, *, writing: bool) -> None:
        if self._is_open():
            self._run("ROLLBACK")
        self._run(self._begin_writing if writing else self._begin_reading)
        self.writing = writing
        self._spoiled = None
        try:
            for participant in self.participants:
                participant.begun()
        except BaseException:
            self._roll_back()
            raise

    def _commit(self) -> None:
        # Participants still write while committing, so they are inside the transaction.
        self.depth = 1
        try:
            if self.writing:
                for participant in self.participants:
                    participant.committing()
            self._run("COMMIT")
        except BaseException:
            self._roll_back()
            raise
        finally:
            self.depth = 0
        self._end(kept=True)

    def _roll_back(self) -> None:
        try:
            # SQLite has already rolled back by itself after some errors, a full disk among them.
            if self._is_open():
                self._run("ROLLBACK")
        finally:
            self._end(kept=False)

    def _end(self, *, kept: bool) -> None:
        self.writing = False
        for participant in self.participants:
            participant.ended(kept=kept)


class Scope:
    """`with` around a transaction; holds no state of its own, so one serves any nesting."""

    __slots__ = ("_transaction", "_writing")

    def __init__(self, transaction: Transaction, *, writing: bool) -> None:
        self._transaction = transaction
        self._writing = writing

    def __enter__(self) -> None:
        self._transaction.enter(writing=self._writing)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        failure: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._transaction.leave(failure, writing=self._writing)
