"""Takes a register from its folder to a server: the same positions, ids, bytes and evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import ClassVar, NamedTuple
from uuid import UUID

from services.evidence import PARTIAL
from services.faults import EvidenceDamaged, Fault
from services.store.database import Database, Row
from services.store.evidence import ServerEvidence
from services.store.key_files import bring
from services.store.postgres import PostgresDatabase
from services.store.sqlite import SQLiteDatabase

AT_ONCE = 5_000
EVENTS = ("position", "stream", "sequence", "type", "body")
OTHERS = {
    "commands": ("council", "command_id", "document_sha256", "answer"),
    "cases": ("case_ref", "council", "stream"),
    "known_as": (
        *("council", "platform", "kind", "value"),
        *("stream", "case_ref", "given_up", "from_position"),
    ),
    "other_streams": ("council", "kind", "name", "stream"),
    "policy_files": ("sha256", "bytes"),
    "integrity_tiles": ("level", "number", "hashes"),
    "integrity_checkpoints": ("size", "note"),
    "integrity_cosignatures": ("size", "line"),
    "integrity_keys": ("number", "verifier", "after_size", "hand_over"),
}
UNFINISHED = "move.unfinished"
_KEPT_APART = ("format", UNFINISHED)
_MARK = "INSERT INTO meta (key, value) VALUES (?, 'move') ON CONFLICT DO NOTHING"

Progress = Callable[[int, int], None]


class HoldsAnother(Fault):
    """Where the register was to be moved, there is another, or this one has gone on there."""

    exit_code: ClassVar[int] = 5


class Moved(NamedTuple):
    """What is there now, counted and compared; `sha256` is that of all event bodies in order.

    `keys` are where the signing keys were put.
    """

    events: int
    rows: dict[str, int]
    evidence: int
    sha256: str
    keys: list[str]


def move(folder: Path, address: str, progress: Progress = lambda _done, _all: None) -> Moved:
    """Copy the register in `folder` to the database at `address`, check it, and open it there.

    Nobody records in the old one meanwhile; it is left as it was. What was interrupted goes on
    where it stopped. Raises HoldsAnother; `progress` hears how many events are done, of how many.
    """
    source = SQLiteDatabase.open(folder)
    target = None
    try:
        target = PostgresDatabase.create(address, unfinished=True)
        with source.writing():
            _check_fits(source, target)
            with target.writing():
                target.execute(_MARK, (UNFINISHED,))
            _copy_events(source, target, progress)
            evidence = _copy_evidence(folder, ServerEvidence(target))
            keys = _copy_keys(folder, source)
            with target.writing():
                _copy_others(source, target)
                moved = _compared(source, target, evidence, keys)
                target.execute("DELETE FROM meta WHERE key = ?", (UNFINISHED,))
        return moved
    finally:
        source.close()
        if target is not None:
            target.close()


def _check_fits(source: Database, target: Database) -> None:
    """What is in the target already must be how the source begins."""
    last = _count(target, "events")
    sql = f"SELECT {', '.join(EVENTS)} FROM events WHERE position IN (1, ?) ORDER BY position"
    if target.query(sql, (last,)) != (source.query(sql, (last,)) if last else []):
        raise HoldsAnother(
            f"The database at {target.where} holds another register, or this one has gone on "
            "there since it was moved: nothing was changed. Name an empty database."
        )


def _copy_events(source: Database, target: Database, progress: Progress) -> None:
    done, count = _count(target, "events"), _count(source, "events")
    sql = f"SELECT {', '.join(EVENTS)} FROM events WHERE position > ? ORDER BY position LIMIT ?"
    while rows := source.query(sql, (done, AT_ONCE)):
        with target.writing():
            target.append("events", EVENTS, rows)
        done = rows[-1][0]
        progress(done, count)


def _copy_others(source: Database, target: Database) -> None:
    for table, columns in OTHERS.items():
        target.execute(f"DELETE FROM {table}")
        for rows in _pieces(source.each(f"SELECT {', '.join(columns)} FROM {table}")):
            target.append(table, columns, rows)
    for key, value in source.query("SELECT key, value FROM meta"):
        if key not in _KEPT_APART:
            target.execute(
                "INSERT INTO meta (key, value) VALUES (?, ?) "
                "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                (key, value),
            )


def _copy_evidence(folder: Path, target: ServerEvidence) -> int:
    number = 0
    for path in sorted((folder / "evidence").glob("*/*")):
        if path.name.startswith(PARTIAL):
            continue
        stream = UUID(path.parent.name)
        if target.keep(stream, path).sha256 != path.name:
            raise EvidenceDamaged(
                f"The evidence at {path} is no longer what was kept. Put it back from a backup, "
                "then move again."
            )
        target.check(stream, path.name)
        number += 1
    return number


def _copy_keys(folder: Path, source: Database) -> list[str]:
    first = source.one("SELECT verifier FROM integrity_keys ORDER BY number")
    return bring(folder, first[0].partition("+")[0]) if first else []


def _compared(source: Database, target: Database, evidence: int, keys: list[str]) -> Moved:
    digest = _digest(source)
    rows = {table: _count(source, table) for table in OTHERS}
    if _digest(target) != digest or rows != {table: _count(target, table) for table in OTHERS}:
        raise HoldsAnother(
            f"What arrived at {target.where} is not what was sent: it is not opened. "
            "Empty that database and move again."
        )
    return Moved(_count(source, "events"), rows, evidence, digest, keys)


def _digest(database: Database) -> str:
    digest = sha256()
    for (body,) in database.each("SELECT body FROM events ORDER BY position"):
        digest.update(body)
    return digest.hexdigest()


def _count(database: Database, table: str) -> int:
    count: int = database.query(f"SELECT count(*) FROM {table}")[0][0]
    return count


def _pieces(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while some := list(islice(rows, AT_ONCE)):
        yield some
