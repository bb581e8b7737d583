"""The duties view: what is owed at any moment, and how the rest ended."""

from datetime import UTC, datetime

from projections import duties
from tests.projections.histories import History, folded

TELL = {"code": "tell_service_director", "due": "2024-03-05T17:00:00+00:00", "about": {"block": 1}}


def at(history, day, hour=12):
    moment = datetime(2024, 3, day, hour, tzinfo=UTC)
    return duties.as_of(folded(duties.FOLDS, history), moment)


def owing(*raised):
    history = History()
    history("Blocked", "2024-03-04T10:00", duties=raised or [TELL])
    return history


def test_a_duty_is_owed_from_when_it_is_raised():
    assert at(owing(), 3) == []
    (duty,) = at(owing(), 4)
    assert duty == {
        "duty": "1.1",
        **TELL,
        "rule": "R-A12",
        "owed_by": "officer",
        "overdue": False,
        "raised_at": "2024-03-04T10:00:00+00:00",
        "calendar": None,
        "status": "owed",
        "ended_at": None,
    }


def test_it_is_overdue_once_its_due_is_past():
    assert not at(owing(), 5, hour=17)[0]["overdue"]
    assert at(owing(), 5, hour=18)[0]["overdue"]


def test_a_due_in_summer_time_is_the_same_moment():
    history = owing({**TELL, "due": "2024-03-05T17:00:00+01:00"})
    assert at(history, 5, hour=17)[0]["overdue"]


def test_a_duty_without_a_due_is_never_overdue():
    assert not at(owing({"code": "remove_content"}), 30)[0]["overdue"]


def test_what_was_done_in_time_is_discharged():
    history = owing()
    history("DirectorNotified", "2024-03-05T16:00", discharges=["1.1"])
    assert at(history, 5, hour=15)[0]["status"] == "owed"
    (duty,) = at(history, 6)
    assert (duty["status"], duty["overdue"]) == ("discharged", False)
    assert duty["ended_at"] == "2024-03-05T16:00:00+00:00"


def test_what_was_done_after_its_due_is_discharged_late():
    history = owing()
    history("DirectorNotified", "2024-03-05T18:00", discharges=["1.1"])
    assert at(history, 6)[0]["status"] == "discharged_late"


def test_a_waived_duty_is_owed_no_more():
    history = owing()
    history("DutyWaived", "2024-03-06T10:00", duty="1.1")
    assert at(history, 7)[0]["status"] == "waived"


def test_an_act_recorded_late_discharges_at_the_time_at_which_it_was_done():
    history = owing()
    history("DirectorNotified", "2024-03-07T10:00", discharges=["1.1"])
    history("DirectorNotified", "2024-03-05T10:00", discharges=["1.1"])
    assert at(history, 8)[0]["status"] == "discharged"


def test_a_duty_raised_again_has_the_new_due_from_then_on():
    history = owing()
    again = {**TELL, "duty": "1.1", "due": "2024-03-12T17:00:00+00:00"}
    history("ComplaintExtended", "2024-03-06T10:00", duties=[again])
    assert at(history, 5)[0]["due"] == "2024-03-05T17:00:00+00:00"
    (duty,) = at(history, 7)
    assert (duty["due"], duty["overdue"]) == ("2024-03-12T17:00:00+00:00", False)
    assert duty["raised_at"] == "2024-03-04T10:00:00+00:00"


def test_duties_come_in_the_order_in_which_they_were_raised():
    history = owing(*[{"code": "apply_block", "due": None} for _ in range(11)])
    assert [duty["duty"] for duty in at(history, 4)][-2:] == ["1.10", "1.11"]


def test_events_that_raise_and_end_nothing_leave_the_view_alone():
    history = History().opened()
    assert not any(duties.concerns(event) for event in history)
    assert duties.concerns(owing()[0])
