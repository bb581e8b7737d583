"""One batch from the log into the views, with the offsets, in one transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime

from projections import PROJECTIONS, Projection
from services.log.counting import Place
from services.log.records import Logged
from services.projector.arriving import Sorting
from services.projector.offsets import Offsets
from services.projector.parking import Parking
from services.projector.reached import Reached
from services.projector.waiting_room import keep_waiting, waiting_streams
from services.store.database import Database
from services.undisturbed import undisturbed
from services.views.folding import Folding
from services.views.projector import KEPT_ROWS
from services.views.tables import LIVE, Tables


class Projecting:
    """Folds what arrives from some partitions; what it keeps in memory holds while it has them."""

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
        self._sorting = Sorting()
        self._given = parking
        self._parking = Parking() if parking is None else parking
        self._offsets = Offsets(database, tables)

    @property
    def counted(self) -> Counter[str]:
        """How many events were folded, were dropped as duplicates, or wait."""
        return self._sorting.counted

    def take_counted(self) -> Counter[str]:
        """The same, since this was last asked."""
        counted = Counter(self.counted)
        self.counted.clear()
        return counted

    @property
    def waiting(self) -> int:
        """How many accounts wait."""
        return len(self._parking)

    @property
    def places(self) -> Mapping[int, Place]:
        """How far each of its partitions is in the views."""
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
        with undisturbed(), self._database.writing():
            self._offsets.move(after)
            self._reached.load(record.stream for record in records)
            self._parking.arrive(records)
            fresh = self._sorting.fresh(records, self._reached, self._parking)
            folded = self._folding.fold(fresh, self._parking)
            self._reached.write()
            if self._parking.waiting:
                keep_waiting(self._database, self._parking.waiting, self._clock())
        self._offsets.moved(after)
        self.counted["folded"] += folded
        self.counted["waiting"] += len(self._parking.waiting)
        return list(self._parking.parked)
