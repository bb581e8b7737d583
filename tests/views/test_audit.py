"""One case from beginning to end."""

from datetime import UTC, datetime

import schemas
from services.views.audit import audit_case
from tests.projections.histories import History

NOW = datetime(2024, 6, 1, tzinfo=UTC)
CASE = "ASH-7KQ2-M9XA"


def played():
    history = History().opened()
    history("FlagUpheld", "2024-03-05T10:00", incident=1)
    history("PostHidden", "2024-03-05T11:00", incident=1)
    owed = {"code": "tell_service_director", "due": "2024-03-25T17:00:00+00:00"}
    history("Blocked", "2024-03-22T10:00", duties=[owed])
    return history


def audited(recording, **clocks):
    return audit_case(recording.database, CASE, NOW, **clocks)


def test_the_events_are_those_that_were_stored_each_with_its_words(recording):
    history = played()
    recording(history)
    events = audited(recording)["events"]
    assert [event.pop("words") for event in events][3] == "Jo P hid the post of incident 1."
    assert [schemas.canonical(e) for e in events] == [schemas.canonical(e) for e in history]


def test_every_event_there_is_comes_back_as_it_was_stored(recording):
    history = History().opened()
    for type in schemas.event_types():
        if schemas.event_schema(type)["examples"][0]["stream"]["kind"] == "account":
            history(type, note="by hand", already_done="It was done before anybody asked")
    recording(history)
    events = audited(recording)["events"]
    for event in events:
        event.pop("words")
    assert [schemas.canonical(e) for e in events] == [schemas.canonical(e) for e in history]


def test_personal_values_stand_in_a_column_of_their_own(recording):
    recording(played())
    for (body,) in recording.database.query("SELECT body FROM view_audit"):
        assert b"aple" not in body
        assert b"useless" not in body


def test_the_state_at_the_end(recording):
    recording(played())
    state = audited(recording)["state"]
    assert state["status"] == "blocked"
    assert state["incidents"] == [{"incident": 1, "status": "upheld", "content": "hidden"}]
    assert [(block["block"], block["status"]) for block in state["blocks"]] == [(1, "blocked")]
    assert [(duty["code"], duty["overdue"]) for duty in state["duties"]] == [
        ("tell_service_director", True)
    ]
    assert (state["appeals"], state["complaints"]) == ([], [])


def test_as_of_a_moment_the_rest_has_not_happened(recording):
    recording(played())
    found = audited(recording, as_of=datetime(2024, 3, 5, 10, 30, tzinfo=UTC))
    assert len(found["events"]) == 3
    assert found["state"]["status"] == "open"
    assert found["state"]["incidents"] == [
        {"incident": 1, "status": "upheld", "content": "visible"}
    ]


def test_as_known_at_a_moment_what_was_recorded_later_is_not_known(recording):
    history = played()
    history(
        "PostRestored",
        "2024-03-06T10:00",
        incident=1,
        recorded_at="2024-04-06T10:00:00+00:00",
    )
    recording(history)
    known = audited(recording, as_known_at=datetime(2024, 4, 1, tzinfo=UTC))
    assert known["state"]["incidents"][0]["content"] == "hidden"
    stood = audited(recording, as_of=datetime(2024, 4, 1, tzinfo=UTC))
    assert stood["state"]["incidents"][0]["content"] == "visible"


def test_nobody_has_a_case_of_an_unknown_reference(recording):
    assert audited(recording) is None
