"""Which records of a partition count: each event once, in order, whoever wrote it and when."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as some

from services.log.counting import Place, Standing, judged, those_that_count
from services.log.records import Logged


def record(position: int, previous: int, epoch: int = 1, offset: int = 0) -> Logged:
    return Logged(0, offset, position, previous, epoch, b"", 0, "CommentFlagged", b"")


def standing(place: Place, position: int, previous: int, epoch: int) -> Standing:
    return judged(place, record(position, previous, epoch))[0]


def test_what_follows_what_counted_last_counts():
    assert judged(Place(7, 1, 10), record(13, 10, epoch=1, offset=7)) == (
        Standing.COUNTS,
        Place(8, 1, 13),
    )


def test_what_was_sent_again_counts_once():
    assert standing(Place(7, 1, 10), 10, 8, epoch=1) is Standing.DUPLICATE


def test_what_a_thawed_publisher_writes_after_another_has_begun_counts_for_nobody():
    assert standing(Place(7, 2, 10), 13, 10, epoch=1) is Standing.LATE


def test_what_goes_before_an_event_that_is_lacking_does_not_count_yet():
    assert standing(Place(7, 1, 10), 17, 13, epoch=1) is Standing.EARLY


def test_a_record_that_counts_for_nobody_moves_the_reader_on_and_no_more():
    _, place = judged(Place(7, 2, 10), record(13, 10, epoch=1, offset=7))
    assert place == Place(8, 2, 10)


def test_a_duplicate_of_a_new_publisher_ends_the_old_ones_time():
    places: dict[int, Place] = {}
    counted: Counter[Standing] = Counter()
    written = [record(1, 0, 1), record(2, 1, 1), record(2, 1, 2), record(3, 2, 1), record(3, 2, 2)]
    found = those_that_count(written, places, counted)
    assert [(each.position, each.epoch) for each in found] == [(1, 1), (2, 1), (3, 2)]
    assert counted == {Standing.COUNTS: 3, Standing.DUPLICATE: 1, Standing.LATE: 1}


def mixed(data: some.DataObject, *parts: list[Logged]) -> list[Logged]:
    """What several publishers write at the same time, each in its own order."""
    left, found = [list(part) for part in parts if part], []
    while left:
        part = left[data.draw(some.integers(0, len(left) - 1))]
        found.append(part.pop(0))
        left = [part for part in left if part]
    return found


@given(some.data())
def test_whoever_wrote_from_a_tail_and_whatever_got_lost_each_event_counts_once_in_order(data):
    """Publishers read the tail, lose some of what they send, stand still and write on late."""
    log: list[Logged] = []
    frozen: list[Logged] = []
    last = data.draw(some.integers(1, 8))

    def to_send(epoch: int) -> list[Logged]:
        places: dict[int, Place] = {}
        those_that_count(log, places)
        tail = places.get(0, Place()).position
        return [record(n, n - 1, epoch) for n in range(tail + 1, last + 1)]

    for epoch in range(1, data.draw(some.integers(1, 4)) + 1):
        wanted = to_send(epoch)
        cut = data.draw(some.integers(0, len(wanted)))
        arrived = [each for each in wanted[:cut] if data.draw(some.booleans())]
        log += mixed(data, arrived, frozen)
        frozen = wanted[cut:]
    log += mixed(data, to_send(99), frozen)
    found = those_that_count(log, {})
    assert [each.position for each in found] == list(range(1, last + 1))
