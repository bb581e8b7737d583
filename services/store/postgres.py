"""A register on a PostgreSQL server; nothing else imports psycopg."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import count
from typing import Any, NoReturn, Self

import psycopg
from eventsourcing.persistence import IntegrityError
from psycopg.pq import TransactionStatus

from services.addresses import shown
from services.store.database import Database, Row
from services.store.migrating import Migrating
from services.store.proposals import Proposal, values
from services.store.server_errors import answer_lost, fault_for, unreachable
from services.store.server_sql import APPEND, BEGIN, FLUSH, marked
from services.store.transactions import Kind, Scope

CONNECT_SECONDS = 10
ROWS_AT_ONCE = 2000


class PostgresDatabase(Database):
    """An open register on a server: one connection, made again where it broke.

    `writing()` holds the register's lock from the beginning. `deciding()` holds none: what it
    records goes with all that it rested on into one call, which takes the lock and checks.
    """

    is_embedded = False
    bytes_type = "BYTEA"
    position_type = "BIGINT"
    keyed = ""
    begins: Mapping[Kind, str] = BEGIN

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address
        self._where = shown(address)
        self._deciding = Scope(self._transaction, Kind.DECIDING)
        self._numbers = count(1)
        self._changes: tuple[int, int] | None = None
        self._connect()

    @classmethod
    def create(cls, address: str) -> Self:
        """Make the register there, or open the one that is there."""
        database = cls(address)
        return database._checked(Migrating.make)

    @classmethod
    def open(cls, address: str) -> Self:
        """Open the register there; raises NoRegister, NotMigrated or RegisterTooNew."""
        database = cls(address)
        return database._checked(Migrating.check)

    @property
    def where(self) -> str:
        """The address, without its password."""
        return self._where

    def close(self) -> None:
        """Give the connection back."""
        self._connection.close()

    def deciding(self) -> Scope:
        """Decide about accounts without a lock; at the end, record it if all of it still holds."""
        return self._deciding

    @property
    def office_number(self) -> int:  # type: ignore[override]
        """Another number after an appointment, a policy or a period was recorded."""
        return self._changes[0] if self._changes else -1

    def begin(self, kind: Kind) -> None:
        """Begin a transaction; one that decides asks the server for nothing."""
        if self._connection.closed:
            self._connect()
        self.roll_back()
        if kind is Kind.DECIDING:
            if self._changes is None:
                self.changed_elsewhere()
            self.proposal = Proposal()
        else:
            self._run(self.begins[kind])

    def commit(self, kind: Kind) -> None:
        """Keep what it did, or raise and keep nothing."""
        if kind is Kind.DECIDING:
            self._propose()
        else:
            self._run("COMMIT")

    def roll_back(self) -> None:
        """Undo what is open, if anything is."""
        self.proposal = None
        if self._connection.closed:
            self._changes = None
        elif self._is_open():
            self._changes = None
            self._run("ROLLBACK")

    def execute(self, sql: str, parameters: Sequence[Any] = ()) -> int:
        """Change rows inside `writing()`; returns how many."""
        self._must_be_writing()
        if self.proposal is not None:
            raise RuntimeError("a decision is recorded by what it proposes, not by statements")
        return self._run(sql, parameters).rowcount

    def executemany(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """Change rows inside `writing()`, once for each of `rows`, in one round trip."""
        self._must_be_writing()
        with self._translating():
            self._cursor.executemany(marked(sql), rows)

    def copy(self, sql: str, data: bytes) -> None:
        """Bring many rows in by `COPY … FROM STDIN`, inside `writing()`."""
        self._must_be_writing()
        with self._translating(), self._cursor.copy(sql) as copy:
            copy.write(data)

    def query(self, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
        """Read all rows."""
        return self._run(sql, parameters).fetchall()

    def one(self, sql: str, parameters: Sequence[Any] = ()) -> Row | None:
        """Read the first row, or None."""
        return self._run(sql, parameters).fetchone()

    def each(self, sql: str, parameters: Sequence[Any] = ()) -> Iterator[Row]:
        """Read rows one after another, by a cursor of the server."""
        name = f"each_{next(self._numbers)}"
        hold = not self._is_open()
        with (
            self._translating(),
            psycopg.RawServerCursor(self._connection, name, withhold=hold) as cursor,
        ):
            cursor.itersize = ROWS_AT_ONCE
            cursor.execute(marked(sql), parameters, binary=True)
            yield from cursor

    def has_table(self, name: str) -> bool:
        """Whether there is a table of that name."""
        return self.query("SELECT to_regclass(?) IS NOT NULL", (name,)) == [(True,)]

    def changed_elsewhere(self) -> int:
        """A number that is another one after a name no longer leads where it led."""
        if self._changes is None or self.proposal is None:
            (office, names) = self.query("SELECT office, names FROM changes")[0]
            self._changes = (office, names)
        return self._changes[1]

    def office_changed(self) -> None:
        """Note inside `writing()` that appointments, policies or periods are no longer the same."""
        self.execute("UPDATE changes SET office = office + 1")
        self._changes = None

    def names_changed(self) -> None:
        """Note inside `writing()` that a name no longer leads where it led."""
        self.execute("UPDATE changes SET names = names + 1")
        self._changes = None

    def flush(self) -> None:
        """Return when all that can be read now would outlast a crash of the server."""
        self._run(FLUSH)

    def at_once(self, sql: str, parameters: Sequence[Any] = ()) -> int:
        """Change rows that no decision rests on, durably and without the register's lock."""
        return self._run(sql, parameters).rowcount

    def script(self, sql: str) -> None:
        """Run several statements, without values, inside `writing()`."""
        self._must_be_writing()
        self._run(sql)

    def _connect(self) -> None:
        try:
            self._connection = psycopg.connect(
                self.address,
                autocommit=True,
                cursor_factory=psycopg.RawCursor,
                connect_timeout=CONNECT_SECONDS,
            )
        except psycopg.OperationalError as error:
            raise unreachable(self._where, str(error)) from None
        except psycopg.ProgrammingError:
            # What it says may repeat the password.
            raise unreachable(self._where, "that is no address of a PostgreSQL server") from None
        self._cursor = self._connection.cursor(binary=True)
        self._changes = None

    def _propose(self) -> None:
        """Record what was decided; IntegrityError where something it rested on did not hold."""
        proposal, changes = self.proposal, self._changes
        assert proposal
        assert changes
        try:
            row = self._cursor.execute(APPEND, values(proposal, changes)).fetchone()
        except psycopg.Error as error:
            if self._connection.closed:
                raise answer_lost(self._where, str(error)) from error
            self._raise_translated(error)
        assert row is not None
        office, names, outcome, proposal.last = row
        self._changes = (office, names)
        if outcome != "done":
            raise IntegrityError(f"decided on what is {outcome} by now")

    def _run(self, sql: str, parameters: Sequence[Any] = ()) -> psycopg.Cursor[Row]:
        try:
            if parameters:
                return self._cursor.execute(marked(sql), parameters)
            # Without values the simple protocol is used, which takes several statements.
            return self._cursor.execute(sql, binary=False)
        except psycopg.Error as error:
            self._raise_translated(error)

    def _is_open(self) -> bool:
        return self._connection.info.transaction_status != TransactionStatus.IDLE

    @contextmanager
    def _translating(self) -> Iterator[None]:
        try:
            yield
        except psycopg.Error as error:
            self._raise_translated(error)

    def _raise_translated(self, error: psycopg.Error) -> NoReturn:
        if isinstance(error, psycopg.IntegrityError):
            raise IntegrityError(str(error)) from error
        if self._connection.closed:
            raise unreachable(self._where, str(error)) from error
        fault = fault_for(error.sqlstate or "", str(error), self._where)
        if fault is None:
            raise error
        raise fault from error

    def _checked(self, check: Callable[[Migrating], None]) -> Self:
        try:
            check(Migrating(self))
        except BaseException:
            self.close()
            raise
        return self
