"""A register on a PostgreSQL server."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Self

from eventsourcing.persistence import IntegrityError

from services.addresses import shown
from services.store.changes import Change
from services.store.connection import Connection
from services.store.database import Database, Row
from services.store.migrating import Migrating
from services.store.proposals import Proposal, call
from services.store.server_sql import BEGIN_READING, BEGIN_WRITING, FLUSH, LOCK
from services.store.transactions import Kind, Scope

WORTH_COPYING = 20
"""Fewer rows are quicker inserted one by one, in one round trip."""
TOGETHER = 2_000
"""As many rows, of all tables, are written quicker in one round trip than by COPY."""


class PostgresDatabase(Database):
    """An open register on a server: one connection, made again where it broke.

    `writing()` holds the register's lock from the beginning. `deciding()` holds none: what it
    records goes with all that it rested on into one call, which takes the lock and checks.
    """

    is_embedded = False
    bytes_type = "BYTEA"
    position_type = "BIGINT"
    keyed = ""
    # Where a page has room for the row as changed, no index has to be told of it.
    rewritten = "WITH (fillfactor = 60)"

    def __init__(
        self, address: str, *, application: str = "casebook", locking: bool = True
    ) -> None:
        super().__init__()
        self.address = address
        self._deciding = Scope(self._transaction, Kind.DECIDING)
        self._begin_writing = f"{BEGIN_WRITING}; {LOCK}" if locking else BEGIN_WRITING
        self._changes: tuple[int, int] | None = None
        self._connection = Connection(address, application)

    @classmethod
    def create(cls, address: str, *, unfinished: bool = False) -> Self:
        """Make the register there, or open the one that is there, `unfinished` or not."""
        return cls(address)._checked(Migrating.make if unfinished else Migrating.make_whole)

    @classmethod
    def open(cls, address: str) -> Self:
        """Open the register there; raises NoRegister, NotMigrated or RegisterTooNew."""
        return cls(address)._checked(Migrating.check_whole)

    @classmethod
    def migrate(cls, address: str, *, roles: bool = False) -> list[str]:
        """Bring the register there to this Casebook; the names of the steps that it lacked."""
        database = cls(address)
        try:
            taken = Migrating(database).bring_up(roles=roles)
        finally:
            database.close()
        return [f"{each.number} ({each.name})" for each in taken]

    @classmethod
    def open_views(cls, address: str) -> Self:
        """Open it to fold events only: what is written there takes no lock that casework needs."""
        views = cls(address, application="casebook project", locking=False)
        return views._checked(Migrating.check_whole)

    def beside(self) -> Self:
        """Another connection to the same register, as `open_views` makes it."""
        return self.open_views(self.address)

    @property
    def where(self) -> str:
        """The address, without its password."""
        return shown(self.address)

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
        if self._connection.is_closed:
            self._connection.connect()
        self.roll_back()
        if kind is not Kind.DECIDING:
            self._connection.run(self._begin_writing if kind is Kind.WRITING else BEGIN_READING)
            return
        if self._changes is None:
            self.changed_elsewhere()
        self.proposal = Proposal()

    def commit(self, kind: Kind) -> None:
        """Keep what it did, or raise and keep nothing."""
        if kind is Kind.DECIDING:
            self._propose()
        else:
            self._connection.commit()
            self._connection.copy(lambda copying: copying.ended(kept=True))

    def roll_back(self) -> None:
        """Undo what is open, if anything is."""
        self.proposal = None
        if self._connection.is_closed:
            self._changes = None
        elif self._connection.is_open:
            self._changes = None
            self._connection.run("ROLLBACK")
            self._connection.copy(lambda copying: copying.ended(kept=False))

    def execute(self, sql: str, parameters: Sequence[Any] = ()) -> int:
        """Change rows inside `writing()`; returns how many."""
        self._must_be_writing()
        if self.proposal is not None:
            raise RuntimeError("a decision is recorded by what it proposes, not by statements")
        return self._connection.run(sql, parameters).rowcount

    def executemany(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """Change rows inside `writing()`, once for each of `rows`, in one round trip."""
        self._must_be_writing()
        self._connection.run_many(sql, rows)

    def query(self, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
        """Read all rows."""
        return self._connection.run(sql, parameters).fetchall()

    def one(self, sql: str, parameters: Sequence[Any] = ()) -> Row | None:
        """Read the first row, or None."""
        return self._connection.run(sql, parameters).fetchone()

    def each(self, sql: str, parameters: Sequence[Any] = ()) -> Iterator[Row]:
        """Read rows one after another, by a cursor of the server."""
        return self._connection.stream(sql, parameters)

    def find(
        self, table: str, columns: Sequence[str], key: str, wanted: Sequence[Any]
    ) -> list[Row]:
        """Read the rows with one of these keys, in no order."""
        sql = f"SELECT {', '.join(columns)} FROM {table} WHERE {key} = ANY(?)"
        return self.query(sql, (list(wanted),))

    def append(self, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        """Add rows inside `writing()`, none of which is there yet."""
        if len(rows) < WORTH_COPYING:
            super().append(table, columns, rows)
        else:
            self._must_be_writing()
            self._connection.copy(lambda copying: copying.append(table, columns, rows))

    def put(self, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        """Add rows inside `writing()`, or change those with the same first column."""
        if len(rows) < WORTH_COPYING:
            super().put(table, columns, rows)
        else:
            self._must_be_writing()
            self._connection.copy(lambda copying: copying.put(table, columns, rows))

    def write(self, changes: Iterable[Change]) -> None:
        """Write rows of several tables inside `writing()`: few in one round trip, many by COPY."""
        self._must_be_writing()
        changes = list(changes)
        if sum(len(change.rows) for change in changes) > TOGETHER:
            super().write(changes)
        elif changes:
            self._connection.write(changes)

    def at_once(self, sql: str, parameters: Sequence[Any] = ()) -> int:
        """Change rows that no decision rests on, durably and without the register's lock."""
        return self._connection.run(sql, parameters).rowcount

    def flush(self) -> None:
        """Return when all that can be read now would outlast a crash of the server."""
        self._connection.run(FLUSH)

    def has_table(self, name: str) -> bool:
        """Whether there is a table of that name."""
        return self.query("SELECT to_regclass(?) IS NOT NULL", (name,)) == [(True,)]

    def changed_elsewhere(self) -> int:
        """A number that is another one after a name no longer leads where it led."""
        if self._changes is None or self.proposal is None:
            ((office, names),) = self.query("SELECT office, names FROM changes")
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

    def script(self, sql: str) -> None:
        """Run several statements, without values, inside `writing()`."""
        self.execute(sql)

    def _propose(self) -> None:
        """Record what was decided; IntegrityError where something it rested on did not hold."""
        assert self.proposal is not None
        assert self._changes is not None
        office, names, outcome, last = self._connection.call(*call(self.proposal, self._changes))
        self._changes = (office, names)
        self.proposal.last = last
        if outcome != "done":
            raise IntegrityError(f"decided on what is {outcome} by now")

    def _checked(self, check: Callable[[Migrating], object]) -> Self:
        try:
            check(Migrating(self))
        except BaseException:
            self.close()
            raise
        return self
