"""What is owed, asked of the register."""

from datetime import UTC, datetime

import pytest

from services.views.duties import list_duties
from tests.projections.histories import History

TELL = {"code": "tell_service_director", "due": "2024-03-05T17:00:00+00:00"}
LATER = {**TELL, "code": "acknowledge_appeal", "due": "2024-03-09T17:00:00+00:00"}
REVIEW = {"code": "review_flag", "owed_by": "communications_manager"}
NOON = datetime(2024, 3, 6, 12, tzinfo=UTC)


@pytest.fixture
def owed(recording):
    history = History()
    history("AccountOpened")
    history("CommentFlagged", account=None, duties=[REVIEW, LATER, TELL])
    history("PostHidden", "2024-03-05T12:00", discharges=["2.2"])
    other = History("ASH-AAAA-M9XA", council="north-northamptonshire").opened()
    recording(history, other)

    def duties(at=NOON, **wanted):
        return [duty["duty"] for duty in list_duties(recording.database, at, **wanted)]

    return duties


def test_what_is_owed_comes_first_due_first_and_undated_last(owed):
    assert owed() == ["2.3", "2.1"]


def test_each_duty_names_its_case(recording, owed):
    assert list_duties(recording.database, NOON)[0] == {
        "case": "ASH-7KQ2-M9XA",
        "duty": "2.3",
        **TELL,
        "rule": "R-A12",
        "owed_by": "officer",
        "overdue": True,
        "raised_at": "2024-03-04T10:00:00+00:00",
        "calendar": None,
        "about": {},
        "status": "owed",
        "ended_at": None,
    }


def test_asked_by_role_by_case_by_council_and_overdue(owed):
    assert owed(role="communications_manager") == ["2.1"]
    assert owed(overdue=True) == ["2.3"]
    assert owed(case="ASH-AAAA-M9XA") == []
    assert owed(council="north-northamptonshire") == []
    assert owed(include_ended=True) == ["2.3", "2.2", "2.1"]


def test_what_was_discharged_since_was_owed_before(owed):
    assert owed(datetime(2024, 3, 5, 11, tzinfo=UTC)) == ["2.3", "2.2", "2.1"]
    assert owed(datetime(2024, 3, 4, 9, tzinfo=UTC)) == []


def test_asking_about_now_leaves_out_nothing_that_is_owed(owed):
    assert owed(now=True) == owed()
