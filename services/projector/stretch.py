"""A projector at work on one connection: what it reads is folded while the last is committed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime

from services.log.counting import Place, Standing, those_that_count
from services.log.records import Logged
from services.projector.arriving import StopsHere
from services.projector.committing import Committing
from services.projector.group import Group
from services.projector.offsets import Overtaken
from services.projector.projecting import Folded, Projecting
from services.projector.told import Telling
from services.projector.waiting_room import problems
from services.store.database import Database

_COUNTED = {
    Standing.DUPLICATE: "duplicates",
    Standing.LATE: "late",
    Standing.EARLY: "early",
}


class Stretch:
    """Folds what a group reads, from where the views stand when it begins.

    After Overtaken, `begin` anew; after any other exception this stretch is at its end.
    """

    def __init__(
        self,
        views: Database,
        group: Group,
        committing: Committing,
        telling: Telling,
        clock: Callable[[], datetime],
    ) -> None:
        self._views = views
        self._group = group
        self._committing = committing
        self._telling = telling
        self._projecting = Projecting(views, clock)
        self._read: tuple[list[Logged], dict[int, Place]] = ([], {})
        self.last: Logged | None = None
        """The last event that is in the views, of those folded here."""

    @property
    def places(self) -> Mapping[int, Place]:
        """How far each of its partitions is in the views, once nothing is being committed."""
        return self._projecting.places

    @property
    def is_committing(self) -> bool:
        """Whether something is under way still."""
        return self._committing.is_under_way

    def begin(self) -> None:
        """Begin, or begin anew, with the partitions that are ours now, where the views stand."""
        # Whether what is under way was committed, the views tell.
        with suppress(Overtaken):
            self.settle()
        self._projecting.start(self._group.partitions)
        self._group.seek(self._projecting.places)
        self._telling.given(self._projecting.places)

    def settle(self) -> None:
        """Wait until all that was folded is in the views. Raises Overtaken."""
        self._committed(self._committing.settle())

    def fold(self, read: list[Logged]) -> None:
        """Fold what was read, in each partition up to a record that can't be passed: raise that.

        It is in the views by the next `settle`. Raises Overtaken.
        """
        try:
            self._fold(read)
        except StopsHere as stop:
            self.settle()
            self._projecting.start(set(self.places))
            at = stop.record
            self.fold(
                [each for each in read if each.partition != at.partition or each.offset < at.offset]
            )
            self.settle()
            raise

    def _fold(self, read: list[Logged]) -> None:
        before, counted = self.places, Counter[Standing]()
        # Others may be in hand still from before we were told where to begin.
        ours = [
            each
            for each in read
            if each.partition in before and each.offset >= before[each.partition].next_offset
        ]
        after = dict(before)
        found = those_that_count(ours, after, counted)
        moved = {each: place for each, place in after.items() if place != before[each]}
        if not moved:
            return
        batch = self._projecting.folded(found, moved)
        batch.counted.update({word: counted[kind] for kind, word in _COUNTED.items()})
        self._committed(self._committing.hand_over(batch))
        self._read = found, after

    def _committed(self, batch: Folded | None) -> None:
        """Tell of a batch that is in the views."""
        if batch is None:
            return
        found, after = self._read
        self.last = found[-1] if found else self.last
        self._telling.counted(batch.counted)
        self._telling.folded(found, after)
        if batch.parked:
            self._telling.parked(problems(self._views, batch.parked), self._projecting.waiting)
