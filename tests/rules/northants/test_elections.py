"""Before elections North Northamptonshire may have to delete what takes sides: in a window only."""

from __future__ import annotations

import pytest

from tests.rules.northants.steps import block
from tests.scenarios import Scenario, codes_of, rules_of

MONDAY = "2026-03-02"
PARTISAN = {"ground": "pre_election", "reason": "vote for a party", "viewpoint_neutral": True}


def declare(council: Scenario, kind: str, name: str, start: str, end: str) -> None:
    """Declare a period of the council."""
    told = {"kind": kind, "name": name, "from": start, "until": end, "reason": "notice"}
    council.given("declare-period", "2026-02-01", actor="mia.m", **told)


@pytest.mark.rule("R-N45")
@pytest.mark.parametrize("act", ["hide", "delete"])
def test_outside_a_declared_election_period_that_ground_is_shut(
    northants: Scenario, act: str
) -> None:
    incident = northants.flagged(MONDAY)
    northants.given("capture", MONDAY, incident=incident, held_at="S:/evidence")
    answer = northants.when(act, MONDAY, incident=incident, **PARTISAN)
    assert (answer["outcome"], rules_of(answer)) == ("refused", ["R-N45"])
    assert answer["verdict"]["missing"] == ["declare-period"]


@pytest.mark.rule("R-N45", "D-25")
@pytest.mark.parametrize(
    ("day", "outcome"),
    [
        ("2026-03-29", "refused"),
        ("2026-03-30", "accepted"),
        ("2026-05-07", "accepted"),
        ("2026-05-08", "refused"),
    ],
)
def test_the_period_runs_from_the_notice_to_the_close_of_poll(
    northants: Scenario, day: str, outcome: str
) -> None:
    declare(northants, "pre_election", "council election", "2026-03-30", "2026-05-07")
    incident = northants.flagged(MONDAY, item={"text": "vote for the Ash Party"})
    northants.given("capture", MONDAY, incident=incident, held_at="S:/evidence")
    answer = northants.when("delete", day, incident=incident, **PARTISAN)
    assert (answer["outcome"], rules_of(answer)) == (outcome, ["R-N45"])
    assert codes_of(answer) == []


@pytest.mark.rule("D-25", "R-N45")
def test_election_periods_may_overlap_and_no_other_period_stands_in(northants: Scenario) -> None:
    declare(northants, "busy", "storm", "2026-03-01", "2026-03-31")
    declare(northants, "pre_election", "by-election", "2026-03-10", "2026-04-20")
    declare(northants, "pre_election", "council election", "2026-03-30", "2026-05-07")
    outcomes = []
    for day in ("2026-03-09", "2026-04-10", "2026-05-01"):
        incident = northants.flagged(MONDAY)
        northants.given("capture", MONDAY, incident=incident, held_at="S:/evidence")
        outcomes.append(northants.when("hide", day, incident=incident, **PARTISAN)["outcome"])
    assert outcomes == ["refused", "accepted", "accepted"]


@pytest.mark.rule("R-N45")
def test_a_political_post_is_no_strike_and_no_reason_to_block(northants: Scenario) -> None:
    declare(northants, "pre_election", "council election", "2026-03-01", "2026-05-07")
    incident = northants.flagged(MONDAY)
    northants.given("capture", MONDAY, incident=incident, held_at="S:/evidence")
    northants.given("delete", MONDAY, incident=incident, **PARTISAN)
    for ground, scope in (("explicit", "access"), ("non_compliance", "access")):
        assert block(northants, MONDAY, ground, incident, scope=scope)["outcome"] == "refused"
