from uuid import UUID

import pytest
from eventsourcing.application import AggregateNotFoundError
from eventsourcing.persistence import IntegrityError

from schemas import InvalidEvent
from services.store.elsewhere import Elsewhere
from services.store.opening import create_database
from services.store.register import Register
from tests.store.notes import Pad, add_note, cut_short, new_pad, opened, read_pad

A, B = UUID(int=1), UUID(int=2)


def texts(register: Register, stream: UUID) -> list[str]:
    return register.load(stream, read_pad).texts


def test_what_is_saved_can_be_loaded_here_and_after_a_restart(where, register):
    new_pad(register, A)
    add_note(register, A, "second")
    assert texts(register, A) == ["first", "second"]
    again = opened(where)
    assert texts(again, A) == ["first", "second"]
    again.database.close()


def test_saving_tells_events_and_positions(register):
    pad = Pad(A)
    pad.write("one")
    pad.write("two")
    recorded = register.save(pad)
    assert [recording.notification.id for recording in recorded] == [1, 2]
    assert [recording.domain_event.body["data"]["text"] for recording in recorded] == [
        "one",
        "two",
    ]


def test_an_unknown_stream_is_not_found(register):
    with pytest.raises(AggregateNotFoundError):
        register.load(A, read_pad)


def test_an_aggregate_as_it_was_at_a_version(register):
    new_pad(register, A)
    add_note(register, A, "second")
    assert register.load(A, read_pad, version=1).texts == ["first"]
    assert texts(register, A) == ["first", "second"]


def test_an_aggregate_is_folded_once_and_then_kept(register):
    new_pad(register, A)
    assert register.load(A, read_pad) is register.load(A, read_pad)


def test_a_rollback_forgets_what_was_changed_in_memory(register):
    new_pad(register, A)
    cut_short(
        register.database,
        lambda: add_note(register, A, "lost"),
        lambda: new_pad(register, B),
    )
    assert texts(register, A) == ["first"]
    with pytest.raises(AggregateNotFoundError):
        register.load(B, read_pad)


def test_a_rollback_forgets_what_was_changed_but_not_yet_saved(register):
    new_pad(register, A)
    cut_short(register.database, lambda: register.load(A, read_pad).write("lost"))
    assert texts(register, A) == ["first"]


def test_an_event_that_breaks_its_schema_is_never_stored(register):
    new_pad(register, A)
    with pytest.raises(InvalidEvent, match="text"):
        add_note(register, A, 17)
    assert texts(register, A) == ["first"]


def test_more_streams_than_memory_holds(where):
    register = Register(create_database(where), cached=3)
    streams = [UUID(int=number) for number in range(1, 11)]
    with register.database.writing():
        for stream in streams:
            new_pad(register, stream)
        for stream in streams:
            add_note(register, stream, "second")
    assert all(texts(register, stream) == ["first", "second"] for stream in streams)
    register.database.close()


def test_listeners_are_told_once_inside_the_transaction(register):
    told: list[list[tuple[int, str]]] = []

    def listen(events):
        assert register.database.is_writing
        told.append([(position, event.body["data"]["text"]) for position, event in events])

    register.on_recorded(listen)
    with register.database.writing():
        new_pad(register, A)
        add_note(register, A, "second")
        assert told == []
    with register.database.writing():
        pass
    assert told == [[(1, "first"), (2, "second")]]


def test_a_listener_that_fails_undoes_what_it_was_told(register):
    new_pad(register, A)

    def refuse(events):
        raise LookupError

    register.on_recorded(refuse)
    with pytest.raises(LookupError):
        add_note(register, A, "lost")
    assert texts(register, A) == ["first"]
    assert register.recorder.max_notification_id() == 1


def test_what_another_process_recorded_is_seen_under_the_lock(where, register):
    new_pad(register, A)
    other = opened(where)
    told = []
    register.on_changed_elsewhere(told.append)
    add_note(other, A, "elsewhere")
    add_note(register, A, "here")
    assert texts(register, A) == ["first", "elsewhere", "here"]
    assert told == [Elsewhere(frozenset({A.bytes}), office=False, last=2)]
    assert texts(other, A) == ["first", "elsewhere", "here"]
    other.database.close()


def test_an_aggregate_held_too_long_is_a_conflict(where, register):
    new_pad(register, A)
    held = register.load(A, read_pad)
    other = opened(where)
    add_note(other, A, "elsewhere")
    held.write("too late")
    with pytest.raises(IntegrityError):
        register.save(held)
    assert texts(register, A) == ["first", "elsewhere"]
    other.database.close()


def test_no_environment_variable_reaches_the_store(where, monkeypatch):
    monkeypatch.setenv("PERSISTENCE_MODULE", "no.such.module")
    monkeypatch.setenv("IS_SNAPSHOTTING_ENABLED", "y")
    monkeypatch.setenv("COMPRESSOR_TOPIC", "zlib")
    monkeypatch.setenv("AGGREGATE_CACHE_MAXSIZE", "words")
    register = Register(create_database(where))
    new_pad(register, A)
    assert texts(register, A) == ["first"]
    register.database.close()


def test_the_log_is_read_in_batches_to_its_end(register):
    new_pad(register, A)
    for number in range(6):
        add_note(register, A, str(number))
    batches = list(register.history.batches(after=1, size=4))
    assert [[position for position, _ in batch] for batch in batches] == [[2, 3, 4, 5], [6, 7]]
