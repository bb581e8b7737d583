"""What `make mutation` stands on: guards that are where it says, and files written back whole."""

import tomllib

import pytest

from services.policies import faults, shipped
from tests.mutation.breaking import broken_policies
from tests.mutation.guards import LISTED, broken_guards
from tests.mutation.trying import ROOT
from tests.rules_proved import listed_rules

GUARDED = sorted({g["rule"] for g in tomllib.loads(LISTED.read_text(encoding="utf-8"))["guards"]})
TEXTS = {policy.council: policy.text.decode() for policy in shipped()}


@pytest.mark.parametrize("rule", GUARDED)
def test_a_guard_stands_where_the_list_says(rule: str) -> None:
    assert rule in {listed.number for listed in listed_rules()}
    for broken in broken_guards(ROOT, rule):
        assert broken.text != (ROOT / broken.file).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("council", "rule", "dropped"),
    [
        ("ashfield", "R-A20", "categories.advertising"),
        ("ashfield", "R-A38", "removal.needs.3 (evidence)"),
        ("north-northamptonshire", "R-N45", "removal.grounds.pre_election.needs.0 (period)"),
    ],
)
def test_what_rests_on_a_rule_is_dropped_and_the_rest_still_loads(
    council: str, rule: str, dropped: str
) -> None:
    ways = list(broken_policies("policy.toml", TEXTS[council], rule))
    assert ways[0].how == f"dropped {dropped}"
    assert all(faults(way.text.encode()) == [] for way in ways)
    kept, left = TEXTS[council].splitlines(), ways[0].text.splitlines()
    assert set(left) <= set(kept), "the lines that stay are as they were"
    assert 1 <= len(kept) - len(left) <= 3


def test_a_rule_that_the_file_does_not_know_breaks_nothing() -> None:
    assert list(broken_policies("policy.toml", TEXTS["ashfield"], "R-N20")) == []
