"""A register on a PostgreSQL server; nothing else imports psycopg."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import count
from typing import Any, NoReturn, Self

import psycopg
from eventsourcing.persistence import IntegrityError
from psycopg.conninfo import conninfo_to_dict
from psycopg.pq import TransactionStatus

from services.store.copying import Copying
from services.store.database import Database, Row
from services.store.migrating import Migrating
from services.store.server_errors import fault_for, unreachable
from services.store.transactions import Transaction

LOCK = "SELECT pg_advisory_xact_lock(1128354629, 1)"
"""The register's write lock: "CASE", and the first of its kind."""
CONNECT_SECONDS = 10
ROWS_AT_ONCE = 2000
WORTH_COPYING = 20
"""Fewer rows are quicker inserted one by one, in one round trip."""

_MARK = re.compile(r"\?(\d*)")


class PostgresDatabase(Database):
    """An open register on a server: one connection, its write lock held from the beginning."""

    bytes_type = "BYTEA"
    position_type = "BIGINT"
    keyed = ""

    def __init__(
        self, address: str, *, application: str = "casebook", locking: bool = True
    ) -> None:
        self.address = address
        self._where = shown(address)
        try:
            self._connection = psycopg.connect(
                address,
                autocommit=True,
                cursor_factory=psycopg.RawCursor,
                connect_timeout=CONNECT_SECONDS,
                application_name=application,
            )
        except (psycopg.OperationalError, psycopg.ProgrammingError) as error:
            raise unreachable(self._where, str(error)) from None
        self._cursor = self._connection.cursor(binary=True)
        self._copying = Copying(self._cursor)
        self._numbers = count(1)
        super().__init__(
            Transaction(
                self._run,
                self._is_open,
                begin_writing=f"BEGIN; {LOCK}" if locking else "BEGIN",
                begin_reading="BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
            )
        )

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

    @classmethod
    def open_views(cls, address: str) -> Self:
        """Open it to fold events only: what is written there takes no lock that casework needs."""
        database = cls(address, application="casebook project", locking=False)
        return database._checked(Migrating.check)

    @property
    def where(self) -> str:
        """The address, without its password."""
        return self._where

    def close(self) -> None:
        """Give the connection back."""
        self._connection.close()

    def execute(self, sql: str, parameters: Sequence[Any] = ()) -> int:
        """Change rows inside `writing()`; returns how many."""
        self._must_be_writing()
        return self._run(sql, parameters).rowcount

    def executemany(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """Change rows inside `writing()`, once for each of `rows`, in one round trip."""
        self._must_be_writing()
        try:
            self._cursor.executemany(_marked(sql), rows)
        except psycopg.Error as error:
            self._raise_translated(error)

    def query(self, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
        """Read all rows."""
        return self._run(sql, parameters).fetchall()

    def one(self, sql: str, parameters: Sequence[Any] = ()) -> Row | None:
        """Read the first row, or None."""
        return self._run(sql, parameters).fetchone()

    def each(self, sql: str, parameters: Sequence[Any] = ()) -> Iterator[Row]:
        """Read rows one after another, by a cursor of the server."""
        name = f"each_{next(self._numbers)}"
        try:
            with psycopg.RawServerCursor(
                self._connection, name, withhold=not self._is_open()
            ) as cursor:
                cursor.itersize = ROWS_AT_ONCE
                cursor.execute(_marked(sql), parameters, binary=True)
                yield from cursor
        except psycopg.Error as error:
            self._raise_translated(error)

    def find(
        self, table: str, columns: Sequence[str], key: str, wanted: Sequence[Any]
    ) -> list[Row]:
        """Read the rows with one of these keys, in no order."""
        sql = f"SELECT {', '.join(columns)} FROM {table} WHERE {key} = ANY(?)"
        return self._run(sql, (list(wanted),)).fetchall()

    def append(self, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        """Add rows inside `writing()`, none of which is there yet."""
        if len(rows) < WORTH_COPYING:
            super().append(table, columns, rows)
        else:
            self._copy(self._copying.append, table, columns, rows)

    def put(self, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        """Add rows inside `writing()`, or change those with the same first column."""
        if len(rows) < WORTH_COPYING:
            super().put(table, columns, rows)
        else:
            self._copy(self._copying.put, table, columns, rows)

    def has_table(self, name: str) -> bool:
        """Whether there is a table of that name."""
        return self.query("SELECT to_regclass(?) IS NOT NULL", (name,)) == [(True,)]

    def changed_elsewhere(self) -> int:
        """A number that is another one after another process has written."""
        return self.query("SELECT coalesce(max(position), 0) FROM events")[0][0]  # type: ignore[no-any-return]

    def script(self, sql: str) -> None:
        """Run several statements, without values, inside `writing()`."""
        self._must_be_writing()
        self._run(sql)

    def _copy(
        self,
        copy: Callable[[str, Sequence[str], Sequence[Sequence[Any]]], None],
        table: str,
        columns: Sequence[str],
        rows: Sequence[Sequence[Any]],
    ) -> None:
        self._must_be_writing()
        try:
            copy(table, columns, rows)
        except psycopg.Error as error:
            self._raise_translated(error)

    def _run(self, sql: str, parameters: Sequence[Any] = ()) -> psycopg.Cursor[Row]:
        try:
            if parameters:
                return self._cursor.execute(_marked(sql), parameters)
            # Without values the simple protocol is used, which takes several statements.
            return self._cursor.execute(sql, binary=False)
        except psycopg.Error as error:
            self._raise_translated(error)

    def _is_open(self) -> bool:
        return self._connection.info.transaction_status != TransactionStatus.IDLE

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


def shown(address: str) -> str:
    """The address without its password, wherever in it that stands."""
    try:
        parts = conninfo_to_dict(address)
    except psycopg.ProgrammingError:
        return "the PostgreSQL address"
    user = f"{parts['user']}@" if parts.get("user") else ""
    port = f":{parts['port']}" if parts.get("port") else ""
    return f"postgresql://{user}{parts.get('host') or ''}{port}/{parts.get('dbname') or ''}"


@cache
def _marked(sql: str) -> str:
    """SQL with `$1, $2 …` where it has `?` or `?1`."""
    numbers = count(1)
    return _MARK.sub(lambda found: f"${found[1] or next(numbers)}", sql)
