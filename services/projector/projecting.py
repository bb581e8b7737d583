"""One batch from the log into the views, with the offsets, in one transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from projections import PROJECTIONS, Projection
from services.log.counting import Place
from services.log.records import Logged
from services.projector.arriving import FOLDED, WAITING, Sorting
from services.projector.offsets import Move, Offsets
from services.projector.parking import Parking, Waiting
from services.projector.reached import Reached
from services.projector.waiting_room import keep_waiting, waiting_streams
from services.store.changes import Change
from services.store.database import Database
from services.undisturbed import undisturbed
from services.views.folding import Folding
from services.views.projector import KEPT_ROWS
from services.views.tables import LIVE, Tables


class Folded(NamedTuple):
    """A batch that is folded in memory, and not yet written."""

    move: Move
    changes: list[Change]
    waiting: list[Waiting]
    parked: list[bytes]
    """The accounts that wait from here on."""
    counted: Counter[str]
    """How many events were folded, were dropped as duplicates, or wait."""

    def write(self, database: Database, now: datetime) -> None:
        """Commit all of it, or nothing; raises Overtaken. Every batch before it is to be there."""
        with database.writing():
            self.move.make(database)
            database.write(self.changes)
            if self.waiting:
                keep_waiting(database, self.waiting, now)


class Projecting:
    """Folds what arrives from some partitions; what it keeps in memory holds while it has them.

    What it reads of the views it reads outside the transaction that then moves their offsets:
    nobody changes a row without moving them too, so that the move fails where one has changed.
    """

    def __init__(
        self,
        database: Database,
        clock: Callable[[], datetime],
        *,
        tables: Tables = LIVE,
        parking: Parking | None = None,
        kept_rows: int = KEPT_ROWS,
        projections: Sequence[Projection] = PROJECTIONS,
        with_audit: bool = True,
    ) -> None:
        self._database = database
        self._clock = clock
        self._folding = Folding(
            database,
            tables,
            kept_rows,
            projections=projections,
            with_audit=with_audit,
            in_order=True,
        )
        self._reached = Reached(database, tables)
        folded = {type for projection in projections for type in projection.folds}
        self._sorting = Sorting(None if with_audit else folded)
        self._given = parking
        self._parking = Parking() if parking is None else parking
        self._offsets = Offsets(database, tables)
        self.counted: Counter[str] = Counter()
        """What became of the events that `fold` has committed."""

    @property
    def waiting(self) -> int:
        """How many accounts wait."""
        return len(self._parking)

    @property
    def places(self) -> Mapping[int, Place]:
        """How far each of its partitions is in the views, once what was folded is committed."""
        return self._offsets.places

    def start(self, partitions: Collection[int]) -> Mapping[int, Place]:
        """Begin with these partitions, from where the views stand; all else is forgotten."""
        self._folding.forget()
        self._reached.forget()
        self._offsets.start(partitions)
        if self._given is None:
            self._parking = Parking(waiting_streams(self._database))
        return self.places

    def fold(self, records: Sequence[Logged], after: Mapping[int, Place]) -> list[bytes]:
        """Fold records and move each partition on to `after`; the accounts newly parked.

        All of it is committed when it returns, or none of it: after any exception call `start`.
        Raises Overtaken, and what `Sorting.fresh` raises.
        """
        batch = self.folded(records, after)
        batch.write(self._database, self._clock())
        self.counted += batch.counted
        return batch.parked

    def folded(self, records: Sequence[Logged], after: Mapping[int, Place]) -> Folded:
        """As `fold`, in memory alone: write it before the next that is folded on top of it.

        One may be folded while the one before it is written, not two. Where one can't be
        written, none on top of it can: call `start`.
        """
        with undisturbed():
            self._reached.load(record.stream for record in records)
            self._parking.arrive(records)
            self._sorting.counted = counted = Counter[str]()
            fresh = self._sorting.fresh(records, self._reached, self._parking)
            folded, changes = self._folding.folded(fresh, self._parking)
            changes += self._reached.changes()
            waiting = self._parking.waiting
            counted.update({FOLDED: folded, WAITING: len(waiting)})
            return Folded(
                self._offsets.move(after), changes, waiting, self._parking.parked, counted
            )
