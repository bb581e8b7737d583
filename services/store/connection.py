"""One connection to a PostgreSQL server; nothing else imports psycopg."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from threading import RLock
from typing import Any, NoReturn

import psycopg
from eventsourcing.persistence import IntegrityError
from psycopg.adapt import Dumper
from psycopg.pq import Format, TransactionStatus

from services.addresses import shown
from services.store.arrays import Packed, statement
from services.store.changes import Change
from services.store.copying import Copying
from services.store.database import Row
from services.store.server_errors import answer_lost, fault_for, unreachable
from services.store.server_sql import marked

CONNECT_SECONDS = 10
BUSY_SECONDS = 30.0
"""How long to wait for a lock that another holds, as in SQLite."""
IDLE_SECONDS = 120
"""After so long without a word the server ends a transaction, so that who is frozen lets go."""
ROWS_AT_ONCE = 2000

Copier = Callable[[Copying], None]


class _AsItIs(Dumper):
    """Hands over what is in the binary format; the statement says which type it is."""

    format = Format.BINARY

    def dump(self, obj: Packed) -> bytes:
        return obj


class Connection:
    """Runs statements; whatever the server or the network does wrong is a `services.faults.Fault`.

    Each statement is a transaction of its own, unless one was begun.
    """

    def __init__(self, address: str, application: str) -> None:
        self._address = address
        self._application = application
        self._where = shown(address)
        self._alone = RLock()
        self._numbers = count(1)
        self.connect()

    def connect(self) -> None:
        """Make the connection, or make it again."""
        try:
            self._connection = psycopg.connect(
                self._address,
                autocommit=True,
                cursor_factory=psycopg.RawCursor,
                connect_timeout=CONNECT_SECONDS,
                application_name=self._application,
            )
        except psycopg.OperationalError as error:
            raise unreachable(self._where, str(error)) from None
        except psycopg.ProgrammingError:
            # What it says may repeat the password.
            raise unreachable(self._where, "that is no address of a PostgreSQL server") from None
        self.run(
            f"SET lock_timeout = {int(BUSY_SECONDS * 1000)}; "
            f"SET idle_in_transaction_session_timeout = '{IDLE_SECONDS}s'"
        )
        self._connection.adapters.register_dumper(Packed, _AsItIs)
        self._cursor = self._connection.cursor(binary=True)
        self._copying = Copying(self._cursor)

    @property
    def is_closed(self) -> bool:
        """Whether it broke, or was closed."""
        return self._connection.closed

    @property
    def is_open(self) -> bool:
        """Whether a transaction is open on it."""
        return self._connection.info.transaction_status != TransactionStatus.IDLE

    def close(self) -> None:
        """Give it back."""
        self._connection.close()

    def run(self, sql: str, parameters: Sequence[Any] = ()) -> psycopg.Cursor[Row]:
        """Run a statement; without values, several of them, parted by semicolons."""
        # Not amid what another thread writes together: its answers would come in between.
        with self._alone:
            return self._run(sql, parameters)

    def _run(self, sql: str, parameters: Sequence[Any]) -> psycopg.Cursor[Row]:
        try:
            # One of its own: who reads in another thread must not be given these rows.
            cursor = self._connection.cursor(binary=True)
            if parameters:
                return cursor.execute(marked(sql), parameters)
            # Without values the simple protocol is used, which takes several statements.
            return cursor.execute(sql, binary=False)
        except psycopg.Error as error:
            self._raise_translated(error)

    def run_many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """Run a statement once for each of `rows`, in one round trip."""
        with self._translating():
            self._cursor.executemany(marked(sql), rows)

    def stream(self, sql: str, parameters: Sequence[Any]) -> Iterator[Row]:
        """Read rows one after another, by a cursor of the server."""
        name = f"each_{next(self._numbers)}"
        hold = not self.is_open
        with (
            self._translating(),
            psycopg.RawServerCursor(self._connection, name, withhold=hold) as cursor,
        ):
            cursor.itersize = ROWS_AT_ONCE
            cursor.execute(marked(sql), parameters, binary=True)
            yield from cursor

    def copy(self, copier: Copier) -> None:
        """Bring many rows in."""
        with self._translating():
            copier(self._copying)

    def write(self, changes: Iterable[Change]) -> None:
        """Write rows of several tables in one round trip, in this order."""
        with self._translating():
            types_of = self._copying.types_of
            statements = [statement(change, types_of(change.table)) for change in changes]
            with self._alone, self._connection.pipeline():
                for sql, values in statements:
                    self._cursor.execute(sql, values)

    def call(self, sql: str, parameters: Sequence[Any]) -> Row:
        """Call a procedure that commits; returns what it says, otherwise as `commit`."""
        with self._losing():
            row: Row | None = self._cursor.execute(sql, parameters).fetchone()
        assert row is not None
        return row

    def commit(self) -> None:
        """Commit; raises AnswerLost where the connection broke, and nobody knows what came."""
        with self._losing():
            self._cursor.execute("COMMIT", binary=False)

    @contextmanager
    def _losing(self) -> Iterator[None]:
        try:
            yield
        except psycopg.Error as error:
            if self._connection.closed:
                raise answer_lost(self._where, str(error)) from error
            self._raise_translated(error)

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
