"""An item edited after it was captured: the evidence stays, and the change is seen."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from services.cli.show import in_words
from services.policies import explain, faults
from services.policies.reading import read
from tests.policies.written import written
from tests.rules.posts.telling import incident, last_words, next_commands, shown
from tests.scenarios import Scenario, codes_of, rules_of, scenario_under, types_of

ANEW = """
[[duties]]
on = "content_changed"
code = "capture_evidence"
rules = ["R-WILL1"]
"""


@pytest.fixture
def council(tmp_path: Path) -> Iterator[Scenario]:
    with scenario_under(tmp_path, written(ANEW)) as made:
        yield made


def test_the_file_is_sound_and_is_told():
    assert faults(written(ANEW).encode()) == []
    page = explain(read(written(ANEW).encode()))
    assert "When a post is found changed after it was posted, this must follow:" in page


def test_an_edit_after_capture_is_seen_in_show_and_audit(council: Scenario):
    council.flagged("2026-03-02")
    council.given("capture", "2026-03-03", incident=1, held_at="S:/evidence")
    changed = council.given("content-changed", "2026-03-04", incident=1, by="author")
    assert types_of(changed) == ["ContentChanged"]
    assert codes_of(changed) == ["capture_evidence"]
    found = incident(council)
    assert found["content"] == "visible"
    assert found["changes"] == [
        {
            "found_at": "2026-03-04T10:00:00+00:00",
            "by": "author",
            "changed_at": None,
            "after_evidence": [1],
        }
    ]
    assert last_words(council) == (
        "Jo P found the post of incident 1 changed by its author, after evidence 1 was kept."
    )
    assert any(
        "changed by the author, found on 4 March 2026 after evidence 1 was kept" in line
        for line in in_words(shown(council))
    )
    assert "content-changed" in next_commands(council)
    council.given("capture", "2026-03-04", incident=1, held_at="S:/evidence")
    assert council.duties() == []


def test_an_edit_before_the_capture_is_told_from_one_after_it(council: Scenario):
    council.flagged("2026-03-02")
    council.given("capture", "2026-03-03", incident=1, held_at="S:/evidence")
    when = "2026-03-02T12:00:00+00:00"
    council.given("content-changed", "2026-03-04", incident=1, by="unknown", changed_at=when)
    assert incident(council)["changes"][0]["after_evidence"] == []
    assert last_words(council) == (
        "Jo P found the post of incident 1 changed by somebody unknown on 2 March 2026."
    )


def test_it_was_not_changed_after_it_was_found_changed(council: Scenario):
    council.flagged("2026-03-02")
    later = "2026-03-05T12:00:00+00:00"
    wrong = council.when("content-changed", "2026-03-04", incident=1, by="author", changed_at=later)
    assert wrong["outcome"] == "invalid"
    assert wrong["errors"][0]["path"] == "changed_at"


def test_what_may_not_be_held_is_not_owed_a_capture_anew(council: Scenario):
    council.flagged("2026-03-02")
    ground = {"ground": "suspected_illegal_image", "description": "An image"}
    council.given("do-not-capture", "2026-03-02", incident=1, **ground)
    changed = council.given("content-changed", "2026-03-04", incident=1, by="author")
    assert codes_of(changed) == []


def test_what_is_gone_is_not_changed(council: Scenario):
    council.flagged("2026-03-02")
    council.given("content-gone", "2026-03-03", incident=1, by="author")
    changed = council.when("content-changed", "2026-03-04", incident=1, by="author")
    assert rules_of(changed) == ["STATE"]


def test_a_policy_that_owes_nothing_then_records_it(tmp_path: Path):
    with scenario_under(tmp_path, written()) as c:
        c.flagged("2026-03-02")
        assert codes_of(c.given("content-changed", "2026-03-04", incident=1, by="platform")) == []
        assert "changed by the platform" in last_words(c)
        assert "content-changed" not in next_commands(c)
