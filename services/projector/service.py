"""The projector as it runs: takes its share of the partitions, folds, begins anew, stops."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from threading import Event

from services.faults import Busy, ServerUnreachable
from services.log.counting import Standing, those_that_count
from services.log.faults import LogAway, TopicMissing
from services.log.records import Logged
from services.log.settings import LogSettings
from services.log.topic import find_topic
from services.projector.arriving import StopsHere
from services.projector.group import Group
from services.projector.offsets import Overtaken, all_places
from services.projector.projecting import Projecting
from services.projector.taking_over import follow_topic, lose_nothing_but_time, take_views
from services.projector.told import Telling
from services.projector.waiting_room import problems
from services.store.postgres import PostgresDatabase

MOST = 10_000
READ_SECONDS = 0.2
AGAIN_SECONDS = 0.5
_COUNTED = {
    Standing.DUPLICATE: "duplicates",
    Standing.LATE: "late",
    Standing.EARLY: "early",
}


class LogProjector:
    """Folds its share of one topic into the views of one register until `stop` is set."""

    def __init__(
        self,
        address: str,
        settings: LogSettings,
        telling: Telling,
        stop: Event,
        clock: Callable[[], datetime],
    ) -> None:
        self._address = address
        self._settings = settings
        self._telling = telling
        self._stop = stop
        self._clock = clock
        self._once = False
        self._last: Logged | None = None

    def run(self, *, once: bool = False) -> None:
        """Fold until told to stop; with `once`, until nothing that is in its share is left.

        Waits while the database or Kafka is away. Raises a fault where only a person can help:
        EventTooNew, EventLacking, TopicMissing, LogRefuses, ForeignRecord.
        """
        self._once = once
        while not self._stop.is_set():
            try:
                if self._stretch():
                    return
            except (ServerUnreachable, Busy, LogAway) as fault:
                self._telling.waits(fault.message)
                self._stop.wait(AGAIN_SECONDS)

    def _stretch(self) -> bool:
        """Fold on one connection; whether all is done."""
        topic = find_topic(self._settings)
        if topic is None:
            raise TopicMissing(f"There is no {self._settings.where}: casebook publish makes it.")
        take_views(self._address)
        views = PostgresDatabase.open_views(self._address)
        try:
            follow_topic(views, topic.id)
            lose_nothing_but_time(views)
            projecting = Projecting(views, self._clock)
            with Group(self._settings, all_places(views)) as group:
                while not self._stop.is_set():
                    if self._round(group, projecting, views) and self._once:
                        break
        finally:
            views.close()
        return True

    def _round(self, group: Group, projecting: Projecting, views: PostgresDatabase) -> bool:
        """Read and fold what there is; whether nothing is left."""
        records = group.read(READ_SECONDS, MOST)
        if group.given_anew():
            self._look_again(group, projecting)
            self._telling.given(projecting.places)
        elif records:
            try:
                self._fold(projecting, views, records)
            except Overtaken as overtaken:
                self._telling.waits(str(overtaken))
                self._look_again(group, projecting)
        if records and not self._telling.is_due:
            return False
        return self._told(group, projecting)

    def _look_again(self, group: Group, projecting: Projecting) -> None:
        projecting.start(group.partitions)
        group.seek(projecting.places)

    def _fold(self, projecting: Projecting, views: PostgresDatabase, read: list[Logged]) -> None:
        """Fold what was read, in each partition up to a record that can't be passed: raise that."""
        try:
            self._fold_all(projecting, views, read)
        except StopsHere as stop:
            projecting.start(set(projecting.places))
            at = stop.record
            self._fold(
                projecting,
                views,
                [
                    each
                    for each in read
                    if each.partition != at.partition or each.offset < at.offset
                ],
            )
            raise

    def _fold_all(
        self, projecting: Projecting, views: PostgresDatabase, read: list[Logged]
    ) -> None:
        before, counted = projecting.places, Counter[Standing]()
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
        parked = projecting.fold(found, moved)
        self._last = found[-1] if found else self._last
        self._telling.counted({word: counted[kind] for kind, word in _COUNTED.items()})
        self._telling.counted(projecting.take_counted())
        self._telling.folded(found, after)
        if parked:
            self._telling.parked(problems(views, parked), projecting.waiting)

    def _told(self, group: Group, projecting: Projecting) -> bool:
        if not self._telling.is_due and not self._once:
            return False
        behind = group.behind(projecting.places)
        self._telling.lag(behind, self._last)
        return bool(projecting.places) and not behind
