"""A register embedded in one SQLite file; nothing else imports sqlite3."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NoReturn, Self

from eventsourcing.persistence import IntegrityError

from services.faults import Fault, NoRegister, RegisterCorrupt, RegisterNotWritable, RegisterTooNew
from services.store.database import Database, Row
from services.store.disk_errors import fault_for
from services.store.sqlite_schema import APPLICATION_ID, FORMAT, MIGRATIONS
from services.store.transactions import Kind

FILE_NAME = "casebook.sqlite"
BUSY_SECONDS = 30.0

# Durable to the last commit (WAL and FULL), 64 MB of cache, a checkpoint each 16 MB of log.
_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA cache_size = -65536",
    "PRAGMA wal_autocheckpoint = 4000",
    "PRAGMA secure_delete = OFF",
    "PRAGMA foreign_keys = OFF",
    "PRAGMA temp_store = MEMORY",
)


class SQLiteDatabase(Database):
    """An open register file: one connection, its write lock held from the beginning."""

    is_embedded = True
    bytes_type = "BLOB"
    position_type = "INTEGER"
    keyed = "WITHOUT ROWID"
    rewritten = ""

    def __init__(self, path: Path, *, busy_seconds: float = BUSY_SECONDS) -> None:
        self.path = path
        self._connection = _connect(path, busy_seconds)
        super().__init__()

    @classmethod
    def create(cls, folder: Path, *, busy_seconds: float = BUSY_SECONDS) -> Self:
        """Make the register in `folder`, or open the one that is there."""
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            raise RegisterNotWritable(
                f"The folder {folder} can't be made ({error.strerror}). "
                "Name a folder that this user may write to."
            ) from error
        return cls(folder / FILE_NAME, busy_seconds=busy_seconds)._migrated(may_be_empty=True)

    @classmethod
    def open(cls, folder: Path, *, busy_seconds: float = BUSY_SECONDS) -> Self:
        """Open the register in `folder`; raises NoRegister, RegisterTooNew or RegisterCorrupt."""
        path = folder / FILE_NAME
        if not path.is_file():
            raise NoRegister(_no_register(folder))
        return cls(path, busy_seconds=busy_seconds)._migrated(may_be_empty=False)

    @property
    def where(self) -> str:
        """The folder."""
        return str(self.folder)

    @property
    def folder(self) -> Path:
        """Where the register is; evidence lies beside the file."""
        return self.path.parent

    def close(self) -> None:
        """Give the file back; what was committed is on the disk already."""
        self._connection.close()

    def cache_at_most(self, megabytes: int) -> None:
        """Keep no more of the file in memory from now on."""
        self._run(f"PRAGMA cache_size = -{megabytes * 1024}")

    def begin(self, kind: Kind) -> None:
        """Begin a transaction, one that writes with the lock in hand."""
        self.roll_back()
        self._run("BEGIN" if kind is Kind.READING else "BEGIN IMMEDIATE")

    def commit(self, kind: Kind) -> None:
        """Keep what it did."""
        del kind
        self._run("COMMIT")

    def roll_back(self) -> None:
        """Undo what is open; SQLite has done so by itself after some errors, a full disk too."""
        if self._connection.in_transaction:
            self._run("ROLLBACK")

    def execute(self, sql: str, parameters: Sequence[Any] = ()) -> int:
        """Change rows inside `writing()`; returns how many."""
        self._must_be_writing()
        return self._run(sql, parameters).rowcount

    def executemany(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """Change rows inside `writing()`, once for each of `rows`."""
        self._must_be_writing()
        try:
            self._connection.executemany(sql, rows)
        except sqlite3.Error as error:
            _raise_translated(error, self.path)

    def query(self, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
        """Read all rows."""
        try:
            # A read of another thread that is under way keeps SQLite from beginning to write.
            with self._transaction.turn:
                return self._connection.execute(sql, parameters).fetchall()
        except sqlite3.Error as error:
            _raise_translated(error, self.path)

    def one(self, sql: str, parameters: Sequence[Any] = ()) -> Row | None:
        """Read the first row, or None."""
        try:
            with self._transaction.turn:
                row: Row | None = self._connection.execute(sql, parameters).fetchone()
        except sqlite3.Error as error:
            _raise_translated(error, self.path)
        return row

    def each(self, sql: str, parameters: Sequence[Any] = ()) -> Iterator[Row]:
        """Read rows one after another, for results too large to hold; use inside `reading()`."""
        try:
            yield from self._connection.execute(sql, parameters)
        except sqlite3.Error as error:
            _raise_translated(error, self.path)

    def _run(self, sql: str, parameters: Sequence[Any] = ()) -> sqlite3.Cursor:
        try:
            return self._connection.execute(sql, parameters)
        except sqlite3.Error as error:
            _raise_translated(error, self.path)

    def has_table(self, name: str) -> bool:
        """Whether there is a table of that name."""
        return self.one("SELECT 1 FROM sqlite_master WHERE name = ?", (name,)) is not None

    def flush(self) -> None:
        """Nothing to do: what was committed is on the disk."""

    def office_changed(self) -> None:
        """Nothing to note: whoever writes sees all that was written before."""

    def names_changed(self) -> None:
        """Nothing to note, as for the office."""

    def changed_elsewhere(self) -> int:
        """A number that is another one after another process has written."""
        row = self.one("PRAGMA data_version")
        return row[0] if row else 0

    def _migrated(self, *, may_be_empty: bool) -> Self:
        try:
            found = self._format()
            if found == 0 and not may_be_empty:
                raise NoRegister(_no_register(self.folder))
            if found < FORMAT:
                self._migrate()
        except BaseException:
            self.close()
            raise
        return self

    def _format(self) -> int:
        """The register's format; 0 when the file holds nothing yet."""
        if self.query("PRAGMA application_id") != [(APPLICATION_ID,)]:
            if self.query("SELECT 1 FROM sqlite_master LIMIT 1"):
                raise RegisterCorrupt(
                    f"{self.path} is a database of another program, not a Casebook register. "
                    "Name another folder."
                )
            return 0
        row = self.one("SELECT value FROM meta WHERE key = 'format'")
        found = int(row[0]) if row else 0
        if found > FORMAT:
            raise RegisterTooNew(
                f"The register in {self.folder} has format {found}; this Casebook knows formats "
                f"up to {FORMAT}. Install the newer Casebook that wrote it."
            )
        return found

    def _migrate(self) -> None:
        with self.writing():
            # Asked again under the lock: another process may have migrated meanwhile.
            for number, statements in enumerate(MIGRATIONS[self._format() :], self._format() + 1):
                for statement in statements:
                    self.execute(statement)
                self.execute("REPLACE INTO meta VALUES ('format', ?)", (str(number),))
            self.execute(f"PRAGMA application_id = {APPLICATION_ID}")


def _connect(path: Path, busy_seconds: float) -> sqlite3.Connection:
    # Bytes are bytes: without being told so, sqlite3 looks for an adapter at each value, in 0.5 us.
    sqlite3.register_adapter(bytes, bytes)
    try:
        connection = sqlite3.connect(
            path, timeout=busy_seconds, isolation_level=None, check_same_thread=False
        )
    except sqlite3.Error as error:
        _raise_translated(error, path)
    try:
        for pragma in _PRAGMAS:
            connection.execute(pragma).fetchall()
    except sqlite3.Error as error:
        connection.close()
        _raise_translated(error, path)
    return connection


def _no_register(folder: Path) -> str:
    return (
        f"There is no register in {folder}. "
        "Make one with `casebook init`, or name its folder with --register."
    )


def _raise_translated(error: sqlite3.Error, path: Path) -> NoReturn:
    if isinstance(error, sqlite3.IntegrityError):
        raise IntegrityError(str(error)) from error
    fault: Fault | None = fault_for(getattr(error, "sqlite_errorcode", 0), str(error), path)
    if fault is None:
        raise error
    raise fault from error
