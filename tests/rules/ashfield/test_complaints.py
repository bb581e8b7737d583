"""Ashfield: a complaint about a block, its two stages and its clocks (LAW-19)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.rules.ashfield.histories import blocked, events, owed
from tests.scenarios import rules_of, types_of

COMPLAINT = {"via": "email", "about": "the block is unfair"}


def due(answer):
    return [(d["code"], d["due"], d["owed_by"]) for d in answer["verdict"]["duties"]]


def by(handler, scenario, command, day, **fields):
    return scenario.given(command, day, complaint=1, actor=handler, **fields)


@pytest.fixture
def complained(ashfield):
    ashfield.now = datetime(2026, 12, 1, 12, tzinfo=UTC)
    blocked(ashfield, "2026-04-01T10:00:00+00:00")
    received = COMPLAINT | {"received_on": "2026-04-02", "block": 1}
    answer = ashfield.given("complain", "2026-04-02", **received, actor="col.c")
    owes = ("acknowledge_complaint", "2026-04-13T16:00:00+00:00", "complaints_officer")
    assert due(answer) == [owes]
    return ashfield


@pytest.mark.rule("R-A53", "LAW-19")
def test_both_stages_run_from_their_acknowledgement_over_the_bank_holidays(complained):
    stage_1 = by("col.c", complained, "acknowledge-complaint", "2026-04-13")
    owes = ("answer_complaint", "2026-04-27T16:00:00+00:00", "complaints_officer")
    assert due(stage_1) == [owes]
    more = {"reason": "waiting for the platform", "until": "2026-05-12"}
    extended = by("col.c", complained, "extend-complaint", "2026-04-27", **more)
    assert due(extended) == [("answer_complaint", "2026-05-12T16:00:00+00:00", owes[2])]
    [duty] = complained.duties(code="answer_complaint")
    assert duty["due"] == "2026-05-12T16:00:00+00:00"
    answered = {"result": "not_upheld", "reasons": "fair"}
    by("col.c", complained, "answer-complaint", "2026-04-28", **answered)
    assert "answer_complaint" not in owed(complained)
    escalated = by("col.c", complained, "escalate-complaint", "2026-04-29")
    assert due(escalated) == [("acknowledge_complaint", "2026-05-07T16:00:00+00:00", owes[2])]
    stage_2 = by("pat.o", complained, "acknowledge-complaint", "2026-05-07")
    assert due(stage_2) == [("answer_complaint", "2026-06-05T16:00:00+00:00", owes[2])]
    told = [e["data"].get("answer_by") or e["data"].get("until") for e in events(complained)]
    assert [day for day in told if day] == ["2026-04-27", "2026-05-12", "2026-06-05"]


@pytest.mark.rule("LAW-19")
def test_an_extension_has_its_limit_and_is_given_once(complained):
    by("col.c", complained, "acknowledge-complaint", "2026-04-13")
    more = {"complaint": 1, "reason": "waiting", "actor": "col.c"}
    far = complained.when("extend-complaint", "2026-04-27", **more, until="2026-05-13")
    assert (far["outcome"], rules_of(far)) == ("refused", ["LAW-19"])
    assert far["verdict"]["missing"] == ["until"]
    complained.given("extend-complaint", "2026-04-27", **more, until="2026-05-12")
    twice = complained.when("extend-complaint", "2026-04-28", **more, until="2026-05-14")
    assert (twice["outcome"], "STATE" in rules_of(twice)) == ("refused", True)


@pytest.mark.rule("LAW-19")
def test_stage_2_is_answered_by_another_person(complained):
    by("col.c", complained, "acknowledge-complaint", "2026-04-13")
    answered = {"result": "not_upheld", "reasons": "fair"}
    by("col.c", complained, "answer-complaint", "2026-04-20", **answered)
    by("col.c", complained, "escalate-complaint", "2026-04-29")
    by("col.c", complained, "acknowledge-complaint", "2026-05-07")
    same = complained.when("answer-complaint", "2026-05-20", complaint=1, actor="col.c", **answered)
    assert (same["outcome"], rules_of(same)) == ("refused", ["LAW-19"])
    assert same["verdict"]["missing"] == ["actor"]
    by("pat.o", complained, "answer-complaint", "2026-05-20", **answered)


def test_a_complaint_is_owed_to_the_person_and_cannot_be_waived(complained):
    [duty] = complained.duties(code="acknowledge_complaint")
    answer = complained.when("waive", "2026-04-03", duty=duty["duty"], reason="no", actor="mia.m")
    assert (answer["outcome"], rules_of(answer)) == ("refused", ["LAW-19"])


@pytest.mark.rule("R-A53")
def test_a_complaint_needs_no_block(ashfield):
    ashfield.flagged("2025-03-03")
    received = COMPLAINT | {"received_on": "2025-03-03"}
    answer = ashfield.given("complain", "2025-03-04", **received)
    assert (types_of(answer), rules_of(answer)) == (["ComplaintReceived"], ["R-A53"])


@pytest.mark.rule("LAW-19")
@pytest.mark.parametrize("acknowledged_on", ["2026-04-07", "2026-04-09"])
def test_a_complaint_answered_first_is_still_acknowledged_but_not_answered_twice(
    complained, acknowledged_on
):
    answered = {"result": "not_upheld", "reasons": "fair"}
    by("col.c", complained, "answer-complaint", "2026-04-08", **answered)
    assert "acknowledge_complaint" in owed(complained)
    acknowledged = by("col.c", complained, "acknowledge-complaint", acknowledged_on)
    assert due(acknowledged) == []
    assert not {"acknowledge_complaint", "answer_complaint"} & set(owed(complained))
    again = complained.when("acknowledge-complaint", "2026-04-10", complaint=1, actor="col.c")
    assert (again["outcome"], rules_of(again)) == ("refused", ["STATE"])
