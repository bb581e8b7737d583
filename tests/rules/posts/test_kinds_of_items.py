"""A need may concern items of some kinds only: a profile needs no evidence of a post."""

from pathlib import Path

import pytest

from services.policies import explain, faults
from services.policies.reading import read
from tests.policies.written import written
from tests.scenarios import rules_of, scenario_under

NEEDS = """
[blocks.grounds.breach]
rules = ["R-MAY1"]
scopes = ["access"]
needs = [
  {{ what = "finding", rules = ["R-MAY1"] }},
  {{ what = "evidence", rules = ["R-WILL1"], {filter} }},
]
"""
BLOCK = {
    "ground": "breach",
    "incidents": [1],
    "scope": "access",
    "channels": "all",
    "reason": "A false profile",
    "proportionality": {"aim": "a", "less_intrusive": "b"},
}


@pytest.mark.parametrize(
    ("filter", "kind", "needs_evidence"),
    [
        ('except_kinds = ["profile", "follow"]', "profile", False),
        ('except_kinds = ["profile", "follow"]', "comment", True),
        ('kinds = ["comment"]', "profile", False),
        ('kinds = ["comment"]', "comment", True),
        ('kinds = ["comment"], categories = ["spam"]', "comment", False),
    ],
)
def test_a_need_concerns_the_kinds_that_it_names(
    tmp_path: Path, filter: str, kind: str, needs_evidence: bool
):
    text = written(NEEDS.format(filter=filter))
    assert faults(text.encode()) == []
    with scenario_under(tmp_path, text) as council:
        council.flagged("2026-03-02", item={"kind": kind})
        council.given(
            "uphold",
            "2026-03-02",
            incident=1,
            findings=[{"category": "abuse"}],
            viewpoint_neutral=True,
        )
        blocked = council.when("block", "2026-03-03", **BLOCK)
        assert blocked["outcome"] == ("refused" if needs_evidence else "accepted")
        assert ("R-WILL1" in rules_of(blocked)) is needs_evidence


def test_it_is_told_in_words():
    page = explain(read(written(NEEDS.format(filter='except_kinds = ["profile"]')).encode()))
    assert "or a reason recorded why not (not for profile)" in page
    page = explain(read(written(NEEDS.format(filter='kinds = ["comment", "post"]')).encode()))
    assert "(for comment or post)" in page


def test_a_kind_that_no_item_has_is_a_fault():
    text = written(NEEDS.format(filter='except_kinds = ["billboard"]'))
    (fault,) = faults(text.encode())
    assert "billboard" in fault.problem
