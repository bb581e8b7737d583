"""Ashfield: words are judged by the version at posting, steps by that at the decision (D-21)."""

from __future__ import annotations

from importlib.resources import files

import pytest

from tests.rules.ashfield.histories import appeal, blocked, events
from tests.scenarios import PROPORTIONATE, rules_of, types_of

SHIPPED = files("domain") / "policies" / "ashfield" / "undated.toml"
NEXT_CATEGORY = ("[categories.advertising]", "[categories.gambling]")
NO_CAPTURE = ('  { what = "evidence", rules = ["R-A23", "R-A25"] },\n', "")
ADVERTISING, GAMBLING = [{"category": "advertising"}], [{"category": "gambling"}]


def adopt_second_version(ashfield, tmp_path, *changes):
    """Adopt, from 1 May 2025, the shipped policy with these words changed."""
    text = SHIPPED.read_text(encoding="utf-8")
    for old, new in (('version = "undated"', 'version = "v2"'), *changes):
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    file = tmp_path / "v2.toml"
    file.write_text(text, encoding="utf-8")
    adopted = {"file": str(file), "from": "2025-05-01", "decision": "Cabinet, 28 April 2025"}
    return ashfield.given("adopt-policy", "2025-04-28", **adopted, actor="admin")


def upholding(ashfield, posted, decided, findings):
    incident = ashfield.flagged(decided, item={"posted_at": posted})
    asked = {"incident": incident, "findings": findings, "viewpoint_neutral": True}
    return ashfield.when("uphold", decided, **asked)


def versions(event):
    return event["policy"]["version"], event.get("substance", {}).get("version")


@pytest.mark.rule("R-A54")
@pytest.mark.rule("D-21")
def test_a_post_of_30_april_is_judged_on_2_may_by_the_first_version(ashfield, tmp_path):
    adopt_second_version(ashfield, tmp_path, NEXT_CATEGORY)
    april = "2025-04-30T12:00:00+00:00"
    unknown_then = upholding(ashfield, april, "2025-05-02", GAMBLING)
    assert (unknown_then["outcome"], rules_of(unknown_then)) == ("refused", ["R-A3", "R-A7"])
    known_then = upholding(ashfield, april, "2025-05-02", ADVERTISING)
    assert (known_then["outcome"], rules_of(known_then)) == ("accepted", ["R-A20"])
    assert versions(events(ashfield)[-1]) == ("v2", "undated")


@pytest.mark.rule("R-A54")
@pytest.mark.rule("D-21")
@pytest.mark.parametrize("posted", ["2025-05-01T12:00:00+00:00", "2025-04-30T23:30:00+00:00"])
def test_a_post_of_1_may_in_london_is_judged_by_the_second(ashfield, tmp_path, posted):
    adopt_second_version(ashfield, tmp_path, NEXT_CATEGORY)
    old = upholding(ashfield, posted, "2025-05-02", ADVERTISING)
    assert (old["outcome"], rules_of(old)) == ("refused", ["R-A3", "R-A7"])
    new = upholding(ashfield, posted, "2025-05-02", GAMBLING)
    assert new["outcome"] == "accepted"
    assert versions(events(ashfield)[-1]) == ("v2", None)


@pytest.mark.rule("R-A54")
def test_every_decision_names_its_version_and_the_files_hash(ashfield, tmp_path):
    ashfield.upheld("2025-04-29")
    before = events(ashfield)
    assert {versions(event) for event in before} == {("undated", None)}
    adopt_second_version(ashfield, tmp_path, NEXT_CATEGORY)
    assert events(ashfield) == before
    ashfield.given("hide", "2025-05-01", incident=1)
    shas = {event["policy"]["version"]: event["policy"]["sha256"] for event in events(ashfield)}
    assert sorted(shas) == ["undated", "v2"]
    assert len(set(shas.values())) == 2


@pytest.mark.rule("D-21")
def test_a_step_needs_the_guards_of_both_versions(ashfield, tmp_path):
    adopt_second_version(ashfield, tmp_path, NO_CAPTURE)
    upholding(ashfield, "2025-04-30T12:00:00+00:00", "2025-05-02", ADVERTISING)
    both = ashfield.when("hide", "2025-05-02", incident=1)
    assert (both["outcome"], rules_of(both)) == ("refused", ["R-A23", "R-A25"])
    upholding(ashfield, "2025-05-01T12:00:00+00:00", "2025-05-02", ADVERTISING)
    second = ashfield.when("hide", "2025-05-02", incident=2)
    assert second["outcome"] == "accepted"


@pytest.mark.rule("D-21")
@pytest.mark.parametrize(("months", "opens"), [(6, "2025-10-23"), (24, "2026-04-23")])
def test_a_right_opens_at_the_earlier_date_of_the_two(ashfield, tmp_path, months, opens):
    blocked(ashfield, "2025-04-23T10:00:00+00:00")
    changed = ("after_months = 12", f"after_months = {months}")
    adopt_second_version(ashfield, tmp_path, changed)
    [row] = ashfield.appeals("2025-05-02")
    assert row["eligible_from"] == opens
    early = ashfield.given("file-appeal", "2025-05-02", **appeal("2025-05-02"))
    assert early["verdict"]["allowed_from"] == opens
    filed = ashfield.given("file-appeal", opens, **appeal(opens))
    assert types_of(filed) == ["AppealFiled"]


@pytest.mark.rule("D-21")
@pytest.mark.rule("R-A54")
def test_what_was_shown_before_the_change_is_still_shown_for_then(ashfield, tmp_path):
    blocked(ashfield, "2025-04-23T10:00:00+00:00")
    before = ashfield.appeals("2025-04-30")
    adopt_second_version(ashfield, tmp_path, ("after_months = 12", "after_months = 6"))
    assert ashfield.appeals("2025-04-30") == before


@pytest.mark.rule("D-21")
def test_without_a_posting_date_the_day_it_was_seen_counts(ashfield, tmp_path):
    adopt_second_version(ashfield, tmp_path, NEXT_CATEGORY)
    answer = ashfield.given(
        "flag",
        "2025-05-02",
        account={"platform": "facebook", "handle": "fir", "name": "Fir"},
        item={"kind": "comment", "text": "buy"},
        source={"kind": "public_report"},
        why="sells",
        seen_at="2025-04-30T12:00:00+00:00",
    )
    ashfield.case = answer["case"]
    [duty] = ashfield.duties(code="complete_record")
    ashfield.given("waive", "2025-05-02", duty=duty["duty"], reason="unknown", actor="mia.m")
    asked = {"incident": 1, "findings": ADVERTISING, "viewpoint_neutral": True}
    ashfield.given("uphold", "2025-05-02", **asked)
    assert versions(events(ashfield)[-1]) == ("v2", "undated")


@pytest.mark.rule("D-21")
def test_the_verdict_and_the_event_say_which_version_judged_what(ashfield, tmp_path):
    adopt_second_version(ashfield, tmp_path, NO_CAPTURE)
    upholding(ashfield, "2025-04-30T12:00:00+00:00", "2025-05-02", ADVERTISING)
    refused = ashfield.when("hide", "2025-05-02", incident=1)["verdict"]
    because = {each["version"]: each["because"] for each in refused["judged_by"]}
    assert because == {"v2": "in force at the decision", "undated": "in force when it was posted"}
    assert {rule["rule"]: rule["version"] for rule in refused["rules"]} == {
        "R-A23": "undated",
        "R-A25": "undated",
    }
    ashfield.given("capture", "2025-05-02", incident=1, held_at="S:/evidence")
    ashfield.given("hide", "2025-05-02", incident=1)
    assert versions(events(ashfield)[-1]) == ("v2", "undated")


@pytest.mark.rule("D-21")
def test_a_step_about_a_block_names_the_version_at_its_decision(ashfield, tmp_path):
    blocked(ashfield, "2025-04-23T10:00:00+00:00")
    adopt_second_version(ashfield, tmp_path, ("after_months = 12", "after_months = 6"))
    verdict = ashfield.given("file-appeal", "2025-05-02", **appeal("2025-05-02"))["verdict"]
    assert [(each["version"], each["because"]) for each in verdict["judged_by"]] == [
        ("v2", "in force at the decision"),
        ("undated", "in force when the block was decided"),
    ]
    assert versions(events(ashfield)[-1]) == ("v2", None)


def test_where_one_version_judges_it_alone_is_named(ashfield):
    ashfield.flagged("2025-04-23")
    verdict = ashfield.when("hide", "2025-04-23", incident=1)["verdict"]
    [judge] = verdict["judged_by"]
    assert (judge["version"], judge["because"]) == ("undated", "in force at the decision")
    assert all("version" not in rule for rule in verdict["rules"])


@pytest.mark.rule("D-21")
@pytest.mark.parametrize(("posted", "by"), [("2025-04-30", "mia.m"), ("2025-05-01", "jo.p")])
def test_who_may_decide_is_who_may_by_the_version_of_the_words_too(ashfield, tmp_path, posted, by):
    anybody = (
        'scopes = ["interacting"]\ndecided_by = ["communications_manager"]\n',
        'scopes = ["interacting"]\n',
    )
    adopt_second_version(ashfield, tmp_path, anybody)
    incident = ashfield.upheld("2025-05-02", item={"posted_at": f"{posted}T12:00:00+00:00"})
    reserved = {
        **{"ground": "reserved_power", "incidents": [incident], "scope": "interacting"},
        **{"channels": "all", "reason": "x", "proportionality": PROPORTIONATE},
    }
    officer = ashfield.when("block", "2025-05-02", **reserved)
    assert (officer["outcome"] == "accepted") == (by == "jo.p")
    if by != "jo.p":
        assert "R-A29" in rules_of(officer)
        ashfield.given("block", "2025-05-02", **reserved, actor=by)
