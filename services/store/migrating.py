"""Bringing a register on a server to the tables that this Casebook knows."""

from __future__ import annotations

from typing import Protocol

from services.faults import NoRegister, NotMigrated, RegisterCorrupt, RegisterTooNew
from services.store.database import Row
from services.store.migrations import Migration, migrations
from services.store.transactions import Scope

OLDEST_SERVER = 17
_DONE = (
    "CREATE TABLE casebook_migrations (number integer PRIMARY KEY, name text NOT NULL, "
    "applied_at timestamptz NOT NULL DEFAULT now())"
)


class Server(Protocol):
    """What is needed of the database."""

    @property
    def where(self) -> str:
        """Where it is."""

    def query(self, sql: str) -> list[Row]:
        """Read all rows."""

    def has_table(self, name: str) -> bool:
        """Whether there is a table of that name."""

    def writing(self) -> Scope:
        """Hold the write lock."""

    def execute(self, sql: str, parameters: tuple[object, ...] = ()) -> int:
        """Change rows."""

    def script(self, sql: str) -> None:
        """Run several statements."""


class Migrating:
    """The numbered steps of one database: which were taken, which are lacking."""

    def __init__(self, server: Server) -> None:
        self._server = server

    def check(self) -> None:
        """Raise NoRegister, NotMigrated or RegisterTooNew unless code and tables are in step."""
        self._check_server()
        if not self._server.has_table("casebook_migrations"):
            raise NoRegister(
                f"There is no register at {self._server.where}. Make one with `casebook init`, "
                "or name another address with --register."
            )
        if lacking := self.lacking():
            raise NotMigrated(
                f"The register at {self._server.where} lacks {len(lacking)} migrations, the first "
                f"is {lacking[0].number} ({lacking[0].name}). Run casebook migrate."
            )

    def make(self) -> None:
        """Make the tables in an empty database; in a register, check that it is in step."""
        if self._server.has_table("casebook_migrations"):
            self.check()
        else:
            self.apply()

    def apply(self) -> list[Migration]:
        """Take the steps that are lacking, all or none; returns them."""
        self._check_server()
        with self._server.writing():
            # Looked at under the lock: another process may be migrating too.
            if not self._server.has_table("casebook_migrations"):
                self._refuse_strangers()
                self._server.execute(_DONE)
            lacking = self.lacking()
            for each in lacking:
                self._server.script(each.sql)
                self._server.execute(
                    "INSERT INTO casebook_migrations (number, name) VALUES (?, ?)",
                    (each.number, each.name),
                )
        return lacking

    def lacking(self) -> list[Migration]:
        """The steps not taken yet; RegisterTooNew where one was taken that is not known here."""
        rows = self._server.query("SELECT number FROM casebook_migrations")
        taken = {number for (number,) in rows}
        unknown = taken - {each.number for each in migrations()}
        if unknown:
            raise RegisterTooNew(
                f"The register at {self._server.where} has had migration {max(unknown)}, which "
                "this Casebook does not know. Install the newer Casebook that took it."
            )
        return [each for each in migrations() if each.number not in taken]

    def _refuse_strangers(self) -> None:
        rows = self._server.query(
            "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() "
            "ORDER BY tablename LIMIT 1"
        )
        if rows:
            raise RegisterCorrupt(
                f"The database at {self._server.where} holds tables of another program "
                f"({rows[0][0]}), not a Casebook register. Name an empty database."
            )

    def _check_server(self) -> None:
        version = int(self._server.query("SHOW server_version_num")[0][0]) // 10000
        if version < OLDEST_SERVER:
            raise RegisterTooNew(
                f"The server at {self._server.where} is PostgreSQL {version}; Casebook needs "
                f"{OLDEST_SERVER} or newer."
            )
