"""The tables of the views, made anew by each rebuild under another generation."""

from __future__ import annotations

from dataclasses import dataclass

from projections import PROJECTIONS
from services.store.database import Database

# Rowids throughout: rows of over 1 kB would each spill into a page of their own without them.
_OTHERS = (
    "CREATE TABLE IF NOT EXISTS view_audit{suffix} (position {position} PRIMARY KEY, "
    "stream {bytes} NOT NULL, sequence INTEGER NOT NULL, body {bytes} NOT NULL, personal {bytes})",
    "CREATE TABLE IF NOT EXISTS view_irregular{suffix} (stream {bytes} PRIMARY KEY) {keyed}",
)
_INDEXES = (
    "CREATE UNIQUE INDEX IF NOT EXISTS view_audit_{generation} "
    "ON view_audit{suffix} (stream, sequence)",
    "CREATE UNIQUE INDEX IF NOT EXISTS view_cases_{generation} ON view_cases{suffix} (case_ref)",
)
_POSITION = (
    "CREATE TABLE IF NOT EXISTS projection_position (tables TEXT PRIMARY KEY, "
    "position {position} NOT NULL, generation INTEGER NOT NULL) {keyed}"
)
_TEXT = {"case_ref", "council", "platform"}
HANDED_OVER = -1
"""The position of views that are no longer folded with the record, but from the log."""
NAMES = (*(projection.name for projection in PROJECTIONS), "audit", "irregular")


@dataclass(frozen=True, slots=True)
class Tables:
    """One set of tables: those that are read, or those that a rebuild fills beside them."""

    suffix: str = ""

    def __call__(self, view: str) -> str:
        """The name of a view's table."""
        return f"view_{view}{self.suffix}"

    def position(self, database: Database) -> tuple[int, int] | None:
        """How far these tables are filled, and their generation; None if there are none."""
        if not database.has_table("projection_position"):
            return None
        row = database.one(
            "SELECT position, generation FROM projection_position WHERE tables = ?", (self.suffix,)
        )
        return (row[0], row[1]) if row else None

    def make(self, database: Database, generation: int = 1) -> None:
        """Make them, empty, where they don't exist; `index` makes them quick to read."""
        words = _words(database)
        database.execute(_POSITION.format(**words))
        for projection in PROJECTIONS:
            columns = "".join(f"{column} {_type(column)}, " for column in projection.columns)
            made = (
                "CREATE TABLE IF NOT EXISTS {name} (stream {bytes} PRIMARY KEY, "
                "{columns}body {bytes} NOT NULL, personal {bytes}) {rewritten}"
            )
            name = self(projection.name)
            database.execute(made.format(name=name, columns=columns, **words))
        for statement in _OTHERS:
            database.execute(statement.format(suffix=self.suffix, **words))
        database.execute(
            "INSERT INTO projection_position VALUES (?, 0, ?) ON CONFLICT DO NOTHING",
            (self.suffix, generation),
        )

    def move(self, database: Database, seen: tuple[int, int], last: int) -> bool:
        """Move their position on to `last`; not where it is no longer what was `seen`."""
        sql = (
            "UPDATE projection_position SET position = ? "
            "WHERE tables = ? AND position = ? AND generation = ?"
        )
        return database.execute(sql, (last, self.suffix, *seen)) == 1

    def index(self, database: Database) -> None:
        """Index what people look up; made last, the index of a filled table takes less time."""
        found = self.position(database)
        generation = found[1] if found else 1
        for statement in _INDEXES:
            database.execute(statement.format(suffix=self.suffix, generation=generation))

    def drop(self, database: Database) -> None:
        """Take them away; what was read from them is gone."""
        for name in NAMES:
            database.execute(f"DROP TABLE IF EXISTS {self(name)}")
        database.execute(_POSITION.format(**_words(database)))
        database.execute("DELETE FROM projection_position WHERE tables = ?", (self.suffix,))

    def become(self, database: Database, other: Tables) -> None:
        """Take the place of `other`, whose tables are dropped."""
        other.drop(database)
        for name in NAMES:
            database.execute(f"ALTER TABLE {self(name)} RENAME TO {other(name)}")
        database.execute(
            "UPDATE projection_position SET tables = ? WHERE tables = ?",
            (other.suffix, self.suffix),
        )


def _words(database: Database) -> dict[str, str]:
    return {
        "bytes": database.bytes_type,
        "position": database.position_type,
        "keyed": database.keyed,
        "rewritten": database.rewritten,
    }


def _type(column: str) -> str:
    return "TEXT" if column in _TEXT else "INTEGER"


LIVE = Tables()
REBUILT = Tables("_rebuilt")
