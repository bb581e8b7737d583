"""Hiding and deleting at North Northamptonshire: on a finding, or on one of two grounds."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.rules.northants.steps import block, events
from tests.scenarios import SWEARING, Scenario, codes_of, rules_of

MONDAY = "2026-03-02"
CONCERN = {"reason": "names a child at risk", "viewpoint_neutral": True}


@pytest.mark.rule("R-N2")
def test_a_differing_view_is_no_breach(northants: Scenario) -> None:
    incident = northants.flagged(MONDAY, item={"text": "this council is useless"})
    biased = {"findings": SWEARING, "viewpoint_neutral": False}
    answer = northants.when("uphold", MONDAY, incident=incident, **biased)
    assert (answer["outcome"], rules_of(answer)) == ("refused", ["R-N2"])
    assert [way["command"] for way in answer["verdict"]["instead"]] == ["dismiss"]
    dismissed = northants.given("dismiss", MONDAY, incident=incident, reason="no_breach")
    assert rules_of(dismissed) == ["R-N2"]


@pytest.mark.rule("R-N2")
def test_a_biased_finding_that_was_tried_stays_on_the_record(northants: Scenario) -> None:
    incident = northants.flagged(MONDAY)
    biased = {"incident": incident, "findings": SWEARING, "viewpoint_neutral": False}
    answer = northants.when("uphold", MONDAY, **biased)
    assert [event["type"] for event in answer["events"]] == ["RefusalRecorded"]
    [kept] = events(northants, "RefusalRecorded")
    assert json.loads(kept["data"].pop("asked")) == biased
    assert kept["data"] == {"command": "uphold", "outcome": "refused", "incident": incident}
    northants.when("hide", MONDAY, incident=incident)
    assert len(events(northants, "RefusalRecorded")) == 1, "no rule against it says never"


@pytest.mark.rule("R-N2")
@pytest.mark.parametrize("act", ["hide", "delete"])
def test_nothing_is_removed_that_would_stay_if_it_praised_us(northants: Scenario, act: str) -> None:
    incident = northants.upheld(MONDAY, explicit=True)
    answer = northants.when(act, MONDAY, incident=incident, viewpoint_neutral=False)
    assert (answer["outcome"], rules_of(answer)) == ("refused", ["R-N2"])
    answer = block(northants, MONDAY, "explicit", incident, viewpoint_neutral=False)
    assert (answer["outcome"], rules_of(answer)) == ("refused", ["R-N2"])


@pytest.mark.rule("R-N19", "R-N31", "R-N34")
@pytest.mark.parametrize("act", ["hide", "delete"])
def test_without_a_category_nothing_is_removed(northants: Scenario, act: str) -> None:
    incident = northants.flagged(MONDAY, item={"text": "I do not like the new bins"})
    northants.given("capture", MONDAY, incident=incident, held_at="S:/evidence")
    answer = northants.when(act, MONDAY, incident=incident)
    assert answer["outcome"] == "refused"
    assert rules_of(answer) == ["R-N19", "R-N34"]
    assert answer["verdict"]["missing"] == ["uphold"]
    assert [way["command"] for way in answer["verdict"]["instead"]] == ["uphold", "dismiss"]


@pytest.mark.rule("R-N19", "R-N23")
@pytest.mark.parametrize("act", ["hide", "delete"])
def test_without_capture_nothing_is_removed(northants: Scenario, act: str) -> None:
    incident = northants.flagged(MONDAY)
    found = {"incident": incident, "findings": SWEARING, "viewpoint_neutral": True}
    northants.given("uphold", MONDAY, **found)
    answer = northants.when(act, MONDAY, incident=incident)
    assert answer["outcome"] == "refused"
    assert rules_of(answer) == ["R-N19", "R-N23"]
    assert answer["verdict"]["missing"] == ["capture"]


@pytest.mark.rule("R-N31", "R-N19")
@pytest.mark.parametrize("act", ["hide", "delete"])
def test_a_captured_comment_with_a_category_may_be_hidden_or_deleted(
    northants: Scenario, act: str
) -> None:
    incident = northants.upheld(MONDAY)
    answer = northants.given(act, MONDAY, incident=incident)
    assert rules_of(answer) == ["R-N19", "R-N31"]
    assert {rule["force"] for rule in answer["verdict"]["rules"]} == {"may"}


@pytest.mark.rule("R-N34")
def test_a_finding_taken_back_brings_the_post_back(northants: Scenario) -> None:
    incident = northants.upheld(MONDAY)
    northants.given("hide", MONDAY, incident=incident)
    reasons = {"because": "error", "reasons": "it was a quotation"}
    answer = northants.given("overturn", "2026-03-03", incident=incident, **reasons)
    assert [(d["code"], d["rule"]) for d in answer["verdict"]["duties"]] == [
        ("restore_post", "R-N34")
    ]
    assert [duty["code"] for duty in northants.duties()] == ["restore_post"]
    northants.given("restore", "2026-03-03", incident=incident, reason="no breach")
    assert northants.duties() == []


@pytest.mark.rule("R-N38")
def test_a_text_message_has_no_post_to_hide(northants: Scenario) -> None:
    sms = {"platform": "sms", "handle": "07700 900123"}
    incident = northants.upheld(MONDAY, account=sms, item={"kind": "text_message"})
    answer = northants.when("hide", MONDAY, incident=incident)
    assert (answer["outcome"], rules_of(answer)) == ("refused", ["R-N38"])
    assert "nothing" in answer["why"][0]


@pytest.mark.rule("R-N42")
def test_a_disclosure_is_hidden_to_protect_the_person_and_counts_for_nothing(
    northants: Scenario,
) -> None:
    incident = northants.flagged(MONDAY, why="a child is named")
    protect = {"incident": incident, "ground": "protect_person", **CONCERN}
    early = northants.when("hide", MONDAY, **protect)
    assert (early["outcome"], rules_of(early)) == ("refused", ["R-N23"])
    northants.given("capture", MONDAY, incident=incident, held_at="S:/evidence")
    answer = northants.given("hide", MONDAY, **protect)
    assert rules_of(answer) == ["R-N42"]
    assert codes_of(answer) == []
    [hidden] = events(northants, "PostHidden")
    assert hidden["data"]["ground"] == "protect_person"
    assert events(northants, "FlagUpheld") == []


@pytest.mark.rule("R-N42")
@pytest.mark.parametrize("lacking", ["reason", "viewpoint_neutral"])
def test_protecting_a_person_needs_a_reason_and_an_open_mind(
    northants: Scenario, lacking: str
) -> None:
    incident = northants.flagged(MONDAY)
    northants.given("capture", MONDAY, incident=incident, held_at="S:/evidence")
    told: dict[str, Any] = {key: value for key, value in CONCERN.items() if key != lacking}
    answer = northants.when("hide", MONDAY, incident=incident, ground="protect_person", **told)
    assert (answer["outcome"], answer["verdict"]["missing"]) == ("refused", [lacking])


@pytest.mark.rule("R-N42", "R-N32")
def test_what_was_hidden_to_protect_someone_is_never_persistence(northants: Scenario) -> None:
    upheld = [northants.upheld(MONDAY), northants.upheld(MONDAY)]
    protected = northants.flagged(MONDAY)
    northants.given("capture", MONDAY, incident=protected, held_at="S:/evidence")
    northants.given("hide", MONDAY, incident=protected, ground="protect_person", **CONCERN)
    third = block(
        northants, MONDAY, "persistent", *upheld, protected, scope="commenting", actor="mia.m"
    )
    assert third["outcome"] == "refused"
    assert {"R-N32", "D-20"} <= set(rules_of(third))


@pytest.mark.rule("R-N19")
def test_no_other_ground_is_borrowed_from_elsewhere(northants: Scenario) -> None:
    incident = northants.upheld(MONDAY)
    power = {"ground": "reserved_power", "reason": "unwelcome", "viewpoint_neutral": True}
    answer = northants.when("hide", MONDAY, incident=incident, **power)
    assert (answer["outcome"], rules_of(answer)) == ("refused", ["SILENT-REMOVAL-GROUND"])
