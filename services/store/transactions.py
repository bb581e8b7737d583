"""One transaction at a time on one connection: all of it is kept, or nothing."""

from __future__ import annotations

from enum import Enum
from threading import RLock
from types import TracebackType
from typing import Protocol


class Kind(Enum):
    """What a transaction is for."""

    READING = "reading"
    WRITING = "writing"
    DECIDING = "deciding"


class Participant(Protocol):
    """Who must know when a transaction begins and how it ends."""

    def begun(self) -> None:
        """Called under the lock, before anything else in the transaction."""

    def committing(self) -> None:
        """Called inside a writing transaction, just before it is committed."""

    def ended(self, *, kept: bool) -> None:
        """Called after it: `kept` is false when it was rolled back."""


class Session(Protocol):
    """The connection of a database."""

    def begin(self, kind: Kind) -> None:
        """Begin a transaction."""

    def commit(self, kind: Kind) -> None:
        """Keep what it did, or raise and keep nothing."""

    def roll_back(self) -> None:
        """Undo what is open, if anything is."""

    def finish(self) -> None:
        """Called when everybody was told how it ended."""


class Transaction:
    """Where the connection stands. Threads take turns; scopes inside a scope join it."""

    def __init__(self, session: Session) -> None:
        self.participants: list[Participant] = []
        self.writing = False
        self.depth = 0
        self._session = session
        self._kind = Kind.READING
        self.turn = RLock()
        """Held while a scope is open, and by whoever reads outside one."""
        self._spoiled: BaseException | None = None

    def enter(self, kind: Kind) -> None:
        """Begin, or join what is already open."""
        self.turn.acquire()
        try:
            if self.depth == 0:
                self._begin(kind)
            elif kind is not Kind.READING and not self.writing:
                raise RuntimeError("a reading scope can't turn into a writing one")
            self.depth += 1
        except BaseException:
            self.turn.release()
            raise

    def leave(self, failure: BaseException | None, kind: Kind) -> None:
        """End what `enter` began: the outermost commits, unless anything failed inside it."""
        try:
            self.depth -= 1
            if self.depth:
                if failure is not None and kind is not Kind.READING and self._spoiled is None:
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
            self.turn.release()

    def _begin(self, kind: Kind) -> None:
        self._session.begin(kind)
        self._kind = kind
        self.writing = kind is not Kind.READING
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
            self._session.commit(self._kind)
        except BaseException:
            self._roll_back()
            raise
        finally:
            self.depth = 0
        self._end(kept=True)

    def _roll_back(self) -> None:
        try:
            self._session.roll_back()
        finally:
            self._end(kept=False)

    def _end(self, *, kept: bool) -> None:
        self.writing = False
        for participant in self.participants:
            participant.ended(kept=kept)
        self._session.finish()


class Scope:
    """`with` around a transaction; holds no state of its own, so one serves any nesting."""

    __slots__ = ("_kind", "_transaction")

    def __init__(self, transaction: Transaction, kind: Kind) -> None:
        self._transaction = transaction
        self._kind = kind

    def __enter__(self) -> None:
        self._transaction.enter(self._kind)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        failure: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._transaction.leave(failure, self._kind)
