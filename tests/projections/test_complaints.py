"""The complaints view: open and answered, by stage."""

from projections import complaints
from tests.projections.histories import History, folded


def listed(history):
    return complaints.listed(folded(complaints.FOLDS, history))


def complained():
    history = History()
    history("ComplaintReceived", "2024-04-02T10:00", received_on="2024-04-02")
    return history


def test_a_complaint_is_open_until_it_is_answered():
    history = complained()
    assert (listed(history)[0]["status"], listed(history)[0]["stage"]) == ("open", 1)
    history("ComplaintAnswered", "2024-04-20T10:00")
    (complaint,) = listed(history)
    assert (complaint["status"], complaint["result"]) == ("answered", "not_upheld")
    assert complaint["answered_at"] == "2024-04-20T10:00:00+00:00"


def test_its_answer_is_due_from_the_acknowledgement_and_an_extension_moves_it():
    history = complained()
    assert listed(history)[0]["answer_by"] is None
    history("ComplaintAcknowledged", "2024-04-03T10:00", answer_by="2024-04-17")
    assert listed(history)[0]["answer_by"] == "2024-04-17"
    history("ComplaintExtended", "2024-04-16T10:00", until="2024-05-09")
    history("ComplaintExtended", "2024-04-10T10:00", until="2024-05-01")
    assert listed(history)[0]["answer_by"] == "2024-05-09"


def test_a_complaint_taken_further_is_open_again_at_the_next_stage():
    history = complained()
    history("ComplaintAnswered", "2024-04-20T10:00")
    history("ComplaintEscalated", "2024-05-09T10:00", acknowledge_by="2024-05-16")
    (complaint,) = listed(history)
    assert (complaint["stage"], complaint["status"]) == (2, "open")
    assert (complaint["acknowledge_by"], complaint["answer_by"]) == ("2024-05-16", None)


def test_what_it_is_about_stands_in_the_personal_part_alone():
    row = folded(complaints.FOLDS, complained())
    assert row.pop("personal") == {"1": "I was never told why I was blocked"}
    assert "never told" not in str(row)
