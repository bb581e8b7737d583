"""What arrives is folded once and in order; a hole or a newer event stops; poison is marked."""

import pytest

from services.projector.arriving import EventLacking, EventTooNew, Sorting, Unreadable
from services.projector.parking import Parking
from tests.projections.histories import History
from tests.projector.records import arrived, spoilt


@pytest.fixture
def history():
    history = History().opened()
    history("CommentFlagged", incident=2)
    return history


def sort(records, reached=0, parked=()):
    sorting, parking = Sorting(), Parking(parked)
    parking.arrive(records)
    numbers = dict.fromkeys((record.stream for record in records), reached)
    fresh = sorting.fresh(records, numbers, parking)
    return sorting, parking, numbers, fresh


def test_each_event_in_order_is_fresh(history):
    records = arrived(history)
    sorting, _, reached, fresh = sort(records)
    assert [event for _, _, event in fresh] == list(history)
    assert [position for position, _, _ in fresh] == [1, 2, 3]
    assert set(reached.values()) == {3}
    assert not sorting.counted


def test_what_comes_twice_is_dropped_and_counted(history):
    one, two, three = arrived(history)
    sorting, _, _, fresh = sort([one, two, one, two, three, three])
    assert [position for position, _, _ in fresh] == [1, 2, 3]
    assert sorting.counted["duplicates"] == 3


def test_what_the_views_hold_already_is_dropped(history):
    sorting, _, _, fresh = sort(arrived(history), reached=2)
    assert [position for position, _, _ in fresh] == [3]
    assert sorting.counted["duplicates"] == 2


def test_a_hole_stops_it_and_says_where(history):
    one, _, three = arrived(history)
    with pytest.raises(EventLacking, match=r"hold 1 events .* number 3 .*offset 2, position 3"):
        sort([one, three])


def test_a_newer_version_stops_it_and_says_which_is_needed(history):
    history[2]["version"] = 2
    with pytest.raises(EventTooNew, match=r"Position 3 holds CommentFlagged version 2.*version 1"):
        sort(_unchecked(history))


def test_an_unknown_event_stops_it(history):
    history[2]["type"] = "CouncilMerged"
    with pytest.raises(EventTooNew, match="Install a Casebook that knows CouncilMerged version 1"):
        sort(_unchecked(history))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff\xfe",
        b"null",
        b"[]",
        b'{"type": "PostHidden"}',
        b'{"stream": "x", "sequence": 1, "type": 1, "version": 1}',
    ],
)
def test_what_is_no_event_goes_on_marked(history, body):
    records = arrived(history)
    _, _, _, fresh = sort([records[0], spoilt(records[1], body), records[2]])
    assert [isinstance(event, Unreadable) for _, _, event in fresh] == [False, True, False]


@pytest.mark.parametrize("version", [0, -1, True, "1", None])
def test_a_version_that_is_none_is_no_newer_one(history, version):
    history[2]["version"] = version
    assert isinstance(sort(_unchecked(history))[3][2][2], Unreadable)


def test_another_accounts_body_is_not_this_ones(history):
    other = arrived(History("ASH-0002-M9XA").opened())
    records = arrived(history)
    _, _, _, fresh = sort([spoilt(records[0], other[0].body)])
    assert isinstance(fresh[0][2], Unreadable)


def test_events_of_an_account_that_waits_wait_too_and_are_not_read(history):
    records = arrived(history)
    wait = [records[0], spoilt(records[1]), records[2]]
    _, parking, reached, fresh = sort(wait, parked=[records[0].stream])
    assert fresh == []
    assert [each.record for each in parking.waiting] == wait
    assert {each.problem for each in parking.waiting} == {None}
    assert set(reached.values()) == {3}


def _unchecked(history):
    return arrived(history)
