"""The register itself as a log of one partition, whose offsets are its positions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from services.log.counting import Place
from services.log.port import Read
from services.log.records import Logged
from services.store.log import Log

AT_ONCE = 2000


class StoreLog:
    """Every event of a register in the order of recording; nothing is in it twice."""

    partitions = 1

    def __init__(self, log: Log) -> None:
        self._log = log

    def read(self, places: Mapping[int, Place]) -> Iterator[Read]:
        """All that is there from this place on, in batches."""
        place = places.get(0, Place())
        while events := self._log.stored(after=place.position, size=AT_ONCE):
            found = []
            for position, stream, sequence, type, body in events:
                previous = place.position
                found.append(
                    Logged(0, position, position, previous, 0, stream, sequence, type, body)
                )
                place = Place(position + 1, 0, position)
            yield Read(found, {0: place})
