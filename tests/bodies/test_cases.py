"""The case of each of the six bodies, played under its file: what it answers, and what stands."""

from __future__ import annotations

from typing import Any

import pytest

from tests.bodies.bodies import BODIES, IDS, Body
from tests.bodies.playing import Played, play
from tests.bodies.telling import told

WAYS = {
    "rules": lambda verdict: [rule["rule"] for rule in verdict["rules"]],
    "missing": lambda verdict: verdict["missing"],
    "duties": lambda verdict: [duty["code"] for duty in verdict["duties"]],
    "due": lambda verdict: [duty["due"] for duty in verdict["duties"]],
    "instead": lambda verdict: [way["command"] for way in verdict["instead"]],
    "allowed_from": lambda verdict: verdict["allowed_from"],
}


@pytest.fixture(scope="module", params=BODIES, ids=IDS)
def body(request: pytest.FixtureRequest) -> Body:
    found: Body = request.param
    return found


@pytest.fixture(scope="module")
def played(body: Body) -> Played:
    return play(body)


def test_each_step_is_answered_as_the_policy_has_it(body: Body, played: Played) -> None:
    wrong = [
        f"{step['at']} {step['do']} ({step['says']}): {key} is {is_}, not {wanted}"
        for step, answer in zip(body.case["step"], played.answers, strict=True)
        for key, wanted in ({"outcome": "accepted"} | step.get("then", {})).items()
        if (is_ := _said(answer, key)) != wanted
    ]
    assert not wrong, "\n".join(wrong)


def test_what_stands_in_the_end(body: Body, played: Played) -> None:
    for end in body.case["end"]:
        stands = played.stands[end["who"]]
        assert {path: _at(stands, path) for path in end["is"]} == end["is"]


def test_every_answer_is_the_one_on_file(body: Body, played: Played) -> None:
    """To write them anew after a change that is meant: python -m tests.bodies."""
    assert told(body, played) == body.answers_file.read_text(encoding="utf-8")


def _said(answer: dict[str, Any], key: str) -> Any:
    if key == "outcome":
        return answer["outcome"]
    if key == "events":
        return [event["type"] for event in answer["events"]]
    return WAYS[key](answer["verdict"])


def _at(value: Any, path: str) -> Any:
    for step in path.split("."):
        value = value[int(step) if isinstance(value, list) else step]
    return value
