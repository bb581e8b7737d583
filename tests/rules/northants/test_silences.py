"""Where North Northamptonshire is silent: no appeal, no agreement, no length, no director."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rules.northants.steps import block, blocked, events
from tests.scenarios import Scenario, codes_of, rules_of

DAY, LATER = "2026-03-03", "2026-03-04"
APPEAL = {
    "block": 1,
    "received_on": LATER,
    "via": "email",
    "appellant": {"kind": "owner", "checked": "a code on the profile"},
}
IN_ERROR: dict[str, Any] = {"block": 1, "because": "error", "reasons": "the account was hacked"}
COMPLAINT = {"received_on": "2026-03-27", "via": "email", "about": "the block", "block": 1}


def test_an_appeal_is_refused_with_the_two_ways_that_are_open(northants: Scenario) -> None:
    blocked(northants)
    for actor in ("jo.p", "col.c"):
        answer = northants.when("file-appeal", LATER, **APPEAL, actor=actor)
        assert (answer["outcome"], rules_of(answer)) == ("refused", ["SILENT-APPEALS"])
        ways = [way["command"] for way in answer["verdict"]["instead"]]
        assert ways == ["complain", "reverse-block"]
        assert answer["verdict"]["allowed_from"] is None
    assert events(northants, "RefusalRecorded") == []
    assert events(northants, "AppealFiled") == []


def test_the_appeals_view_says_that_nobody_knows_an_appeal(northants: Scenario) -> None:
    blocked(northants)
    [row] = northants.appeals("2027-12-31")
    assert (row["eligible"], row["eligible_from"]) == (None, None)
    assert [reason["rule"] for reason in row["because"]] == ["SILENT-APPEALS"]
    assert row["agreement_needed"] == []
    assert "complaint" in row["complaint_route"]


@pytest.mark.rule("D-7", "D-27")
def test_a_block_in_error_is_reversed_by_another_person_with_nobodys_agreement(
    northants: Scenario,
) -> None:
    blocked(northants)
    own = northants.when("reverse-block", LATER, **IN_ERROR)
    assert (own["outcome"], rules_of(own)) == ("refused", ["D-7"])
    answer = northants.given("reverse-block", LATER, **IN_ERROR, actor="pat.o")
    assert rules_of(answer) == ["SILENT-REVERSAL"]
    assert northants.appeals(LATER)[0]["status"] == "reversed"


def test_telling_the_director_is_allowed_and_nothing_is_owed(northants: Scenario) -> None:
    blocked(northants)
    assert northants.duties(code="tell_service_director") == []
    told = {"block": 1, "told": "sam.d", "via": "email", "delivery": "delivered"}
    answer = northants.given("tell-director", DAY, **told)
    assert rules_of(answer) == ["SILENT-DIRECTOR"]


@pytest.mark.parametrize("ground", ["continues", "extreme", "reserved_power"])
def test_a_ground_of_another_council_is_no_ground(northants: Scenario, ground: str) -> None:
    incident = northants.upheld(DAY)
    answer = block(northants, DAY, ground, incident, actor="mia.m")
    assert (answer["outcome"], rules_of(answer)) == ("refused", ["SILENT-BLOCK-GROUND"])
    rules = [way["rule"] for way in answer["verdict"]["instead"]]
    assert rules == ["R-N21", "R-N25", "R-N32"]


def test_extreme_is_no_fast_path_here(northants: Scenario) -> None:
    incident = northants.flagged(DAY)
    swearing = [{"category": "abusive_threatening", "sub_reason": "swearing"}]
    found = {"incident": incident, "findings": swearing, "viewpoint_neutral": True}
    extreme = {"extreme": {"reason": "vile"}}
    answer = northants.when("uphold", DAY, **found, **extreme, actor="pat.o")
    assert (answer["outcome"], rules_of(answer)) == ("refused", ["SILENT-MARK"])


def test_a_record_need_not_hold_what_the_policy_never_asked(northants: Scenario) -> None:
    account = {"platform": "facebook", "handle": "oak.leaf"}
    item, source = {"kind": "comment"}, {"kind": "officer"}
    answer = northants.given("flag", DAY, account=account, item=item, source=source)
    assert codes_of(answer) == ["review_flag"]


@pytest.mark.rule("D-19")
def test_a_complaint_is_acknowledged_in_five_working_days_and_answered_in_ten(
    northants: Scenario,
) -> None:
    blocked(northants)
    received = northants.given("complain", "2026-03-27", **COMPLAINT, actor="col.c")
    [owed] = received["verdict"]["duties"]
    assert (owed["code"], owed["rule"]) == ("acknowledge_complaint", "LAW-19")
    assert owed["due"] == "2026-04-07T16:00:00+00:00", "Good Friday and Easter Monday are skipped"
    known = northants.given("acknowledge-complaint", "2026-03-30", complaint=1, actor="col.c")
    [owed] = known["verdict"]["duties"]
    assert (owed["code"], owed["due"]) == ("answer_complaint", "2026-04-15T16:00:00+00:00")
    reasons = {"complaint": 1, "result": "not_upheld", "reasons": "the post was explicit"}
    northants.given("answer-complaint", "2026-04-10", **reasons, actor="col.c")
    assert northants.duties(code="answer_complaint") == []


def test_a_permanent_block_leaves_no_way_back(northants: Scenario) -> None:
    incident = northants.upheld(DAY, explicit=True)
    answer = block(northants, DAY, "explicit", incident, length={"kind": "permanent"})
    assert (answer["outcome"], rules_of(answer)) == ("refused", ["SILENT-BLOCK-LENGTH"])
    assert answer["verdict"]["missing"] == ["length.kind"]


def test_a_second_block_needs_a_page_or_a_reach_that_the_first_lacks(northants: Scenario) -> None:
    blocked(northants)
    incident = northants.upheld(LATER, explicit=True)
    again = block(northants, LATER, "explicit", incident)
    assert (again["outcome"], rules_of(again)) == ("refused", ["STATE"])
    wider = block(northants, LATER, "explicit", incident, channels=["facebook", "x"])
    assert wider["outcome"] == "accepted"


def test_who_must_review_is_reminded_on_the_day_that_was_set(northants: Scenario) -> None:
    blocked(northants, review_on="2026-04-03")
    [review] = northants.duties(code="review_block")
    assert (review["rule"], review["due"]) == ("R-N21", "2026-04-07T16:00:00+00:00")
    kept = {"block": 1, "reasons": "the posts went on elsewhere", "review_on": "2026-09-01"}
    northants.given("review-block", "2026-04-07", **kept)
    [review] = northants.duties(code="review_block")
    assert review["due"] == "2026-09-01T16:00:00+00:00"
