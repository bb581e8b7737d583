import json
from dataclasses import replace
from uuid import UUID

import pytest

import schemas
from domain.recorded import Recorded
from services.faults import RegisterCorrupt, RegisterTooNew
from services.store.mapper import EventMapper
from tests.store.notes import note

A = UUID(int=1)


class Backwards:
    """A sealing that anybody can undo: the text is reversed."""

    def seal(self, event: dict) -> dict:
        return event | {"data": {"text": event["data"]["text"][::-1]}}

    def unseal(self, event: dict) -> dict:
        return self.seal(event)


def test_the_stored_bytes_are_the_published_event():
    stored = EventMapper().to_stored_event(note(A, 1, "Grüße"))
    assert stored.topic == "NoteAdded"
    assert stored.state == schemas.canonical(note(A, 1, "Grüße").body)
    assert EventMapper().to_domain_event(stored) == note(A, 1, "Grüße")


def test_what_breaks_the_schema_is_refused_before_it_is_stored():
    wrong = note(A, 1, "x")
    wrong.body["data"]["text"] = ["not", "text"]
    with pytest.raises(schemas.InvalidEvent):
        EventMapper().to_stored_event(wrong)


def test_sealing_is_between_what_is_decided_by_and_what_is_stored():
    mapper = EventMapper(Backwards())
    event = note(A, 1, "maple")
    stored = mapper.to_stored_event(event)
    assert json.loads(stored.state)["data"]["text"] == "elpam"
    assert event == note(A, 1, "maple")
    assert mapper.to_domain_event(stored) == event


@pytest.mark.parametrize("newer", [{"version": 99}, {"type": "NotYetInvented"}])
def test_an_event_newer_than_the_code_is_refused_not_guessed_at(newer):
    stored = EventMapper().to_stored_event(note(A, 1, "x"))
    changed = schemas.canonical(json.loads(stored.state) | newer)
    with pytest.raises(RegisterTooNew, match="newer Casebook"):
        EventMapper().to_domain_event(replace(stored, state=changed))


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"{}", b"\xff"])
def test_bytes_that_are_no_event_are_told_with_their_place(body):
    with pytest.raises(RegisterCorrupt, match=f"Event 4 of {A}"):
        EventMapper().recorded(A, 4, body)


def test_an_event_comes_back_as_the_domain_knows_it():
    body = schemas.canonical(note(A, 3, "x").body)
    assert EventMapper().recorded(A, 3, body) == Recorded(A, 3, note(A, 3, "x").body)
