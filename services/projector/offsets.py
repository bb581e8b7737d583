"""How far the views are in each partition, moved on only by whoever knows where they stand."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple

from services.log.counting import Place
from services.store.database import Database
from services.views.tables import LIVE, Tables

_MOVE = """
    UPDATE projection_offsets places
    SET next_offset = moved.next_offset, epoch = moved.epoch, position = moved.position
    FROM unnest(?2::integer[], ?3::bigint[], ?4::integer[], ?5::bigint[], ?6::bigint[],
        ?7::bigint[]) AS moved (partition, seen, generation, next_offset, epoch, position)
    WHERE places.tables = ?1 AND places.partition = moved.partition
    AND places.next_offset = moved.seen AND places.generation = moved.generation"""


class Overtaken(Exception):
    """Another projector, a retry or a rebuild has moved the views meanwhile: start from there."""


class Move(NamedTuple):
    """Partitions to be moved on, by compare-and-set: from where they are believed to stand."""

    tables: Tables
    partitions: list[int]
    seen: list[int]
    generations: list[int]
    places: list[Place]

    def make(self, database: Database) -> None:
        """Move them inside `writing()`; raises Overtaken where one does not stand there.

        Made first in a transaction, it waits for whoever moves the same partitions.
        """
        if not self.partitions:
            return
        news = map(list, zip(*self.places, strict=True))
        believed = (self.tables.suffix, self.partitions, self.seen, self.generations)
        if database.execute(_MOVE, (*believed, *news)) != len(self.partitions):
            raise Overtaken(f"not all of the partitions {self.partitions} stand where they stood")


class Offsets:
    """The places of some partitions as they were last seen, or will be once all is committed."""

    def __init__(self, database: Database, tables: Tables = LIVE) -> None:
        self._database = database
        self._tables = tables
        self.places: dict[int, Place] = {}
        """How far each partition is in the views."""
        self._generations: dict[int, int] = {}

    def start(self, partitions: Collection[int]) -> None:
        """Look where the views stand in these partitions; at 0 where they were never read."""
        with self._database.writing():
            self._database.executemany(
                "INSERT INTO projection_offsets VALUES (?, ?, 0, 0, 0, 0) ON CONFLICT DO NOTHING",
                [(self._tables.suffix, partition) for partition in sorted(partitions)],
            )
        found = _all(self._database, self._tables)
        self.places = {each: found[each][0] for each in partitions}
        self._generations = {each: found[each][1] for each in partitions}

    def move(self, after: Mapping[int, Place]) -> Move:
        """The move from where they will be by then; what comes next is to begin after it."""
        partitions = sorted(after)
        seen = [self.places[n].next_offset for n in partitions]
        generations = [self._generations[n] for n in partitions]
        self.places.update(after)
        return Move(self._tables, partitions, seen, generations, [after[n] for n in partitions])


def all_places(database: Database, tables: Tables = LIVE) -> dict[int, Place]:
    """Where the views stand in every partition that was ever read."""
    if not database.has_table("projection_offsets"):
        return {}
    return {partition: place for partition, (place, _) in _all(database, tables).items()}


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


def _all(database: Database, tables: Tables) -> dict[int, tuple[Place, int]]:
    rows = database.query(
        "SELECT partition, generation, next_offset, epoch, position FROM projection_offsets "
        "WHERE tables = ?",
        (tables.suffix,),
    )
    return {partition: (Place(*place), generation) for partition, generation, *place in rows}
