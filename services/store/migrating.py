"""Bringing a register on a server to the tables that this Casebook knows."""

from __future__ import annotations

from importlib.resources import files
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
            raise self._no_register()
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

    def check_whole(self) -> None:
        """As `check`; raises RegisterCorrupt too where a move to it was interrupted."""
        self.check()
        if self._server.query("SELECT 1 FROM meta WHERE key = 'move.unfinished'"):
            raise RegisterCorrupt(
                f"A move to {self._server.where} was interrupted. Run casebook move again: "
                "it goes on where it stopped."
            )

    def make_whole(self) -> None:
        """As `make`; raises RegisterCorrupt too where a move to it was interrupted."""
        self.make()
        self.check_whole()

    def bring_up(self, *, roles: bool = False) -> list[Migration]:
        """Take the steps that a register lacks; with `roles`, say too who may do what there.

        Raises NoRegister where there is none. Roles that are there are told of new tables anyway.
        """
        if not self._server.has_table("casebook_migrations"):
            raise self._no_register()
        with self._server.writing():
            taken = self.apply()
            known = "SELECT 1 FROM pg_roles WHERE rolname = 'casebook_casework'"
            granted = "SELECT has_table_privilege('casebook_casework', 'events', 'INSERT')"
            if roles or (taken and self._server.query(known) and self._server.query(granted)[0][0]):
                self._server.script(_roles())
        return taken

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

    def _no_register(self) -> NoRegister:
        return NoRegister(
            f"There is no register at {self._server.where}. Make one with `casebook init`, "
            "or name another address with --register."
        )

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


def _roles() -> str:
    return files("services.store").joinpath("roles.sql").read_text(encoding="utf-8")
