"""How far the views are in each partition, moved on only by whoever knows where they stand."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple

from services.store.database import Database
from services.views.tables import LIVE, Tables


class Place(NamedTuple):
    """Where the views stand in a partition.

    `next_offset` is the first record not yet in them, `epoch` the greatest seen, `position` that
    of the last event, `generation` counts how often others than the projector changed the views.
    """

    next_offset: int = 0
    epoch: int = 0
    position: int = 0
    generation: int = 0


class Overtaken(Exception):
    """Another projector, a retry or a rebuild has moved the views meanwhile: start from there."""


def places(
    database: Database, partitions: Collection[int], tables: Tables = LIVE
) -> dict[int, Place]:
    """Where the views stand in these partitions; begun at 0 where they were never read."""
    held = all_places(database, tables)
    lacking = [partition for partition in partitions if partition not in held]
    if lacking:
        with database.writing():
            database.executemany(
                "INSERT INTO projection_offsets VALUES (?, ?, 0, 0, 0, 0) ON CONFLICT DO NOTHING",
                [(tables.suffix, partition) for partition in lacking],
            )
        held = all_places(database, tables)
    return {partition: held[partition] for partition in partitions}


def all_places(database: Database, tables: Tables = LIVE) -> dict[int, Place]:
    """Where the views stand in every partition that was ever read."""
    rows = database.query(
        "SELECT partition, next_offset, epoch, position, generation FROM projection_offsets "
        "WHERE tables = ?",
        (tables.suffix,),
    )
    return {partition: Place(*rest) for partition, *rest in rows}


def move(
    database: Database,
    before: Mapping[int, Place],
    after: Mapping[int, Place],
    tables: Tables = LIVE,
) -> None:
    """Move from where they were believed to stand, inside `writing()`; raises Overtaken.

    Call it first in a transaction: it then waits for whoever moves the same partitions, and all
    that is read after it holds until the commit.
    """
    sql = (
        "UPDATE projection_offsets SET next_offset = ?, epoch = ?, position = ? WHERE tables = ? "
        "AND partition = ? AND next_offset = ? AND generation = ?"
    )
    for partition in sorted(after):  # in one order, so that two can't wait for each other
        new, old = after[partition], before[partition]
        moved = (new.next_offset, new.epoch, new.position)
        where = (tables.suffix, partition, old.next_offset, old.generation)
        if database.execute(sql, (*moved, *where)) != 1:
            raise Overtaken(f"partition {partition} no longer stands at {old.next_offset}")


def take_over(database: Database, partitions: Collection[int] | None = None) -> None:
    """Hold these partitions, or all, until the commit, and make whoever folds them look again."""
    marks = "" if partitions is None else f" AND partition IN ({', '.join('?' * len(partitions))})"
    sql = f"SELECT partition FROM projection_offsets WHERE tables = ?{marks} ORDER BY partition"
    parameters = (LIVE.suffix, *(partitions or ()))
    database.query(f"{sql} FOR UPDATE", parameters)
    database.execute(
        f"UPDATE projection_offsets SET generation = generation + 1 WHERE tables = ?{marks}",
        parameters,
    )
