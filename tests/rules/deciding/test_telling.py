"""How a person is told of a block and of its end, which director is told, and who may let go."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from services.policies import explain, faults
from services.policies.reading import read
from tests.policies.written import written
from tests.rules.deciding.steps import events, found_abusive, proposed, terms
from tests.scenarios import Scenario, codes_of, rules_of, scenario_under

LINES = """
[roles.chief]
name = "Chief Officer"
rules = ["R-INFO1"]
like = "officer"
[blocks.notice]
force = "must"
rules = ["R-WILL1"]
ways = ["email", "letter"]
states = ["reason", "complaint_route"]
after_reversal = "must"
[director]
rules = ["R-WILL1"]
told = "chief"
aware = "sent"
[[duties]]
on = "blocked"
code = "notify_block"
rules = ["R-WILL1"]
[[duties]]
on = "blocked"
code = "tell_service_director"
rules = ["R-WILL1"]
waived_by = ["communications_manager"]
[[duties]]
on = "unblocked"
code = "notify_reversal"
rules = ["R-WILL1"]
[permissions]
rules = ["R-INFO1"]
waive = ["officer", "communications_manager"]
"""
NOTICE = {"block": 1, "via": "email", "delivery": "sent", "states": ["reason", "complaint_route"]}


@pytest.fixture
def council(tmp_path: Path) -> Iterator[Scenario]:
    with scenario_under(tmp_path, written(LINES)) as made:
        since = {"from": "2020-01-01", "actor": "admin"}
        made.given("appoint", staff="chi.f", role="chief", **since)
        made.given("block", "2026-03-03", **terms(found_abusive(made)))
        yield made


@pytest.mark.parametrize(
    ("change", "missing"),
    [
        ({"via": "public_reply"}, ["via"]),
        ({"states": ["reason"]}, ["states"]),
        ({"delivery": "failed", "states": []}, ["failure"]),
    ],
)
def test_a_notice_goes_the_right_way_and_states_what_it_must(
    council: Scenario, change: dict[str, Any], missing: list[str]
) -> None:
    fields = {key: value for key, value in (NOTICE | change).items() if value}
    answer = council.when("notify-block", "2026-03-04", **fields)
    assert (rules_of(answer), answer["verdict"]["missing"]) == (["R-WILL1"], missing)
    council.given("notify-block", "2026-03-04", **NOTICE)
    assert council.duties(code="notify_block") == []


def test_the_person_is_told_that_the_block_was_reversed(council: Scenario) -> None:
    council.given("apply-block", "2026-03-04", block=1, channel="facebook", result="applied")
    back = {"block": 1, "because": "error", "reasons": "a mistake", "actor": "mia.m"}
    answer = council.given("reverse-block", "2026-03-05", **back)
    assert sorted(codes_of(answer)) == ["lift_block", "notify_reversal"]
    council.given("notify-block", "2026-03-06", block=1, via="letter", delivery="sent")
    assert council.duties(code="notify_reversal") == []


def test_the_role_that_the_policy_names_is_told_and_sending_is_enough(council: Scenario) -> None:
    told = {"block": 1, "via": "email", "delivery": "sent"}
    answer = council.when("tell-director", "2026-03-04", told="sam.d", **told)
    assert answer["verdict"]["missing"] == ["told"]
    assert "post of Chief" in answer["why"][0]
    council.given("tell-director", "2026-03-04", told="chi.f", **told)
    assert council.duties(code="tell_service_director") == []
    council.given("director-acknowledges", "2026-03-05", block=1, actor="chi.f")
    assert events(council, "DirectorAcknowledged")[0]["actor"]["role"] == "chief"


def test_sent_is_not_aware_where_the_policy_does_not_say_so(tmp_path: Path) -> None:
    lines = LINES.replace('aware = "sent"', "").replace('told = "chief"', "")
    with scenario_under(tmp_path, written(lines)) as council:
        council.given("block", "2026-03-03", **terms(found_abusive(council)))
        told = {"block": 1, "via": "email", "told": "sam.d"}
        council.given("tell-director", "2026-03-04", delivery="sent", **told)
        assert len(council.duties(code="tell_service_director")) == 1
        council.given("tell-director", "2026-03-04", delivery="delivered", **told)
        assert council.duties(code="tell_service_director") == []


def test_a_failed_notice_under_a_policy_that_is_silent_names_the_silence(tmp_path: Path) -> None:
    with scenario_under(tmp_path, written()) as council:
        council.given("block", "2026-03-03", **terms(found_abusive(council)))
        told = {"block": 1, "via": "email", "delivery": "failed"}
        answer = council.when("notify-block", "2026-03-03", **told)
        assert (answer["outcome"], rules_of(answer)) == ("refused", ["SILENT-NOTICE"])
        assert answer["verdict"]["missing"] == ["failure"]


def test_doctor_looks_for_a_holder_of_the_post_that_is_told(council: Scenario) -> None:
    found = [each["finding"] for each in council.casework.doctor()]
    assert not any("chief" in finding or "service director" in finding for finding in found)
    ending = {"staff": "chi.f", "role": "chief", "until": "2026-05-01", "actor": "admin"}
    council.given("end-appointment", **ending)
    found = [each["finding"] for each in council.casework.doctor()]
    assert "Nobody holds the post of chief today" in found


def test_a_duty_is_let_go_by_whom_the_policy_names(council: Scenario) -> None:
    [duty] = council.duties(code="tell_service_director")
    waived = {"duty": duty["duty"], "reason": "on leave"}
    answer = council.when("waive", "2026-03-04", **waived)
    assert (answer["outcome"], rules_of(answer)) == ("forbidden", ["R-WILL1"])
    [other] = council.duties(code="apply_block")
    council.given("waive", "2026-03-04", duty=other["duty"], reason="platform closed")
    council.given("waive", "2026-03-04", actor="mia.m", **waived)


def test_the_page_tells_it() -> None:
    page = explain(read(written(LINES).encode()))
    for said in (
        "They are told by email or letter.",
        "The notice states: reason and complaint route.",
        "When the block has ended: the council will tell them.",
        "The Chief is told, and aware once it is sent:",
        "waived only by the communications manager",
    ):
        assert said in page


@pytest.mark.parametrize(
    ("old", "new", "place", "problem"),
    [
        ('after_reversal = "must"', "", "code", "the policy gives none"),
        ('told = "chief"', 'told = "mayor"', "director.told", "no role"),
        ('waived_by = ["comm', 'waived_by = ["auditor"]# ', "waived_by", "may not waive"),
        (
            'code = "notify_block"',
            'code = "notify_block"\nwaived_by = ["officer"]',
            "waived_by",
            "owed to the account's owner",
        ),
    ],
)
def test_what_nobody_could_do_is_found(old: str, new: str, place: str, problem: str) -> None:
    assert faults(written(LINES).encode()) == []
    found = faults(written(LINES.replace(old, new, 1)).encode())
    assert any(f.path.endswith(place) and problem in f.problem for f in found), found


def test_show_lists_what_is_proposed(tmp_path: Path) -> None:
    with scenario_under(tmp_path, written()) as council:
        proposed(council)
        shown = council.casework.reading.show(
            council.casework.reading.find_case(None, council.case)
        )
        [proposal] = shown["state"]["proposals"]
        assert (proposal["block"], proposal["status"]) == (1, "proposed")
        assert shown["blocks"] == []
