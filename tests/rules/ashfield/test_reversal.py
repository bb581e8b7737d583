"""Ashfield: a block is reversed by two people, one of them the Communications Manager."""

from __future__ import annotations

import pytest

from tests.rules.ashfield.histories import (
    appeal,
    block_of,
    blocked,
    events,
    owed,
    recorded_refusals,
    reversal,
    twice_upheld_and_hidden,
)
from tests.scenarios import rules_of, types_of

DECIDED = "2023-03-23T10:00:00+00:00"
DAY = "2024-04-02"


def appealed(ashfield, **fields):
    blocked(ashfield, DECIDED, **fields)
    ashfield.given("file-appeal", DAY, **appeal(DAY))
    return reversal("appeal", appeal=1)


def kinds(scenario):
    return [event["type"] for event in events(scenario)]


@pytest.mark.rule("R-A28")
@pytest.mark.rule("D-7")
def test_a_reversal_needs_the_managers_agreement_and_another_person(ashfield):
    because = appealed(ashfield)
    alone = ashfield.when("reverse-block", DAY, **because, actor="pat.o")
    assert (alone["outcome"], rules_of(alone)) == ("refused", ["R-A28"])
    assert alone["verdict"]["missing"] == ["agree-reversal"]
    assert [way["command"] for way in alone["verdict"]["instead"]] == ["agree-reversal"]
    ashfield.given("agree-reversal", DAY, **because, actor="mia.m")
    same = ashfield.when("reverse-block", DAY, **because, actor="mia.m")
    assert (same["outcome"], rules_of(same)) == ("refused", ["R-A28", "D-7"])
    answer = ashfield.given("reverse-block", DAY, **because, actor="pat.o")
    assert (types_of(answer), rules_of(answer)) == (["BlockReversed"], ["R-A28"])
    [row] = ashfield.appeals(DAY)
    assert (row["status"], row["eligible"]) == ("reversed", False)
    assert row["appeals"][0]["status"] == "upheld"


@pytest.mark.rule("R-A28")
@pytest.mark.parametrize("actor", ["jo.p", "pat.o", "sam.d", "col.c"])
def test_only_the_manager_agrees(ashfield, actor):
    because = appealed(ashfield)
    answer = ashfield.when("agree-reversal", DAY, **because, actor=actor)
    assert (answer["outcome"], rules_of(answer)) == ("forbidden", ["R-A28"])
    assert recorded_refusals(ashfield)[-1] == ("agree-reversal", "forbidden", ["R-A28"])


@pytest.mark.rule("R-A28")
@pytest.mark.rule("D-7")
def test_the_role_counts_on_the_day_of_the_agreement(ashfield):
    because = appealed(ashfield)
    role = {"staff": "mia.m", "role": "communications_manager", "actor": "admin"}
    ashfield.given("end-appointment", **role, until="2024-04-01")
    late = ashfield.when("agree-reversal", DAY, **because, actor="mia.m")
    assert (late["outcome"], rules_of(late)) == ("forbidden", ["R-A28"])
    ashfield.given("appoint", **role, **{"from": DAY}, until=DAY)
    ashfield.given("agree-reversal", f"{DAY}T21:59:00+00:00", **because, actor="mia.m")
    after = "2024-04-03"
    ashfield.given("reverse-block", after, **because, actor="pat.o")


@pytest.mark.rule("D-7")
@pytest.mark.parametrize("act", ["reverse-block", "agree-reversal", "dismiss-appeal"])
def test_who_decided_the_block_undoes_nothing_of_it(ashfield, act):
    incidents = twice_upheld_and_hidden(ashfield, "2020-06-01")
    ashfield.given("block", DECIDED, **block_of(incidents), actor="mia.m")
    ashfield.given("file-appeal", DAY, **appeal(DAY))
    document = {"appeal": 1, "reasons": "no"} if act == "dismiss-appeal" else None
    document = document or reversal("appeal", appeal=1)
    answer = ashfield.when(act, DAY, **document, actor="mia.m")
    assert answer["outcome"] == "refused"
    assert {"R-A28", "D-7"} <= set(rules_of(answer))
    assert "actor" in answer["verdict"]["missing"]


@pytest.mark.rule("D-7")
def test_a_deputy_agrees_only_where_the_manager_may_not(ashfield):
    deputy = {"staff": "dee.d", "role": "communications_manager", "deputy_for": "mia.m"}
    ashfield.given("appoint", **deputy, **{"from": "2012-01-01"}, actor="admin")
    because = appealed(ashfield)
    answer = ashfield.when("agree-reversal", DAY, **because, actor="dee.d")
    assert (answer["outcome"], rules_of(answer)) == ("forbidden", ["R-A28"])
    incidents = [1, 2]
    ashfield.given("agree-reversal", DAY, **because, actor="mia.m")
    ashfield.given("reverse-block", DAY, **because, actor="pat.o")
    ashfield.given("block", "2024-04-05", **block_of(incidents), actor="mia.m")
    error = reversal() | {"block": 2}
    own = ashfield.when("agree-reversal", "2024-04-06", **error, actor="mia.m")
    assert (own["outcome"], rules_of(own)) == ("refused", ["R-A28", "D-7"])
    ashfield.given("agree-reversal", "2024-04-06", **error, actor="dee.d")
    ashfield.given("reverse-block", "2024-04-06", **error, actor="jo.p")


@pytest.mark.rule("D-7")
def test_a_deputy_agrees_where_the_manager_has_no_appointment_that_day(ashfield):
    deputy = {"staff": "dee.d", "role": "communications_manager", "deputy_for": "mia.m"}
    ashfield.given("appoint", **deputy, **{"from": "2012-01-01"}, actor="admin")
    gone = {"staff": "mia.m", "role": "communications_manager", "until": "2024-04-01"}
    ashfield.given("end-appointment", **gone, actor="admin")
    because = appealed(ashfield)
    ashfield.given("agree-reversal", DAY, **because, actor="dee.d")
    ashfield.given("reverse-block", DAY, **because, actor="pat.o")


@pytest.mark.rule("D-7")
def test_refusing_an_appeal_needs_no_manager(ashfield):
    appealed(ashfield)
    own = ashfield.when("dismiss-appeal", DAY, appeal=1, reasons="no")
    assert (own["outcome"], rules_of(own)) == ("refused", ["R-A28", "D-7"])
    ashfield.given("dismiss-appeal", DAY, appeal=1, reasons="no change", actor="pat.o")
    assert "ReversalAgreed" not in kinds(ashfield)


@pytest.mark.rule("R-A28")
def test_an_agreement_serves_that_reversal_only_and_lapses(ashfield):
    because = appealed(ashfield)
    ashfield.given("agree-reversal", DAY, **because, actor="mia.m")
    error = ashfield.when("reverse-block", DAY, **reversal(), actor="pat.o")
    assert (error["outcome"], rules_of(error)) == ("refused", ["R-A28"])
    ashfield.given("decline-reversal", DAY, **because, actor="mia.m")
    declined = ashfield.when("reverse-block", DAY, **because, actor="pat.o")
    assert rules_of(declined) == ["R-A28"]
    ashfield.given("agree-reversal", DAY, **because, actor="mia.m")
    ashfield.given("dismiss-appeal", DAY, appeal=1, reasons="no", actor="pat.o")
    lapsed = ashfield.when("reverse-block", DAY, **because, actor="pat.o")
    assert set(rules_of(lapsed)) == {"STATE", "R-A28"}


@pytest.mark.rule("D-11")
def test_a_complaint_recommends_but_does_not_reverse(ashfield):
    blocked(ashfield, DECIDED)
    complaint = {"received_on": "2023-03-24", "via": "email", "about": "unfair", "block": 1}
    ashfield.given("complain", "2023-03-24", **complaint)
    because = reversal("complaint", complaint=1)
    alone = ashfield.when("reverse-block", "2023-03-27", **because, actor="pat.o")
    assert (alone["outcome"], rules_of(alone)) == ("refused", ["R-A28"])
    ashfield.given("agree-reversal", "2023-03-27", **because, actor="mia.m")
    ashfield.given("acknowledge-complaint", "2023-03-27", complaint=1, actor="col.c")
    answered = {"complaint": 1, "result": "upheld", "reasons": "the wrong person"}
    ashfield.given("answer-complaint", "2023-03-28", **answered, actor="col.c")
    ashfield.given("reverse-block", "2023-03-29", **because, actor="pat.o")


@pytest.mark.rule("D-11")
def test_a_complaint_not_upheld_ends_the_agreement(ashfield):
    blocked(ashfield, DECIDED)
    complaint = {"received_on": "2023-03-24", "via": "email", "about": "unfair", "block": 1}
    ashfield.given("complain", "2023-03-24", **complaint)
    because = reversal("complaint", complaint=1)
    ashfield.given("agree-reversal", "2023-03-27", **because, actor="mia.m")
    answered = {"complaint": 1, "result": "not_upheld", "reasons": "fair"}
    ashfield.given("answer-complaint", "2023-03-28", **answered, actor="col.c")
    answer = ashfield.when("reverse-block", "2023-03-29", **because, actor="pat.o")
    assert set(rules_of(answer)) == {"STATE", "R-A28"}


@pytest.mark.rule("D-27")
def test_a_block_made_in_error_is_reversed_at_any_time_by_two(ashfield):
    answer = blocked(ashfield, DECIDED)
    assert answer["outcome"] == "accepted"
    alone = ashfield.when("reverse-block", "2023-03-23", **reversal(), actor="pat.o")
    assert (alone["outcome"], rules_of(alone)) == ("refused", ["R-A28"])
    ashfield.given("agree-reversal", "2023-03-24", **reversal(), actor="mia.m")
    ashfield.given("reverse-block", "2023-03-24", **reversal(), actor="pat.o")


@pytest.mark.rule("R-A28")
def test_a_reversal_owes_lifting_wherever_the_block_was_applied(ashfield):
    because = appealed(ashfield)
    ashfield.given("apply-block", DAY, block=1, channel="facebook", result="applied")
    lifted = {"block": 1, "channel": "facebook", "result": "lifted"}
    early = ashfield.when("lift-block", DAY, **lifted)
    assert (early["outcome"], rules_of(early)) == ("refused", ["R-A28"])
    ashfield.given("agree-reversal", DAY, **because, actor="mia.m")
    answer = ashfield.given("reverse-block", DAY, **because, actor="pat.o")
    assert [(d["code"], d["rule"], d["about"]) for d in answer["verdict"]["duties"]] == [
        ("lift_block", "R-A28", {"block": 1, "channel": "facebook"})
    ]
    assert owed(ashfield) == ["acknowledge_appeal", "lift_block", "tell_service_director"]
    ashfield.given("lift-block", DAY, **lifted | {"result": "failed", "failure": "no button"})
    assert "lift_block" in owed(ashfield)
    ashfield.given("lift-block", DAY, **lifted)
    assert "lift_block" not in owed(ashfield)
    after = ashfield.when("file-appeal", DAY, **appeal(DAY))
    assert (after["outcome"], rules_of(after)) == ("refused", ["STATE"])


@pytest.mark.rule("R-A28")
@pytest.mark.parametrize(
    "milder",
    [{"length": {"kind": "fixed", "until": DAY}}, {"channels": ["facebook"]}],
    ids=["sooner", "on one page"],
)
def test_a_block_is_not_ended_sooner_or_on_a_page_without_the_agreement(ashfield, milder):
    because = appealed(ashfield, channels="all")
    varied = {"block": 1, "reasons": "milder", **milder, "actor": "pat.o"}
    alone = ashfield.when("vary-block", DAY, **varied)
    assert (alone["outcome"], rules_of(alone)) == ("refused", ["R-A28"])
    assert alone["verdict"]["missing"] == ["agree-reversal"]
    ashfield.given("agree-reversal", DAY, **because, actor="mia.m")
    same = ashfield.when("vary-block", DAY, **varied | {"actor": "mia.m"})
    assert (same["outcome"], rules_of(same)) == ("refused", ["R-A28", "D-7"])
    assert types_of(ashfield.given("vary-block", DAY, **varied)) == ["BlockVaried"]
