"""Which version judges at North Northamptonshire: the words' own, and for the steps the kinder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from services.policies.shipped import shipped
from tests.rules.northants.steps import asked_both_ways, block, blocked, events
from tests.scenarios import MAPLE, SWEARING, Scenario, codes_of, rules_of

ADVERTISING = [{"category": "advertising"}]
BEFORE = "2023-11-08"
SECOND = "2026-05-01"


def adopt_second(council: Scenario, folder: Path, *changes: tuple[str, str]) -> None:
    """Adopt a second version of the policy, in force from 1 May 2026, with these changes."""
    [first] = [s for s in shipped() if s.council == "north-northamptonshire"]
    text = first.text.decode()
    dated = ('version = "2023-11-09"', f'version = "{SECOND}"')
    for old, new in (dated, ("in_force_from = 2023-11-09", f"in_force_from = {SECOND}"), *changes):
        assert old in text, old
        text = text.replace(old, new)
    file = folder / "second.toml"
    file.write_text(text, encoding="utf-8")
    decision = {"from": SECOND, "decision": "Cabinet minute 14"}
    council.given("adopt-policy", "2026-04-20", actor="admin", file=str(file), **decision)


@pytest.mark.rule("R-N50", "D-21")
def test_a_post_of_the_day_before_the_policy_cannot_be_judged_by_it(northants: Scenario) -> None:
    incident = northants.flagged("2023-11-10", item={"posted_at": f"{BEFORE}T23:59:59+00:00"})
    found = {"incident": incident, "findings": SWEARING, "viewpoint_neutral": True}
    answer = northants.when("uphold", "2023-11-10", **found)
    assert (answer["outcome"], rules_of(answer)) == ("refused", ["R-N50", "D-21"])
    assert "version 2023-11-09 applies from 2023-11-09" in answer["why"][0]
    assert [way["command"] for way in answer["verdict"]["instead"]] == ["dismiss"]
    northants.given("capture", "2023-11-10", incident=incident, held_at="S:/evidence")
    northants.given("dismiss", "2023-11-10", incident=incident, reason="before_policy")


@pytest.mark.rule("R-N50", "D-21")
def test_a_post_of_the_first_day_is_judged_by_it(northants: Scenario) -> None:
    incident = northants.flagged("2023-11-10", item={"posted_at": "2023-11-09T00:00:00+00:00"})
    found = {"incident": incident, "findings": SWEARING, "viewpoint_neutral": True}
    northants.given("uphold", "2023-11-10", **found)
    [upheld] = events(northants, "FlagUpheld")
    assert upheld["policy"]["version"] == "2023-11-09"


@pytest.mark.rule("R-N50", "R-N42")
def test_an_older_post_may_still_be_hidden_to_protect_a_person(northants: Scenario) -> None:
    incident = northants.flagged(BEFORE)
    northants.given("capture", BEFORE, incident=incident, held_at="S:/evidence")
    protect = {"ground": "protect_person", "reason": "a child", "viewpoint_neutral": True}
    northants.given("hide", BEFORE, incident=incident, **protect)


@pytest.mark.rule("R-N50")
@pytest.mark.parametrize(
    ("seen", "outcome"), [(f"{BEFORE}T12:00:00+00:00", "refused"), (None, "accepted")]
)
def test_without_a_posting_date_the_day_it_was_seen_decides(
    northants: Scenario, seen: str | None, outcome: str
) -> None:
    told: dict[str, Any] = {"seen_at": seen} if seen else {}
    item = {"kind": "comment", "text": "f*** off"}
    source = {"kind": "officer"}
    answer = northants.given(
        "flag", "2023-11-10", account=MAPLE, item=item, source=source, why="rude", **told
    )
    northants.case = answer["case"]
    found = {"incident": 1, "findings": SWEARING, "viewpoint_neutral": True}
    assert northants.when("uphold", "2023-11-10", **found)["outcome"] == outcome


@pytest.mark.rule("D-21")
@pytest.mark.parametrize(
    ("posted", "outcome"),
    [("2026-04-30T22:59:59+00:00", "accepted"), ("2026-04-30T23:00:00+00:00", "refused")],
    ids=["30 April in London", "1 May in London"],
)
def test_the_words_are_judged_by_the_version_in_force_when_they_were_posted(
    northants: Scenario, tmp_path: Path, posted: str, outcome: str
) -> None:
    gone = ("[categories.advertising]", "[categories.selling]")
    adopt_second(northants, tmp_path, gone)
    incident = northants.flagged("2026-05-02", item={"posted_at": posted})
    found = {"incident": incident, "findings": ADVERTISING, "viewpoint_neutral": True}
    answer = northants.when("uphold", "2026-05-02", **found)
    assert answer["outcome"] == outcome
    if outcome == "accepted":
        [upheld] = events(northants, "FlagUpheld")
        assert upheld["policy"]["version"] == SECOND
        assert upheld["substance"]["version"] == "2023-11-09"
    else:
        assert rules_of(answer) == ["R-N34", "R-N2"]


@pytest.mark.rule("D-21")
@pytest.mark.parametrize("posted", ["2026-04-29", "2026-05-01"])
def test_a_longer_window_of_the_version_at_the_decision_holds(
    northants: Scenario, tmp_path: Path, posted: str
) -> None:
    longer = ("window = { working_days = 1 }", "window = { working_days = 2 }")
    adopt_second(northants, tmp_path, longer)
    incident = northants.upheld(posted)
    asked_both_ways(northants, incident, "2026-05-01")
    answer = block(northants, "2026-05-05T17:00:00+00:00", "non_compliance", incident)
    assert answer["outcome"] == "refused"
    assert answer["verdict"]["allowed_from"] == "2026-05-06T16:00:00+00:00"


@pytest.mark.rule("D-21")
def test_a_kinder_older_window_outlives_the_version(northants: Scenario, tmp_path: Path) -> None:
    lax = ('  { what = "window_passed", rules = ["R-N21", "D-14"] },\n', "")
    adopt_second(northants, tmp_path, lax)
    outcomes = []
    for posted in ("2026-04-30", "2026-05-01"):
        incident = northants.upheld(posted)
        asked_both_ways(northants, incident, "2026-05-01")
        outcomes.append(block(northants, "2026-05-01T16:00:00+00:00", "non_compliance", incident))
    assert [answer["outcome"] for answer in outcomes] == ["refused", "accepted"]
    assert rules_of(outcomes[0]) == ["R-N21", "D-14"]


@pytest.mark.rule("D-21")
def test_duties_are_those_of_both_versions_and_past_decisions_stay(
    northants: Scenario, tmp_path: Path
) -> None:
    blocked(northants, "2026-04-28")
    before = events(northants)
    old = 'on = "upheld"\ncode = "consider_legal"\nrules = ["R-N24"]\nsub_reasons'
    new = 'on = "upheld"\ncode = "report_platform"\nrules = ["R-N24"]\nsub_reasons'
    adopt_second(northants, tmp_path, (old, new))
    assert events(northants) == before
    threat = [{"category": "abusive_threatening", "sub_reason": "threat"}]
    owed = []
    for posted in ("2026-04-30", "2026-05-01"):
        incident = northants.flagged("2026-05-05", item={"posted_at": f"{posted}T09:00:00+00:00"})
        found = {"incident": incident, "findings": threat, "viewpoint_neutral": True}
        owed.append("consider_legal" in codes_of(northants.given("uphold", "2026-05-05", **found)))
    assert owed == [True, False]
