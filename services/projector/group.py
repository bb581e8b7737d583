"""The partitions that a group of projectors shares, read from where the views stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from services.closing import Closing
from services.log import kafka
from services.log.counting import Place
from services.log.reading import from_kafka
from services.log.records import Logged
from services.log.settings import LogSettings

NAME = "casebook.views"
ANSWER_MS = 2_000


class Group(kafka.ConsumerRebalanceListener, Closing):  # type: ignore[misc]
    """One member of the group. Ask `given_anew` after each `read`: then what was read is void.

    Kafka keeps no offset for it: those are in the views' own transaction.
    """

    def __init__(
        self, settings: LogSettings, places: Mapping[int, Place], name: str = NAME
    ) -> None:
        self._settings = settings
        self._offsets = {partition: place.next_offset for partition, place in places.items()}
        self._given_anew = False
        self._consumer = kafka.member(settings, name)
        with kafka.translated(settings):
            self._consumer.subscribe([settings.topic], listener=self)

    def on_partitions_assigned(self, assigned: Iterable[Any]) -> None:
        """Begin somewhere: without an offset the next read would fail. It is put right after."""
        for place in assigned:
            self._consumer.seek(place, self._offsets.get(place.partition, 0))
        self._given_anew = True

    def on_partitions_revoked(self, _revoked: Iterable[Any]) -> None:
        """What was folded of them is committed, and nothing else is kept."""
        self._given_anew = True

    def given_anew(self) -> bool:
        """Whether other partitions are ours since this was last asked."""
        given, self._given_anew = self._given_anew, False
        return given

    @property
    def partitions(self) -> set[int]:
        """The partitions that are ours now."""
        return {place.partition for place in self._consumer.assignment()}

    def read(self, seconds: float, most: int) -> list[Logged]:
        """What there is, in the order of each partition, waiting at most so long for the first."""
        with kafka.translated(self._settings):
            kafka.take_share(self._consumer)
            found = self._consumer.poll(timeout_ms=int(seconds * 1000), max_records=most)
        return [from_kafka(record) for records in found.values() for record in records]

    def seek(self, places: Mapping[int, Place]) -> None:
        """Read on from these places; those no longer ours are left out."""
        ours = self.partitions
        for partition, place in places.items():
            self._offsets[partition] = place.next_offset
            if partition in ours:
                named = kafka.TopicPartition(self._settings.topic, partition)
                self._consumer.seek(named, place.next_offset)

    def behind(self, places: Mapping[int, Place]) -> int:
        """How many records of these partitions come after these places. Raises LogAway."""
        named = [kafka.TopicPartition(self._settings.topic, each) for each in places]
        with kafka.translated(self._settings):
            ends = self._consumer.end_offsets(named, timeout_ms=ANSWER_MS) if named else {}
        return sum(end - places[each.partition].next_offset for each, end in ends.items())

    def close(self) -> None:
        """Leave the group, so that the others need not wait for us."""
        self._consumer.close(autocommit=False, timeout_ms=ANSWER_MS)
