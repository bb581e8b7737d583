"""Whether evidence is kept at all, and how long records are: said in the policy, and told."""

from pathlib import Path

import pytest

from services.policies import explain, faults
from services.policies.reading import read
from tests.policies.written import written
from tests.scenarios import rules_of, scenario_under

FORCED = """
[clauses]
R-WILL2 = {{ force = "must", quote = "We say what we keep" }}
[capture]
force = "{force}"
rules = ["R-WILL2"]
"""
OWED = '[[duties]]\non = "upheld"\ncode = "capture_evidence"\nrules = ["R-WILL1"]\n'
NEEDED = '[removal]\nneeds = [{ what = "evidence", rules = ["R-MAY1"] }]\n'
KEPT = """
[retention.upheld]
rules = ["R-WILL1"]
least = { months = 12 }
most = { calendar_years = 6 }
from = "block_ended"
evidential = "as long as the court asks"
[retention.no_breach]
rules = ["R-MAY1"]
most = { months = 1 }
from = "last_event"
"""


@pytest.mark.parametrize(
    ("force", "more", "told"),
    [
        ("must", OWED, "Evidence is always kept, unless a reason is recorded why not."),
        ("may", "", "Evidence may be kept."),
        ("never", "", "No evidence is kept."),
    ],
)
def test_whether_evidence_is_kept_is_told(force: str, more: str, told: str):
    text = written(FORCED.format(force=force) + more)
    assert faults(text.encode()) == []
    assert told in explain(read(text.encode()))


def test_a_policy_that_keeps_no_evidence_refuses_it(tmp_path: Path):
    with scenario_under(tmp_path, written(FORCED.format(force="never"))) as c:
        c.flagged("2026-03-02")
        refused = c.when("capture", "2026-03-02", incident=1, held_at="S:/evidence")
        assert refused["outcome"] == "refused"
        assert rules_of(refused) == ["R-WILL2"]


@pytest.mark.parametrize("force", ["may", "must"])
def test_a_policy_that_keeps_evidence_cites_why(tmp_path: Path, force: str):
    with scenario_under(tmp_path, written(FORCED.format(force=force) + OWED)) as c:
        c.flagged("2026-03-02")
        kept = c.given("capture", "2026-03-02", incident=1, held_at="S:/evidence")
        assert rules_of(kept) == ["R-WILL2"]


def test_how_long_records_are_kept_is_told():
    text = written(KEPT)
    assert faults(text.encode()) == []
    page = explain(read(text.encode()))
    assert (
        "Upheld: kept at least 12 months and at most 6 calendar years (to the end of the last of "
        "them), counted from the end of the block." in page
    )
    assert "where it is evidence: as long as the court asks" in page
    assert "No breach: kept at most 1 month, counted from the last thing recorded." in page


@pytest.mark.parametrize(
    ("lines", "path"),
    [
        ('[capture]\nforce = "may"', "capture.rules"),
        (FORCED.format(force="must"), "capture.force"),
        (FORCED.format(force="never") + NEEDED, "removal.needs.0"),
        (FORCED.format(force="never") + OWED, "duties.4"),
        ('[retention.a]\nrules = ["R-MAY1"]\nfrom = "closed"', "retention.a"),
        (
            '[retention.a]\nrules = ["R-MAY1"]\nfrom = "closed"\n'
            "least = { months = 13 }\nmost = { calendar_years = 1 }",
            "retention.a.least",
        ),
        (
            '[retention.a]\nrules = ["R-MAY1"]\nfrom = "closed"\n'
            "most = { months = 1, calendar_years = 1 }",
            "retention.a.most",
        ),
        ('[retention.a]\nrules = ["R-MAY1"]\nmost = { months = 1 }', "retention.a.from"),
    ],
)
def test_a_file_whose_keeping_cannot_hold_is_faulted(lines: str, path: str):
    assert path in [fault.path for fault in faults(written(lines).encode())]
