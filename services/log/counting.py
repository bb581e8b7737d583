"""Which records of a partition count: one rule for the publisher and for everybody who reads.

A partition may hold an event more than once: what was sent again after a reply was lost, or what
a publisher that had stood still wrote when others had gone on. Each event counts once, in order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, MutableMapping
from enum import StrEnum
from typing import NamedTuple

from services.log.records import Logged


class Place(NamedTuple):
    """How far a partition was read: the next offset, and epoch and position of what counted last.

    `epoch` is the greatest seen. Where a reader begins without having read, all are 0.
    """

    next_offset: int = 0
    epoch: int = 0
    position: int = 0


class Standing(StrEnum):
    """Whether a record counts, and why not."""

    COUNTS = "counts"
    DUPLICATE = "duplicate"
    """The event, or a later one of the partition, has counted already."""
    LATE = "late"
    """Written by a publisher after another had taken over."""
    EARLY = "early"
    """The event before it is not there yet: both come again."""


def judged(place: Place, record: Logged) -> tuple[Standing, Place]:
    """Whether the next record of a partition counts, and how far it was read then."""
    following = record.offset + 1
    if record.epoch < place.epoch:
        return Standing.LATE, place._replace(next_offset=following)
    if record.position <= place.position:
        return Standing.DUPLICATE, Place(following, record.epoch, place.position)
    if record.previous > place.position:
        return Standing.EARLY, Place(following, record.epoch, place.position)
    return Standing.COUNTS, Place(following, record.epoch, record.position)


def those_that_count(
    records: Iterable[Logged],
    places: MutableMapping[int, Place],
    counted: Counter[Standing] | None = None,
) -> list[Logged]:
    """The records that count, in order; `places` is moved on past all of them.

    A partition that `places` lacks is read from its beginning. `counted` says what became of each.
    """
    found = []
    for record in records:
        standing, place = judged(places.get(record.partition, Place()), record)
        places[record.partition] = place
        if standing is Standing.COUNTS:
            found.append(record)
        if counted is not None:
            counted[standing] += 1
    return found
