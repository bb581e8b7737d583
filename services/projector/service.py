"""The projector as it runs: takes its share of the partitions, folds, begins anew, stops."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from threading import Event

from services.faults import Busy, ServerUnreachable
from services.log.faults import LogAway, TopicMissing
from services.log.settings import LogSettings
from services.log.topic import find_topic
from services.projector.committing import Committing
from services.projector.group import Group
from services.projector.offsets import Overtaken, all_places
from services.projector.stretch import Stretch
from services.projector.taking_over import follow_topic, take_views
from services.projector.told import Telling
from services.store.postgres import PostgresDatabase

MOST = 5_000
READ_SECONDS, SOON = 0.2, 0.005
AGAIN_SECONDS = 0.5


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
            with (
                Committing(views.beside(), self._clock) as committing,
                Group(self._settings, all_places(views)) as group,
            ):
                stretch = Stretch(views, group, committing, self._telling, self._clock)
                while not self._stop.is_set():
                    if self._round(group, stretch) and self._once:
                        break
                stretch.settle()
        finally:
            views.close()
        return True

    def _round(self, group: Group, stretch: Stretch) -> bool:
        """Read and fold what there is; whether nothing is left."""
        records = group.read(SOON if stretch.is_committing else READ_SECONDS, MOST)
        try:
            if group.given_anew():
                stretch.begin()
            elif records:
                stretch.fold(records)
            else:
                stretch.settle()
            if records and not self._telling.is_due:
                return False
            return self._told(group, stretch)
        except Overtaken as overtaken:
            self._telling.waits(str(overtaken))
            stretch.begin()
            return False

    def _told(self, group: Group, stretch: Stretch) -> bool:
        if not self._telling.is_due and not self._once:
            return False
        stretch.settle()
        behind = group.behind(stretch.places)
        self._telling.lag(behind, stretch.last)
        return bool(stretch.places) and not behind
