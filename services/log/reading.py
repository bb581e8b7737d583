"""Reading the topic: every partition from given offsets, up to where it ended when asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from time import monotonic
from types import TracebackType
from typing import Any, Self

from services.log import kafka
from services.log.counting import Place, those_that_count
from services.log.faults import LogAway
from services.log.port import Read
from services.log.records import Logged, logged
from services.log.settings import LogSettings
from services.log.topic import Ends

AT_ONCE = 2000
POLL_MS = 500
SILENT_SECONDS = 20.0


class TopicReader:
    """A consumer of its own, in no group; used from one thread, and closed after."""

    def __init__(self, settings: LogSettings, partitions: int) -> None:
        self.partitions = partitions
        self._settings = settings
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
        with kafka.translated(self._settings):
            self._consumer.assign(self._named(wanted))
            self._consumer.resume(*self._named(wanted))  # what was paused stays so when assigned
            for n in wanted:
                [place] = self._named([n])
                self._consumer.seek(place, from_offsets[n])
        heard = monotonic()
        while wanted:
            records = [each for each in self._poll() if each.offset < until[each.partition]]
            if records:
                heard = monotonic()
                yield records
            elif monotonic() - heard > SILENT_SECONDS:
                raise LogAway(f"Kafka at {self._settings.address} sends nothing more.")
            self._drop_finished(wanted)

    def close(self) -> None:
        """Let go of Kafka."""
        self._consumer.close(autocommit=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _poll(self) -> Iterator[Logged]:
        with kafka.translated(self._settings):
            found = self._consumer.poll(timeout_ms=POLL_MS, max_records=AT_ONCE)
        for records in found.values():
            yield from map(from_kafka, records)

    def _drop_finished(self, wanted: dict[int, int]) -> None:
        with kafka.translated(self._settings):
            done = [n for n in wanted if self._position(n) >= wanted[n]]
            for n in done:
                del wanted[n]
            if done and wanted:
                self._consumer.pause(*self._named(done))

    def _position(self, partition: int) -> int:
        [place] = self._named([partition])
        return self._consumer.position(place) or 0

    def _named(self, partitions: Iterable[int]) -> list[Any]:
        return [kafka.TopicPartition(self._settings.topic, n) for n in partitions]


def from_kafka(record: Any) -> Logged:
    """A record as kafka-python hands it over; raises ForeignRecord where it is none of ours."""
    return logged(record.partition, record.offset, record.key, record.value, record.headers)
