"""What a register is kept in: one database, explicit transactions, faults in plain words."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any

from services.store.changes import Change, How
from services.store.copying import on_conflict
from services.store.proposals import Proposal
from services.store.transactions import Kind, Participant, Scope, Transaction

Row = tuple[Any, ...]
ASKED_AT_ONCE = 500


class Database(ABC):
    """An open register; SQL is what SQLite and PostgreSQL both know, with `?` for each value.

    A clash with a UNIQUE rule is `eventsourcing`'s IntegrityError, so that casework can decide
    again; anything the disk, the file or the server does wrong is a `services.faults.Fault`.
    """

    is_embedded: bool
    """Whether it is a file of this machine, and no server."""
    bytes_type: str
    """What a column of bytes is called here."""
    position_type: str
    """What a column of positions is called here."""
    keyed: str
    """What follows a table of small rows that are found by their key."""
    rewritten: str
    """What follows a table whose rows change again and again."""

    proposal: Proposal | None = None
    """What the open `deciding()` scope will propose; None outside one."""
    office_number = 0
    """Another number after an appointment, a policy or a period was recorded elsewhere."""

    def __init__(self) -> None:
        self._transaction = Transaction(self)
        self._writing = Scope(self._transaction, Kind.WRITING)
        self._reading = Scope(self._transaction, Kind.READING)

    @property
    @abstractmethod
    def where(self) -> str:
        """Where the register is, as it may be shown."""

    @abstractmethod
    def close(self) -> None:
        """Let go of the register; what was committed is safe already."""

    def cache_at_most(self, megabytes: int) -> None:
        """Keep no more of the register in memory from now on; a server keeps its own memory."""
        del megabytes

    def join(self, participant: Participant) -> None:
        """Tell `participant` of every transaction from now on, in the order of joining."""
        self._transaction.participants.append(participant)

    def writing(self) -> Scope:
        """Hold the write lock; commits at the end, rolls all back on an exception.

        A scope inside a scope joins it. If an inner one fails, nothing of the outer is kept.
        """
        return self._writing

    def deciding(self) -> Scope:
        """Decide about accounts, and record what was decided if what it rested on still holds.

        On a server, or with other processes, nothing is locked meanwhile; else as `writing`.
        IntegrityError at its end says that something did not hold: decide again.
        """
        return self._writing

    def reading(self) -> Scope:
        """See one unchanging state of the register, whatever other processes write meanwhile."""
        return self._reading

    @property
    def is_writing(self) -> bool:
        """Whether a writing scope is open."""
        return self._transaction.writing

    @property
    def is_in_transaction(self) -> bool:
        """Whether a reading or writing scope is open."""
        return self._transaction.depth > 0

    @abstractmethod
    def begin(self, kind: Kind) -> None:
        """Begin a transaction; for `Transaction` alone."""

    @abstractmethod
    def commit(self, kind: Kind) -> None:
        """Keep what it did, or raise and keep nothing; for `Transaction` alone."""

    @abstractmethod
    def roll_back(self) -> None:
        """Undo what is open, if anything is; for `Transaction` alone."""

    def finish(self) -> None:
        """Drop what was proposed; for `Transaction` alone."""
        self.proposal = None

    @abstractmethod
    def execute(self, sql: str, parameters: Sequence[Any] = ()) -> int:
        """Change rows inside `writing()`; returns how many."""

    @abstractmethod
    def executemany(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """Change rows inside `writing()`, once for each of `rows`."""

    @abstractmethod
    def query(self, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
        """Read all rows."""

    @abstractmethod
    def one(self, sql: str, parameters: Sequence[Any] = ()) -> Row | None:
        """Read the first row, or None."""

    @abstractmethod
    def each(self, sql: str, parameters: Sequence[Any] = ()) -> Iterator[Row]:
        """Read rows one after another, for results too large to hold; use inside `reading()`."""

    def at_once(self, sql: str, parameters: Sequence[Any] = ()) -> int:
        """Change rows that no decision rests on, durably, and on a server without its lock."""
        with self.writing():
            return self.execute(sql, parameters)

    @abstractmethod
    def flush(self) -> None:
        """Return when all that can be read now would outlast a crash; on SQLite it always does."""

    @abstractmethod
    def office_changed(self) -> None:
        """Note inside `writing()` that appointments, policies or periods are no longer the same."""

    @abstractmethod
    def names_changed(self) -> None:
        """Note inside `writing()` that a name no longer leads where it led."""

    def find(
        self, table: str, columns: Sequence[str], key: str, wanted: Sequence[Any]
    ) -> list[Row]:
        """Read the rows with one of these keys, in no order."""
        found = []
        for start in range(0, len(wanted), ASKED_AT_ONCE):
            some = wanted[start : start + ASKED_AT_ONCE]
            marks = ", ".join("?" * len(some))
            sql = f"SELECT {', '.join(columns)} FROM {table} WHERE {key} IN ({marks})"
            found += self.query(sql, some)
        return found

    def append(self, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        """Add rows inside `writing()`, none of which is there yet."""
        self.executemany(_insert(table, tuple(columns)), rows)

    def put(self, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        """Add rows inside `writing()`, or change those with the same first column."""
        named = tuple(columns)
        self.executemany(f"{_insert(table, named)} {on_conflict(named)}", rows)

    def write(self, changes: Iterable[Change]) -> None:
        """Write rows of several tables inside `writing()`, in this order."""
        for table, columns, rows, how in changes:
            if how is How.ADD:
                self.append(table, columns, rows)
            elif how is How.PUT:
                self.put(table, columns, rows)
            else:
                self.executemany(f"DELETE FROM {table} WHERE {columns[0]} = ?", rows)

    @abstractmethod
    def has_table(self, name: str) -> bool:
        """Whether there is a table of that name."""

    @abstractmethod
    def changed_elsewhere(self) -> int:
        """A number that is another one after another process has written."""

    def _must_be_writing(self) -> None:
        if not self._transaction.writing:
            raise RuntimeError("the register is changed inside database.writing() only")


@cache
def _insert(table: str, columns: tuple[str, ...]) -> str:
    marks = ", ".join("?" * len(columns))
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})"
