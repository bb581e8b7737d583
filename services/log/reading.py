"""Reading the topic: every partition from given offsets, up to where it ended when asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from time import monotonic
from typing import Any

from services.closing import Closing
from services.log import kafka
from services.log.counting import Place, those_that_count
from services.log.faults import LogAway
from services.log.port import Read
from services.log.records import ForeignRecord, Logged, logged
from services.log.settings import LogSettings
from services.log.topic import Ends
from services.undisturbed import undisturbed

AT_ONCE = 5000
POLL_MS = 500
SILENT_SECONDS = 20.0

Strange = Callable[[int, int], None]


class TopicReader(Closing):
    """A consumer of its own, in no group; used from one thread, and closed after.

    `strange` is told partition and offset of a record that no publisher wrote, which is then
    passed over; without it, such a record raises ForeignRecord.
    """

    def __init__(
        self, settings: LogSettings, partitions: int, strange: Strange | None = None
    ) -> None:
        self.partitions = partitions
        self._settings = settings
        self._strange = strange
        self._consumer = kafka.consumer(settings)

    def ends(self) -> Ends:
        """Where each partition begins and ends now."""
        places = self._named(range(self.partitions))
        with kafka.translated(self._settings):
            first = self._consumer.beginning_offsets(places)
            following = self._consumer.end_offsets(places)
        return Ends(
            {place.partition: offset for place, offset in first.items()},
            {place.partition: offset for place, offset in following.items()},
        )

    def read(self, places: Mapping[int, Place]) -> Iterator[Read]:
        """What counts from these places on, in batches, with the places reached after each.

        A partition that is not among them is read from its beginning. Ends where the partitions
        ended when it began; what is written meanwhile is for the next time.
        """
        reached = {n: places.get(n, Place()) for n in range(self.partitions)}
        from_offsets = {n: place.next_offset for n, place in reached.items()}
        for records in self.raw(from_offsets, self.ends().following):
            found = those_that_count(records, reached)
            yield Read(found, dict(reached))

    def raw(
        self, from_offsets: Mapping[int, int], until: Mapping[int, int]
    ) -> Iterator[list[Logged]]:
        """Every record of these partitions from an offset up to before another, in batches."""
        wanted = {n: until[n] for n, start in from_offsets.items() if start < until[n]}
        if not wanted:
            return
        # A consumer of its own each time: what one has fetched ahead for a place that it was then
        # moved away from keeps kafka-python 3.0 from fetching anything more of that partition.
        consumer = kafka.consumer(self._settings)
        try:
            yield from self._all_of(consumer, from_offsets, wanted)
        finally:
            consumer.close(autocommit=False)

    def close(self) -> None:
        """Let go of Kafka."""
        self._consumer.close(autocommit=False)

    def _all_of(
        self, consumer: Any, from_offsets: Mapping[int, int], until: dict[int, int]
    ) -> Iterator[list[Logged]]:
        with kafka.translated(self._settings):
            consumer.assign(self._named(until))
            for place in self._named(until):
                consumer.seek(place, from_offsets[place.partition])
        lacking = set(until)
        heard = monotonic()
        while lacking:
            with undisturbed(), kafka.translated(self._settings):
                polled = consumer.poll(timeout_ms=POLL_MS, max_records=AT_ONCE)
                found = [
                    read
                    for place, records in polled.items()
                    if place.partition in lacking
                    for record in records
                    if record.offset < until[place.partition] and (read := self._read(record))
                ]
            if polled:
                heard = monotonic()
            elif monotonic() - heard > SILENT_SECONDS:
                raise LogAway(f"Kafka at {self._settings.address} sends nothing more.")
            del polled  # what was read of it is enough to hold
            if found:
                yield found
            with kafka.translated(self._settings):
                places = self._named(lacking)
                reached = {p.partition: consumer.position(p) or 0 for p in places}
            lacking = {n for n, offset in reached.items() if offset < until[n]}

    def _read(self, record: Any) -> Logged | None:
        try:
            return from_kafka(record)
        except ForeignRecord:
            if self._strange is None:
                raise
            self._strange(record.partition, record.offset)
            return None

    def _named(self, partitions: Iterable[int]) -> list[Any]:
        return [kafka.TopicPartition(self._settings.topic, n) for n in partitions]


def from_kafka(record: Any) -> Logged:
    """A record as kafka-python hands it over; raises ForeignRecord where it is none of ours."""
    return logged(record.partition, record.offset, record.key, record.value, record.headers)
