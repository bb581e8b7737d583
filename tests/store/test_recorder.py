from concurrent.futures import ThreadPoolExecutor, wait
from threading import Thread
from uuid import UUID, uuid4

import pytest
from eventsourcing.persistence import IntegrityError, StoredEvent

from services.store.recorder import Recorder
from tests.store.notes import cut_short

A, B = UUID(int=1), UUID(int=2)


@pytest.fixture
def recorder(database):
    return Recorder(database)


def stored(stream: UUID, *numbers: int, topic: str = "NoteAdded") -> list[StoredEvent]:
    return [StoredEvent(stream, number, topic, b"%d" % number) for number in numbers]


def test_positions_go_on_from_one_without_gaps(recorder):
    assert recorder.max_notification_id() is None
    assert list(recorder.insert_events(stored(A, 1, 2))) == [1, 2]
    assert list(recorder.insert_events(stored(B, 1))) == [3]
    assert recorder.max_notification_id() == 3


def test_a_rollback_leaves_no_gap(database, recorder):
    recorder.insert_events(stored(A, 1))
    cut_short(database, lambda: recorder.insert_events(stored(B, 1, 2)))
    assert list(recorder.insert_events(stored(A, 2))) == [2]


def test_the_same_number_twice_in_a_stream_is_a_conflict_and_records_nothing(recorder):
    recorder.insert_events(stored(A, 1, 2))
    with pytest.raises(IntegrityError):
        recorder.insert_events([*stored(B, 1), *stored(A, 2)])
    assert recorder.select_events(B) == []
    assert list(recorder.insert_events(stored(B, 1))) == [3]


@pytest.mark.parametrize(
    ("asked", "numbers"),
    [
        ({}, [1, 2, 3, 4]),
        ({"gt": 1}, [2, 3, 4]),
        ({"lte": 3}, [1, 2, 3]),
        ({"gt": 1, "lte": 3}, [2, 3]),
        ({"desc": True}, [4, 3, 2, 1]),
        ({"desc": True, "limit": 1}, [4]),
        ({"gt": 4}, []),
    ],
)
def test_a_stream_is_read_by_its_numbers(recorder, asked, numbers):
    recorder.insert_events([*stored(A, 1, 2), *stored(B, 1), *stored(A, 3, 4)])
    found = recorder.select_events(A, **asked)
    assert found == [event for n in numbers for event in stored(A, n)]


@pytest.mark.parametrize(
    ("asked", "positions"),
    [
        ({"start": None, "limit": 10}, [1, 2, 3, 4]),
        ({"start": 2, "limit": 10}, [2, 3, 4]),
        ({"start": 2, "limit": 10, "inclusive_of_start": False}, [3, 4]),
        ({"start": 0, "limit": 10}, [1, 2, 3, 4]),
        ({"start": 1, "limit": 2}, [1, 2]),
        ({"start": 1, "limit": 10, "stop": 3}, [1, 2, 3]),
        ({"start": 1, "limit": 10, "topics": ["PostHidden"]}, [3]),
    ],
)
def test_the_register_is_read_by_positions(recorder, asked, positions):
    recorder.insert_events([*stored(A, 1, 2), *stored(B, 1, topic="PostHidden"), *stored(A, 3)])
    assert [found.id for found in recorder.select_notifications(**asked)] == positions


def test_a_notification_tells_all_of_the_event(recorder):
    stream = uuid4()
    recorder.insert_events(stored(stream, 7))
    (found,) = recorder.select_notifications(1, 10)
    assert (found.originator_id, found.originator_version) == (stream, 7)
    assert (found.topic, found.state) == ("NoteAdded", b"7")


def test_a_subscription_brings_what_is_there_and_what_comes(recorder):
    recorder.insert_events(stored(A, 1, 2))
    with recorder.subscribe(gt=1) as subscription:
        assert next(subscription).id == 2
        writer = Thread(target=recorder.insert_events, args=(stored(A, 3),))
        writer.start()
        assert next(subscription).id == 3
        writer.join()
    with pytest.raises(StopIteration):
        next(subscription)


@pytest.mark.parametrize(
    ("read", "nothing"),
    [
        (lambda recorder: recorder.select_notifications(1, 9), []),
        (lambda recorder: recorder.select_events(A), []),
        (lambda recorder: recorder.max_notification_id(), None),
    ],
    ids=["notifications", "events", "last"],
)
def test_another_thread_sees_nothing_of_what_may_still_be_undone(database, recorder, read, nothing):
    seen = []
    with ThreadPoolExecutor() as elsewhere:

        def meanwhile():
            seen.append(elsewhere.submit(read, recorder))
            wait(seen, timeout=0.1)

        cut_short(database, lambda: recorder.insert_events(stored(A, 1)), meanwhile)
    assert seen[0].result() == nothing
