"""North Northamptonshire's steps, clause by clause: what a block and the police stand on."""

from __future__ import annotations

import pytest

from tests.rules.northants.steps import block
from tests.scenarios import Scenario, rules_of

DAY = "2026-03-03"


@pytest.mark.rule("R-N21", "R-N25", "R-N32")
@pytest.mark.parametrize(
    ("ground", "rule", "scope"),
    [
        ("non_compliance", "R-N21", "access"),
        ("explicit", "R-N25", "access"),
        ("persistent", "R-N32", "commenting"),
    ],
)
def test_a_block_lists_an_incident_in_which_a_breach_was_found(
    northants: Scenario, ground: str, rule: str, scope: str
) -> None:
    incident = northants.flagged(DAY)
    northants.given("capture", DAY, incident=incident, held_at="S:/evidence")
    none = block(northants, DAY, ground, scope=scope, actor="mia.m")
    assert none["outcome"] == "refused"
    assert {"incidents"} <= set(none["verdict"]["missing"])
    assert "no incident is listed" in none["why"]
    unjudged = block(northants, DAY, ground, incident, scope=scope, actor="mia.m")
    assert unjudged["outcome"] == "refused"
    assert rule in rules_of(unjudged)
    assert "uphold" in unjudged["verdict"]["missing"]


@pytest.mark.rule("R-N24")
@pytest.mark.parametrize("ground", ["abuse", "harassment", "suspected_offence"])
def test_abuse_and_harassment_may_go_to_the_police_like_an_offence(
    northants: Scenario, ground: str
) -> None:
    incident = northants.upheld(DAY)
    referral = {"incidents": [incident], "ground": ground}
    referral |= {"force": "Northamptonshire Police", "legal_basis": "DPA 2018 Sch 1 para 10"}
    answer = northants.given("refer-police", DAY, **referral)
    assert rules_of(answer) == ["R-N24"]
