"""The cases view: whose a case is, what waits, whether it is over."""

from projections import cases
from tests.projections.histories import History, folded


def row(history):
    return folded(cases.FOLDS, history)


def test_a_case_is_opened_under_the_handle_and_name_it_was_found_by():
    found = row(History().opened())
    assert (found["case"], found["platform"]) == ("ASH-7KQ2-M9XA", "facebook")
    assert (cases.handle(found), cases.name(found)) == ("maple.heron", "Maple Heron")


def test_personal_values_stand_in_the_personal_part_alone():
    found = row(History().opened())
    personal = found.pop("personal")
    assert "maple.heron" in str(personal)
    assert "aple" not in str(found)


def test_a_flag_waits_until_it_is_upheld_or_dismissed():
    history = History().opened()
    waiting = {"incident": 1, "seen_at": "2025-03-03T10:05:00+00:00"}
    assert cases.unreviewed(row(history)) == [
        {**waiting, "waiting_since": "2024-03-01T09:00:00+00:00"}
    ]
    history("FlagDismissed", incident=1)
    assert cases.unreviewed(row(history)) == []


def test_an_incident_never_seen_has_no_time_of_seeing():
    history = History().opened()
    history("CommentFlagged", incident=2, seen_at=None)
    assert [each["seen_at"] for each in cases.unreviewed(row(history))][1] is None


def test_the_record_may_be_completed_with_whose_account_it_is():
    history = History()
    history("AccountOpened", handle=None, name=None, unknown=True)
    history("CommentFlagged", incident=1, account=None)
    assert cases.handle(row(history)) is None
    history(
        "RecordCompleted",
        incident=1,
        account={"handle": "oak.owl", "name": "Oak Owl"},
        seen_at="2024-03-01T08:00:00+00:00",
    )
    assert (cases.handle(row(history)), cases.name(row(history))) == ("oak.owl", "Oak Owl")
    assert cases.unreviewed(row(history))[0]["seen_at"] == "2024-03-01T08:00:00+00:00"


def test_a_name_that_only_a_later_flag_gave_is_taken_from_it():
    history = History()
    history("AccountOpened", name=None)
    account = {"platform": "facebook", "handle": "maple.heron", "name": "M. Heron"}
    history("CommentFlagged", incident=1, account=account)
    assert cases.name(row(history)) == "M. Heron"


def test_a_change_of_handle_keeps_the_old_one_for_looking_up():
    history = History().opened()
    history("HandleChanged", handle="oak.owl", name=None)
    found = row(history)
    assert (cases.handle(found), cases.name(found)) == ("oak.owl", "Maple Heron")
    assert [fact[1] for fact in found["personal"]["handles"]] == ["maple.heron", "oak.owl"]


def test_of_two_changes_of_handle_the_one_that_happened_later_holds():
    history = History().opened()
    history("HandleChanged", "2024-03-09T10:00", handle="third")
    history("HandleChanged", "2024-03-06T10:00", handle="second")
    assert cases.handle(row(history)) == "third"


def test_corrections_reach_the_name_handle_and_time_of_seeing_they_name():
    history = History().opened()
    history("RecordCorrected", sequence=1, field="name", value="Mabel Heron")
    history("RecordCorrected", sequence=1, field="handle", value="mabel.heron")
    history("RecordCorrected", sequence=2, field="seen_at", value="2024-02-29T10:00:00+00:00")
    found = row(history)
    assert (cases.handle(found), cases.name(found)) == ("mabel.heron", "Mabel Heron")
    assert cases.unreviewed(found)[0]["seen_at"] == "2024-02-29T10:00:00+00:00"


def test_categories_are_those_of_findings_that_stand():
    history = History().opened()
    history("FlagUpheld", "2024-03-05T10:00", incident=1, findings=[{"category": "obscene"}])
    assert cases.categories(row(history)) == {"obscene"}
    history("FindingOverturned", "2024-03-06T10:00", incident=1)
    assert cases.categories(row(history)) == set()


def test_a_case_is_blocked_open_or_closed():
    history = History().opened()
    assert cases.status(row(history), standing=1, owed=0) == "blocked"
    assert cases.status(row(history), standing=0, owed=0) == "open"
    history("FlagDismissed", incident=1)
    assert cases.status(row(history), standing=0, owed=1) == "open"
    assert cases.status(row(history), standing=0, owed=0) == "closed"


def test_an_upheld_incident_is_over_once_it_is_closed():
    history = History().opened()
    history("FlagUpheld", incident=1)
    assert cases.status(row(history), standing=0, owed=0) == "open"
    history("IncidentClosed", incident=1)
    assert cases.status(row(history), standing=0, owed=0) == "closed"
