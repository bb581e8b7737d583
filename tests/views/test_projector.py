"""The views follow the register: each event once, in order, together with it."""

import pytest
from eventsourcing.persistence import IntegrityError

from projections import PROJECTIONS
from services.store.elsewhere import Elsewhere
from services.views.cases import list_cases
from services.views.projector import Projector, ViewsOutOfStep
from services.views.rebuild import differences
from tests.projections.histories import History
from tests.views.registers import Recording, recorded

pytestmark = pytest.mark.embedded(
    "the projector in the transaction that records; tests/projector has the one from Kafka"
)


def positions(history):
    return list(enumerate(history, 1))


def test_views_not_made_yet_are_asked_for(database):
    with pytest.raises(ViewsOutOfStep, match="casebook rebuild"), database.writing():
        Projector(database).apply(positions(History().opened()))


def test_what_was_folded_before_is_dropped(database, recording):
    history = History().opened()
    recording(history)
    with database.writing():
        recording.projector.apply(positions(history))
    assert list_cases(database)[0]["incidents"] == 1
    assert recording.projector.position == 2


def test_a_hole_stops_it_loudly_and_keeps_nothing(database, recording):
    history = History().opened()
    with pytest.raises(ViewsOutOfStep, match="lack event 1"), database.writing():
        recording.projector.apply(positions(history)[1:])
    assert recording.projector.position == 0
    recording(history)
    assert recording.projector.position == 2


def test_a_transaction_rolled_back_leaves_nothing_in_memory(database, recording):
    history = History().opened()
    recording(history)
    undone = history("CommentFlagged", incident=2)

    def torn():
        with database.writing():
            recording.projector.apply([(3, undone)])
            database.execute("INSERT INTO view_audit SELECT * FROM view_audit")

    with pytest.raises(IntegrityError):
        torn()
    history.pop()
    history("CommentFlagged", incident=3)
    history("FlagDismissed", incident=3)
    recording(history)
    assert [each["incident"] for each in list_cases(database)[0]["unreviewed"]] == [1]
    assert differences(database, recording) == []


def test_another_process_that_folded_meanwhile_is_noticed(database, recording):
    history = History().opened()
    recording(history)
    other = Projector(database)
    third = recorded(history("CommentFlagged", incident=2))
    with database.writing():
        other.recorded([(3, third)])
    recording.events.append((3, third))
    history("FlagDismissed", incident=2)
    recording(history)
    assert [each["incident"] for each in list_cases(database)[0]["unreviewed"]] == [1]
    assert differences(database, recording) == []


def test_rows_that_another_process_changed_can_be_dropped_alone(database, recording):
    history = History().opened()
    recording(history)
    third = [(3, recorded(history("CommentFlagged", incident=2)))]
    with database.writing():
        Projector(database).recorded(third)
    recording.events.extend(third)
    elsewhere = Elsewhere(frozenset({third[0][1].originator_id.bytes}), office=False, last=3)
    recording.projector.changed_elsewhere(elsewhere)
    history("FlagDismissed", incident=2)
    recording(history)
    assert differences(database, recording) == []


def test_on_start_it_catches_up_with_the_register(database, recording):
    recording.events.extend((n, recorded(e)) for n, e in positions(History().opened()))
    assert recording.projector.catch_up(recording) == 2
    assert recording.projector.catch_up(recording) == 0
    assert list_cases(database)[0]["incidents"] == 1


def test_a_row_no_longer_in_memory_is_read_again(database):
    recording = Recording(database, kept_rows=1)
    histories = [History(f"ASH-{n:04}-M9XA").opened() for n in range(5)]
    recording(*histories)
    for history in histories:
        history("CommentFlagged", incident=2)
    recording(*histories)
    assert [case["incidents"] for case in list_cases(database)] == [2] * 5
    assert differences(database, recording) == []


def test_events_of_staff_and_council_reach_the_audit_alone(database, recording):
    history = History()
    history("RoleGranted")
    recording(history)
    assert len(database.query("SELECT * FROM view_audit")) == 1
    assert not any(database.query(f"SELECT * FROM view_{each.name}") for each in PROJECTIONS)
