"""The appeals view: since when the clock of each block runs, and what stood on any given day."""

import pytest

from projections import appeals
from tests.projections.histories import History, folded


def on(history, day):
    return appeals.as_of(folded(appeals.FOLDS, history), day)


def test_a_block_is_there_from_the_london_date_of_its_decision():
    history = History().blocked("2024-03-22T10:00")
    assert on(history, "2024-03-21") == []
    (block,) = on(history, "2024-03-22")
    assert (block["block"], block["decided_on"], block["status"]) == (1, "2024-03-22", "blocked")
    assert block["clock_started"] == "2024-03-22"
    assert block["decided_by"] == {"id": "jo.p", "role": "officer"}


@pytest.mark.rule("D-3")
def test_a_decision_before_midnight_utc_in_summer_is_of_the_next_day_in_london():
    (block,) = on(History().blocked("2025-06-30T23:30"), "2025-07-01")
    assert block["decided_on"] == block["clock_started"] == "2025-07-01"


@pytest.mark.rule("D-3")
def test_the_clock_starts_with_an_application_that_came_before_the_decision():
    history = History().blocked("2024-03-22T10:00")
    history("BlockApplied", "2024-03-23T10:00", channel="x")
    history("BlockApplied", "2024-03-20T10:00", channel="facebook")
    (block,) = on(history, "2024-03-22")
    assert (block["decided_on"], block["clock_started"]) == ("2024-03-22", "2024-03-20")


@pytest.mark.rule("D-3")
@pytest.mark.parametrize("result", ["failed", "partly"])
def test_an_attempt_before_the_decision_that_blocked_nobody_starts_no_clock(result):
    history = History().blocked("2024-03-22T10:00")
    history("BlockApplied", "2024-03-20T10:00", channel="facebook", result=result, failure="down")
    assert on(history, "2024-03-22")[0]["clock_started"] == "2024-03-22"


def test_each_channel_has_its_own_state_on_each_day():
    history = History().blocked("2024-03-22T10:00", channels=["facebook", "x", "instagram"])
    history("BlockApplied", "2024-03-23T10:00", channel="facebook")
    history("BlockApplied", "2024-03-23T10:00", channel="x", result="failed", failure="down")
    history(
        "ActionNotPossible",
        "2024-03-24T10:00",
        action="apply-block",
        incident=None,
        block=1,
        channel="instagram",
    )
    history("BlockLifted", "2024-04-01T10:00", channel="facebook")

    def states(day):
        return [each["state"] for each in on(history, day)[0]["channels"]]

    assert states("2024-03-22") == ["pending", "pending", "pending"]
    assert states("2024-03-23") == ["applied", "failed", "pending"]
    assert states("2024-03-24") == ["applied", "failed", "not_possible"]
    assert states("2024-04-01") == ["lifted", "failed", "not_possible"]


def test_lifting_that_failed_leaves_the_channel_as_it_was():
    history = History().blocked()
    history("BlockApplied", "2024-03-23T10:00", channel="facebook")
    history("BlockLifted", "2024-03-24T10:00", channel="facebook", result="failed", failure="no")
    assert on(history, "2024-03-24")[0]["channels"][0]["state"] == "applied"


def test_a_block_reversed_later_still_stood_the_day_before():
    history = History().blocked()
    history("BlockReversed", "2024-05-02T10:00", because="error", appeal=None)
    assert on(history, "2024-05-01")[0]["status"] == "blocked"
    assert on(history, "2024-05-01")[0]["reversed_at"] is None
    assert on(history, "2024-05-02")[0]["status"] == "reversed"
    assert on(history, "2024-05-02")[0]["reversed_at"] == "2024-05-02T10:00:00+00:00"


def test_a_block_that_ran_out_has_ended():
    history = History().blocked()
    history("BlockEnded", "2024-09-02T10:00")
    assert on(history, "2024-09-02")[0]["status"] == "ended"
    assert appeals.standing(folded(appeals.FOLDS, history)) == 0


def test_an_appeal_is_there_from_the_day_of_receipt_and_open_until_decided():
    history = History().blocked()
    history("AppealFiled", "2025-04-03T10:00", appeal=1, received_on="2025-04-01")
    history("AppealDismissed", "2025-04-20T10:00", appeal=1)
    assert on(history, "2025-03-31")[0]["appeals"] == []
    (appeal,) = on(history, "2025-04-01")[0]["appeals"]
    assert (appeal["status"], appeal["decide_by"]) == ("open", "2026-04-08")
    assert on(history, "2025-04-20")[0]["appeals"][0]["status"] == "dismissed"


def test_an_early_appeal_stays_early_unless_it_is_withdrawn():
    history = History().blocked()
    history("AppealReceivedEarly", "2024-06-02T10:00", appeal=1, received_on="2024-06-02")
    history("AppealFiled", "2025-03-25T10:00", appeal=2, received_on="2025-03-25", stands_over=1)
    assert [a["status"] for a in on(history, "2025-03-25")[0]["appeals"]] == ["early", "open"]
    assert on(history, "2025-03-25")[0]["appeals"][0]["decide_by"] is None
    history("AppealWithdrawn", "2025-03-26T10:00", appeal=1)
    assert [a["status"] for a in on(history, "2025-03-26")[0]["appeals"]] == ["withdrawn", "open"]


def test_a_reversal_upholds_the_appeals_that_were_open():
    history = History().blocked()
    history("AppealFiled", "2025-03-25T10:00", appeal=1, received_on="2025-03-25")
    history("BlockReversed", "2025-04-02T10:00", because="error", appeal=None)
    assert on(history, "2025-04-01")[0]["appeals"][0]["status"] == "open"
    assert on(history, "2025-04-02")[0]["appeals"][0]["status"] == "upheld"


def test_an_appeal_dismissed_before_the_reversal_stays_dismissed():
    history = History().blocked()
    history("AppealFiled", "2025-03-25T10:00", appeal=1, received_on="2025-03-25")
    history("AppealDismissed", "2025-03-28T10:00", appeal=1)
    history("BlockReversed", "2025-04-02T10:00", because="error", appeal=None)
    assert on(history, "2025-04-02")[0]["appeals"][0]["status"] == "dismissed"


def test_agreements_to_a_reversal_are_among_the_facts():
    history = History().blocked()
    history("ReversalAgreed", "2025-04-02T10:00", because="appeal", appeal=1)
    history("ReversalDeclined", "2025-04-03T10:00", because="error", appeal=None)
    found = on(history, "2025-04-03")[0]["agreements"]
    assert [(each["answer"], each["because"], each["number"]) for each in found] == [
        ("agreed", "appeal", 1),
        ("declined", "error", None),
    ]


def test_each_block_has_a_clock_and_appeals_of_its_own():
    history = History().blocked("2024-03-22T10:00").blocked("2024-04-22T10:00", block=2)
    history("AppealFiled", "2025-04-25T10:00", appeal=1, block=2, received_on="2025-04-25")
    first, second = on(history, "2025-04-25")
    assert (first["clock_started"], second["clock_started"]) == ("2024-03-22", "2024-04-22")
    assert (len(first["appeals"]), len(second["appeals"])) == (0, 1)
