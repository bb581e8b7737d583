"""A person is told that a block is intended, may reply, and is listened to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from services.policies import explain, faults
from services.policies.reading import read
from tests.policies.written import written
from tests.rules.deciding.steps import events, found_abusive, next_commands, proposed, terms
from tests.scenarios import Answer, Scenario, codes_of, rules_of, scenario_under

LINES = """
[clauses]
R-MUST2 = { force = "must", quote = "You have ten days to reply" }
[blocks.hearing]
rules = ["R-MUST2"]
reply_working_days = 10
states = ["reason", "how_to_reply"]
interim = true
[blocks.grounds.breach]
needs = [{ what = "finding", rules = ["R-MAY1"] }, { what = "heard", rules = ["R-MUST2"] }]
[[duties]]
on = "response"
code = "consider_response"
rules = ["R-MUST2"]
due = { working_days = 3, from = "received_on" }
"""
NOTICE = {"block": 1, "via": "email", "delivery": "sent", "reply_by": "2026-03-17"}
NOTICE |= {"states": ["reason", "how_to_reply"]}
CONSIDERED = {"block": 1, "reasons": "it was no joke"}


@pytest.fixture
def council(tmp_path: Path) -> Iterator[Scenario]:
    with scenario_under(tmp_path, written(LINES)) as made:
        yield made


def block(council: Scenario, day: str, **fields: Any) -> Answer:
    """The answer to deciding the block that was proposed."""
    return council.when("block", day, **terms(1, **({"actor": "pat.o"} | fields)))


def refused_for(answer: Answer) -> list[str]:
    assert (answer["outcome"], rules_of(answer)) == ("refused", ["R-MUST2"])
    missing: list[str] = answer["verdict"]["missing"]
    return missing


def test_nobody_is_blocked_before_the_intention_was_told(council: Scenario) -> None:
    found_abusive(council)
    answer = block(council, "2026-03-03")
    assert refused_for(answer) == ["notify-intention"]
    assert [way["command"] for way in answer["verdict"]["instead"]] == ["propose-block"]
    council.given("propose-block", "2026-03-03", **terms(1))
    answer = block(council, "2026-03-03")
    assert [way["command"] for way in answer["verdict"]["instead"]] == ["notify-intention"]


def test_who_does_not_reply_is_blocked_once_the_time_has_passed(council: Scenario) -> None:
    proposed(council)
    council.given("notify-intention", "2026-03-03", **NOTICE)
    answer = block(council, "2026-03-17")
    assert refused_for(answer) == ["receive-response"]
    assert answer["verdict"]["allowed_from"] == "2026-03-18T00:00:00+00:00"
    assert block(council, "2026-03-18")["outcome"] == "accepted"
    assert council.appeals("2026-04-01")[0]["block"] == 1


def test_a_response_is_considered_before_the_decision(council: Scenario) -> None:
    proposed(council)
    council.given("notify-intention", "2026-03-03", **NOTICE)
    reply = {"block": 1, "received_on": "2026-03-05", "text": "It was a joke"}
    answer = council.given("receive-response", "2026-03-06", **reply)
    assert codes_of(answer) == ["consider_response"]
    assert answer["verdict"]["duties"][0]["due"] == "2026-03-10T17:00:00+00:00"
    assert refused_for(block(council, "2026-03-20")) == ["consider-response"]
    council.given("consider-response", "2026-03-09", **CONSIDERED)
    assert council.duties(code="consider_response") == []
    assert block(council, "2026-03-09")["outcome"] == "accepted"


def test_a_second_response_is_considered_too(council: Scenario) -> None:
    proposed(council)
    council.given("notify-intention", "2026-03-03", **NOTICE)
    for day in ("2026-03-05", "2026-03-10"):
        council.given("receive-response", day, block=1, received_on=day)
        assert refused_for(block(council, day)) == ["consider-response"]
        council.given("consider-response", day, **CONSIDERED)
    again = council.when("consider-response", "2026-03-11", **CONSIDERED)
    assert rules_of(again) == ["STATE"]


def test_a_response_is_recorded_late_and_unasked(council: Scenario) -> None:
    proposed(council)
    reply = {"block": 1, "received_on": "2026-03-04"}
    assert council.given("receive-response", "2026-03-04", **reply)
    future = council.when("receive-response", "2026-03-04", block=1, received_on="2026-03-05")
    assert future["outcome"] == "invalid"


@pytest.mark.parametrize(
    ("change", "missing"),
    [
        ({"reply_by": "2026-03-16"}, ["reply_by"]),
        ({"states": ["reason"]}, ["states"]),
        ({"delivery": "failed"}, ["failure"]),
    ],
)
def test_a_notice_gives_its_time_and_states_what_it_must(
    council: Scenario, change: dict[str, Any], missing: list[str]
) -> None:
    proposed(council)
    answer = council.when("notify-intention", "2026-03-03", **(NOTICE | change))
    assert refused_for(answer) == missing


def test_a_notice_that_failed_was_tried(council: Scenario) -> None:
    proposed(council)
    tried = NOTICE | {"delivery": "failed", "failure": "no address known"}
    tried.pop("states")
    council.given("notify-intention", "2026-03-03", **tried)
    assert block(council, "2026-03-18")["outcome"] == "accepted"


def test_an_interim_block_does_not_wait_and_is_heard_before_it_is_final(council: Scenario) -> None:
    council.now = datetime.fromisoformat("2026-03-30T12:00:00+00:00")
    found_abusive(council)
    length = {"kind": "fixed", "until": "2026-04-30"}
    assert block(council, "2026-03-03", interim=True, length=length)["outcome"] == "accepted"
    final = {"block": 1, "reasons": "heard", "interim": False}
    assert refused_for(council.when("vary-block", "2026-03-04", **final)) == ["notify-intention"]
    council.given("notify-intention", "2026-03-03", **NOTICE)
    council.given("receive-response", "2026-03-05", block=1, received_on="2026-03-05")
    council.given("consider-response", "2026-03-06", **CONSIDERED)
    council.given("vary-block", "2026-03-06", **final)
    words = [event["words"] for event in events(council)][-4:]
    assert words[0] == (
        "Jo P gave notice by email of the intention to block, as block 1, "
        "to be replied to by 17 March 2026."
    )
    assert words[1] == "A response about the intended block 1 was received on 5 March 2026."
    assert words[2] == "Jo P considered the response about block 1: “it was no joke”."


def test_there_is_nothing_to_be_heard_about(council: Scenario) -> None:
    found_abusive(council)
    for command, fields in (
        ("notify-intention", NOTICE),
        ("receive-response", {"block": 1, "received_on": "2026-03-03"}),
        ("consider-response", CONSIDERED),
    ):
        assert council.when(command, "2026-03-03", **fields)["outcome"] == "not_found"


def test_a_policy_that_is_silent_has_no_intention_told(tmp_path: Path) -> None:
    with scenario_under(tmp_path, written()) as council:
        proposed(council)
        answer = council.when("notify-intention", "2026-03-03", **NOTICE)
        assert (answer["outcome"], rules_of(answer)) == ("refused", ["SILENT-INTENTION"])
        council.given("receive-response", "2026-03-04", block=1, received_on="2026-03-04")


def test_show_names_the_next_step_of_a_hearing(council: Scenario) -> None:
    proposed(council)
    assert "notify-intention" in next_commands(council)
    assert "approve-block" not in next_commands(council)
    council.given("notify-intention", "2026-03-03", **NOTICE)
    council.given("receive-response", "2026-03-05", block=1, received_on="2026-03-05")
    assert "consider-response" in next_commands(council)


def test_the_page_tells_how_a_person_is_heard() -> None:
    page = explain(read(written(LINES).encode()))
    assert "told of the intention, and has 10 working days to reply" in page
    assert "The notice states: reason and how to reply." in page
    assert "- consider what they replied: officer, within 3 working days of receipt" in page


@pytest.mark.parametrize(
    ("lines", "path"),
    [
        (
            '[blocks.grounds.breach]\nneeds = [{ what = "heard", rules = ["R-MAY1"] }]',
            "blocks.grounds.breach.needs.0.what",
        ),
        ('[removal]\nneeds = [{ what = "heard", rules = ["R-MAY1"] }]', "removal.needs.0.what"),
    ],
)
def test_a_hearing_that_nobody_gives_is_found(lines: str, path: str) -> None:
    assert [fault.path for fault in faults(written(lines).encode())] == [path]
