"""The fast path of North Northamptonshire: what is explicit is deleted and its account blocked."""

from __future__ import annotations

import pytest

from tests.rules.northants.steps import block, blocked, events
from tests.scenarios import Scenario, codes_of, rules_of

MONDAY = "2026-03-02"
SEXUAL = [{"category": "obscene", "sub_reason": "sexual"}]
ON_X = {"platform": "x", "handle": "maple.heron"}


@pytest.mark.rule("R-N25", "D-15")
def test_explicit_owes_deletion_and_a_block_and_no_asking(northants: Scenario) -> None:
    incident = northants.flagged(MONDAY)
    found = {"incident": incident, "findings": SEXUAL, "viewpoint_neutral": True}
    answer = northants.given("uphold", MONDAY, **found, explicit=True)
    owed = {duty["code"]: (duty["rule"], duty["due"]) for duty in answer["verdict"]["duties"]}
    assert owed == {
        "capture_evidence": ("R-N23", None),
        "remove_content": ("R-N25", None),
        "block_account": ("R-N25", None),
    }


@pytest.mark.rule("D-15", "R-N25")
def test_obscene_is_not_explicit_by_itself(northants: Scenario) -> None:
    incident = northants.upheld(MONDAY, SEXUAL)
    owed = {duty["code"] for duty in northants.duties()}
    assert owed == {"ask_removal_public", "ask_removal_direct"}
    answer = block(northants, MONDAY, "explicit", incident)
    assert (answer["outcome"], rules_of(answer)) == ("refused", ["R-N25", "D-15"])
    assert answer["verdict"]["missing"] == ["explicit"]


@pytest.mark.rule("D-15")
def test_any_category_can_be_explicit(northants: Scenario) -> None:
    incident = northants.upheld(MONDAY, explicit=True)
    assert block(northants, MONDAY, "explicit", incident)["outcome"] == "accepted"


@pytest.mark.rule("R-N25", "R-N22")
def test_a_block_for_the_explicit_needs_no_request_and_the_person_is_told(
    northants: Scenario,
) -> None:
    incident = northants.upheld(MONDAY, explicit=True)
    answer = block(northants, MONDAY, "explicit", incident)
    assert answer["outcome"] == "accepted"
    assert codes_of(answer) == ["notify_block", "apply_block"]
    assert northants.duties(code="block_account") == []
    assert events(northants, "RemovalRequested") == []
    untold = northants.when("apply-block", MONDAY, block=1, channel="facebook", result="applied")
    assert (untold["outcome"], rules_of(untold)) == ("refused", ["R-N22", "D-13"])


@pytest.mark.rule("R-N25", "R-N23")
def test_even_the_explicit_is_captured_first(northants: Scenario) -> None:
    incident = northants.flagged(MONDAY)
    found = {"incident": incident, "findings": SEXUAL, "viewpoint_neutral": True}
    northants.given("uphold", MONDAY, **found, explicit=True)
    for answer in (
        block(northants, MONDAY, "explicit", incident),
        northants.when("delete", MONDAY, incident=incident),
    ):
        assert answer["outcome"] == "refused"
        assert "R-N23" in rules_of(answer)
        assert answer["verdict"]["missing"] == ["capture"]


@pytest.mark.rule("R-N25")
def test_hiding_does_not_do_where_the_policy_says_delete(northants: Scenario) -> None:
    incident = northants.upheld(MONDAY, explicit=True)
    assert block(northants, MONDAY, "explicit", incident)["outcome"] == "accepted"
    northants.given("hide", MONDAY, incident=incident)
    assert [duty["rule"] for duty in northants.duties(code="remove_content")] == ["R-N25"]
    closed = northants.when("close-incident", MONDAY, incident=incident)
    assert (closed["outcome"], rules_of(closed)) == ("refused", ["R-N25"])
    reasoned = {"incident": incident, "unremoved_because": "hidden is enough"}
    assert northants.when("close-incident", MONDAY, **reasoned)["outcome"] == "refused"
    northants.given("delete", MONDAY, incident=incident)
    assert northants.duties(code="remove_content") == []
    northants.given("close-incident", MONDAY, incident=incident)


@pytest.mark.rule("R-N25")
def test_what_its_author_took_away_need_not_be_deleted(northants: Scenario) -> None:
    incident = northants.upheld(MONDAY, explicit=True)
    northants.given("content-gone", MONDAY, incident=incident, by="author")
    assert northants.duties(code="remove_content") == []
    assert len(northants.duties(code="block_account")) == 1


@pytest.mark.rule("R-N25", "D-24")
@pytest.mark.parametrize("report_first", [True, False])
def test_on_x_deletion_is_impossible_and_the_platform_is_told_instead(
    northants: Scenario, report_first: bool
) -> None:
    incident = northants.upheld(MONDAY, explicit=True, account=ON_X)
    deleted = northants.when("delete", MONDAY, incident=incident)
    assert (deleted["outcome"], rules_of(deleted)) == ("refused", ["R-N19", "R-N31"])
    ways = [way["command"] for way in deleted["verdict"]["instead"]]
    assert ways == ["hide", "report-platform", "not-possible"]
    steps = [
        ("report-platform", {}),
        ("not-possible", {"action": "delete", "reason": "X has no such thing"}),
    ]
    for command, told in steps if report_first else steps[::-1]:
        assert len(northants.duties(code="remove_content")) == 1
        northants.given(command, MONDAY, incident=incident, **told)
    assert northants.duties(code="remove_content") == []


@pytest.mark.rule("R-N25")
def test_while_a_block_stands_no_other_is_owed(northants: Scenario) -> None:
    blocked(northants, "2026-03-02")
    incident = northants.flagged("2026-03-04")
    found = {"incident": incident, "findings": SEXUAL, "viewpoint_neutral": True}
    answer = northants.given("uphold", "2026-03-04", **found, explicit=True)
    assert codes_of(answer) == ["capture_evidence", "remove_content"]


@pytest.mark.rule("R-N25")
def test_a_block_that_cannot_be_made_is_owed_no_more(northants: Scenario) -> None:
    incident = northants.upheld(MONDAY, explicit=True)
    gone = {"action": "block", "incident": incident, "reason": "the account is deleted"}
    northants.given("not-possible", MONDAY, **gone)
    assert northants.duties(code="block_account") == []


@pytest.mark.rule("R-N25")
def test_the_ground_asks_for_an_incident_and_bars_all_access(northants: Scenario) -> None:
    incident = northants.upheld(MONDAY, explicit=True)
    none = block(northants, MONDAY, "explicit")
    assert none["outcome"] == "refused"
    assert "incidents" in none["verdict"]["missing"]
    narrow = block(northants, MONDAY, "explicit", incident, scope="commenting")
    assert (narrow["outcome"], narrow["verdict"]["missing"]) == ("refused", ["scope"])
