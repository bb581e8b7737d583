"""A standing block that is changed: milder at any time, harsher as its ground allows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.policies.written import written
from tests.rules.deciding.steps import events, found_abusive, next_commands, terms
from tests.scenarios import Answer, Scenario, codes_of, rules_of, scenario_under

LINES = """
[blocks.grounds.breach]
scopes = ["access", "interacting", "commenting"]
at_most_months = 12
interim = { at_most_months = 1 }
[[duties]]
on = "varied"
code = "tell_the_team"
rules = ["R-INFO1"]
"""
YEAR = {"kind": "fixed", "until": "2027-03-02"}


@pytest.fixture
def council(tmp_path: Path) -> Iterator[Scenario]:
    with scenario_under(tmp_path, written(LINES)) as made:
        yield made


def blocked(council: Scenario, **fields: Any) -> None:
    """A block of 3 March on two pages, applied on one of them."""
    fields = {"channels": ["facebook", "x"], "scope": "interacting", "length": YEAR} | fields
    council.given("block", "2026-03-03", **terms(found_abusive(council), **fields))
    council.given("apply-block", "2026-03-03", block=1, channel="facebook", result="applied")


def varied(council: Scenario, at: str = "2026-04-01", **fields: Any) -> Answer:
    """The answer to varying that block."""
    told = {"block": 1, "reasons": "quiet since", "actor": "pat.o"}
    return council.when("vary-block", at, **(told | fields))


def states(council: Scenario, day: str) -> dict[str, str]:
    [block] = council.appeals(day)
    return {each["channel"]: each["state"] for each in block["channels"]}


def test_a_shortened_block_ends_by_itself_and_names_who_shortened_it(council: Scenario) -> None:
    blocked(council)
    assert varied(council, length={"kind": "fixed", "until": "2026-05-01"})["outcome"] == "accepted"
    assert council.appeals("2026-03-31")[0]["length"]["until"] == "2027-03-02"
    assert council.appeals("2026-04-01")[0]["length"]["until"] == "2026-05-01"
    assert council.casework.tick()
    [ended] = events(council, "BlockEnded")
    assert ended["occurred_at"] == "2026-05-01T23:00:00+00:00"
    assert ended["data"]["set_by"] == "pat.o"
    assert council.appeals("2026-05-02")[0]["status"] == "ended"
    assert len(council.duties(code="lift_block")) == 1
    told = "Pat O varied block 1: it is now until 1 May 2026: “quiet since”."
    assert events(council, "BlockVaried")[0]["words"] == told


def test_a_dropped_channel_owes_its_lifting_and_one_never_reached_owes_nothing(
    council: Scenario,
) -> None:
    blocked(council)
    answer = varied(council, channels=["facebook:parks"], scope="commenting")
    assert sorted(codes_of(answer)) == ["apply_block", "lift_block", "tell_the_team"]
    owed = {(d["code"], d["about"].get("channel")) for d in council.duties()}
    assert owed == {
        ("apply_block", "facebook:parks"),
        ("lift_block", "facebook"),
        ("tell_the_team", None),
    }
    assert states(council, "2026-04-01") == {"facebook:parks": "pending", "facebook": "applied"}
    assert states(council, "2026-03-31") == {"facebook": "applied", "x": "pending"}
    refused = council.when("apply-block", "2026-04-02", block=1, channel="x", result="applied")
    assert rules_of(refused) == ["STATE"]
    council.given("lift-block", "2026-04-02", block=1, channel="facebook", result="lifted")
    assert states(council, "2026-04-02")["facebook"] == "lifted"
    assert council.duties(code="lift_block") == []


def test_a_channel_taken_up_again_need_not_be_lifted(council: Scenario) -> None:
    blocked(council)
    varied(council, channels=["x"])
    assert len(council.duties(code="lift_block")) == 1
    varied(council, "2026-04-02", channels="all")
    assert council.duties(code="lift_block") == []
    owed = {duty["about"]["channel"] for duty in council.duties(code="apply_block")}
    assert owed == {"x", "facebook:parks"}
    back = {"block": 1, "because": "error", "reasons": "a mistake", "actor": "mia.m"}
    assert codes_of(council.given("reverse-block", "2026-04-03", **back)) == ["lift_block"]


def test_what_is_milder_needs_nothing_of_the_ground(council: Scenario) -> None:
    blocked(council)
    council.given("overturn", "2026-03-20", incident=1, because="error", reasons="a joke")
    for change in (
        {"scope": "commenting"},
        {"channels": ["facebook"]},
        {"length": {"kind": "fixed", "until": "2026-06-01"}},
    ):
        assert varied(council, **change)["outcome"] == "accepted"


@pytest.mark.parametrize(
    "change",
    [
        {"scope": "access"},
        {"channels": "all"},
        {"length": {"kind": "fixed", "until": "2027-03-02", "ends": "by_decision"}},
    ],
)
def test_what_is_harsher_needs_all_that_the_ground_needs(council: Scenario, change: Any) -> None:
    blocked(council)
    assert council.when("vary-block", "2026-03-19", block=1, reasons="worse", **change)
    council.given("overturn", "2026-03-20", incident=1, because="error", reasons="a joke")
    varied(council, length={"kind": "fixed", "until": "2026-12-01"})
    varied(council, channels=["x"], scope="commenting")
    answer = varied(council, "2026-04-02", **change)
    assert (answer["outcome"], rules_of(answer)) == ("refused", ["R-MAY1"])


def test_the_cap_counts_from_the_decision_to_block(council: Scenario) -> None:
    blocked(council)
    answer = varied(council, length={"kind": "fixed", "until": "2027-03-03"})
    assert answer["verdict"]["missing"] == ["length.until"]
    assert "until 2027-03-02" in answer["why"][0]


def test_an_interim_block_becomes_the_final_one_under_its_ground(council: Scenario) -> None:
    council.now = datetime.fromisoformat("2026-04-01T12:00:00+00:00")
    blocked(council, interim=True, length={"kind": "fixed", "until": "2026-04-02"})
    answer = varied(council, interim=False, length=YEAR)
    assert answer["outcome"] == "accepted"
    assert "as the final decision" in events(council, "BlockVaried")[0]["words"]
    assert council.appeals("2026-04-01")[0]["length"]["until"] == "2027-03-02"


def test_a_scope_that_the_ground_does_not_know_is_refused(council: Scenario) -> None:
    blocked(council)
    assert varied(council, scope="viewing")["verdict"]["missing"] == ["scope"]


def test_nothing_varied_is_invalid_and_nothing_new_is_refused(council: Scenario) -> None:
    blocked(council)
    assert varied(council)["outcome"] == "invalid"
    assert rules_of(varied(council, scope="interacting")) == ["STATE"]
    assert varied(council, block=2)["outcome"] == "not_found"


def test_a_block_that_was_reversed_is_not_varied(council: Scenario) -> None:
    blocked(council)
    back = {"block": 1, "because": "error", "reasons": "a mistake", "actor": "mia.m"}
    council.given("reverse-block", "2026-03-20", **back)
    assert rules_of(varied(council, scope="commenting")) == ["STATE"]


def test_an_end_that_the_timer_has_seen_is_not_put_off_afterwards(council: Scenario) -> None:
    blocked(council, length={"kind": "fixed", "until": "2026-04-02"})
    council.casework.tick()
    answer = varied(council, length=YEAR)
    assert (answer["outcome"], rules_of(answer)) == ("refused", ["STATE"])


def test_harsher_where_blocks_are_approved_is_for_those_who_approve(tmp_path: Path) -> None:
    approval = '[blocks.approval]\nrules = ["R-MAY1"]\nby = ["communications_manager"]\n'
    with scenario_under(tmp_path, written(approval + LINES)) as council:
        incident = found_abusive(council)
        council.given("propose-block", "2026-03-03", **terms(incident, length=YEAR, actor="mia.m"))
        other = {"staff": "max.m", "role": "communications_manager", "actor": "admin"}
        council.given("appoint", **other, **{"from": "2020-01-01"})
        council.given("approve-block", "2026-03-04", block=1, reasons="so", actor="max.m")
        assert varied(council, channels="all")["outcome"] == "forbidden"
        refused = varied(council, channels="all", actor="mia.m")
        assert refused["verdict"]["missing"] == ["actor"]
        assert varied(council, channels="all", actor="max.m")["outcome"] == "accepted"
        assert varied(council, "2026-04-02", channels=["x"])["outcome"] == "accepted"


def test_the_views_made_anew_are_the_same(council: Scenario) -> None:
    blocked(council)
    varied(council, channels=["x"], length={"kind": "fixed", "until": "2026-12-01"})
    assert council.casework.differences() == []
    council.now = datetime.fromisoformat("2026-06-01T12:00:00+00:00")
    assert "vary-block" in next_commands(council)


def test_a_last_day_alone_says_that_the_length_is_fixed(council: Scenario) -> None:
    blocked(council)
    answer = varied(council, actor="jo.p", length={"until": "2027-06-01"})
    assert (answer["outcome"], answer["verdict"]["missing"]) == ("refused", ["length.until"])
    varied(council, length={"until": "2026-12-01"})
    [shown] = council.appeals("2026-05-01")
    assert shown["length"] == {"kind": "fixed", "until": "2026-12-01", "ends": "by_itself"}
