"""The platform acts by itself: no decision of ours, no strike, and put right when wrong."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from services.policies import explain, faults
from services.policies.reading import read
from tests.policies.written import written
from tests.rules.posts.telling import incident, last_event, last_words, next_commands
from tests.scenarios import Scenario, codes_of, rules_of, scenario_under, types_of

FILTER = """
[clauses]
R-WILL2 = { force = "must", quote = "What our filter hides by mistake is shown again" }
R-MAY2 = { force = "may", quote = "A filter of the platform may hide a post by itself" }
[automation]
rules = ["R-MAY2"]
filter = "may_act_first"
suggestions = true
[[duties]]
on = "flagged"
code = "review_flag"
rules = ["R-WILL1"]
[[duties]]
on = "upheld"
code = "remove_content"
rules = ["R-WILL1"]
[[duties]]
on = "dismissed"
code = "restore_post"
rules = ["R-WILL2"]
[[duties]]
on = "platform_acted"
code = "restore_post"
rules = ["R-WILL2"]
"""
CAUGHT = {"kind": "platform_filter", "already": "hidden"}
ABUSE = [{"category": "abuse"}]


@pytest.fixture
def council(tmp_path: Path) -> Iterator[Scenario]:
    with scenario_under(tmp_path, written(FILTER)) as made:
        yield made


def test_the_file_is_sound_and_says_what_a_filter_may():
    assert faults(written(FILTER).encode()) == []
    page = explain(read(written(FILTER).encode()))
    assert "filter may act before anybody has looked" in page
    assert "A machine may suggest; a person decides." in page
    assert "When something flagged is found to be no breach, this must follow:" in page
    assert "When the platform has acted by itself, this must follow:" in page


def test_what_a_filter_hid_wrongly_is_put_back_and_counts_against_nobody(council: Scenario):
    council.flagged("2026-03-02", source=CAUGHT)
    dismissed = council.given("dismiss", "2026-03-03", incident=1, reason="no_breach")
    assert codes_of(dismissed) == ["restore_post"]
    assert dismissed["verdict"]["duties"][0]["rule"] == "R-WILL2"
    council.given("restore", "2026-03-03", incident=1, reason="The filter was wrong")
    assert council.duties() == []
    assert incident(council)["content"] == "visible"


@pytest.mark.parametrize("reason", ["duplicate", "not_ours"])
def test_what_another_incident_or_page_answers_for_is_not_owed_back(council: Scenario, reason: str):
    council.flagged("2026-03-02", source=CAUGHT)
    assert codes_of(council.given("dismiss", "2026-03-03", incident=1, reason=reason)) == []


def test_a_post_that_nobody_hid_is_not_owed_back(council: Scenario):
    council.flagged("2026-03-02")
    assert codes_of(council.given("dismiss", "2026-03-03", incident=1, reason="mistaken")) == []


def test_what_we_hid_on_a_ground_that_needs_no_breach_is_not_owed_back(tmp_path: Path):
    ground = """
    [removal.grounds.protect_person]
    rules = ["R-MAY1"]
    needs = []
    """
    with scenario_under(
        tmp_path, written(FILTER.replace("[[duties]]", ground + "[[duties]]", 1))
    ) as c:
        c.flagged("2026-03-02")
        why = {"ground": "protect_person", "reason": "An address", "viewpoint_neutral": True}
        c.given("hide", "2026-03-02", incident=1, **why)
        assert codes_of(c.given("dismiss", "2026-03-03", incident=1, reason="no_breach")) == []


def test_a_filter_that_acted_is_recorded_under_the_rule_that_lets_it(council: Scenario):
    flagged = council.when(
        "flag",
        "2026-03-02",
        account={"platform": "facebook", "handle": "maple.heron"},
        item={"kind": "comment"},
        source=CAUGHT,
    )
    assert "R-MAY2" in rules_of(flagged)


def test_what_the_platform_did_is_recorded_and_is_no_act_of_ours(council: Scenario):
    council.flagged("2026-03-02")
    acted = council.given(
        "platform-acted", "2026-03-02", incident=1, action="hidden", because="filter"
    )
    assert types_of(acted) == ["PlatformActed"]
    assert rules_of(acted) == ["R-MAY2"]
    assert incident(council)["content"] == "hidden"
    assert last_words(council) == (
        "Jo P recorded that the platform hid the post of incident 1 by its filter."
    )
    assert {"restore", "platform-acted"} & next_commands(council) == {"restore"}
    back = council.given("restore", "2026-03-03", incident=1, reason="Wrong")
    assert back["events"][0]["type"] == "PostRestored"
    assert "platform-acted" in next_commands(council)


def test_the_removal_that_was_owed_is_met_by_the_platform(council: Scenario):
    council.upheld("2026-03-02", ABUSE)
    assert [d["code"] for d in council.duties()] == ["remove_content"]
    council.given(
        "platform-acted", "2026-03-03", incident=1, action="deleted", because="platform_rules"
    )
    assert council.duties() == []
    refused = council.when("hide", "2026-03-04", incident=1)
    assert refused["outcome"] == "refused"
    assert rules_of(refused) == ["STATE"]


@pytest.mark.parametrize("action", ["none", "account_suspended"])
def test_what_left_the_post_where_it_was_meets_nothing(council: Scenario, action: str):
    council.upheld("2026-03-02", ABUSE)
    acted = council.given(
        "platform-acted", "2026-03-03", incident=1, action=action, because="our_report"
    )
    assert acted["verdict"]["warnings"] == ["no report of incident 1 is recorded"]
    assert [d["code"] for d in council.duties()] == ["remove_content"]
    assert incident(council)["content"] == "visible"


def test_what_was_found_no_breach_and_then_hidden_by_the_platform_is_owed_back(council: Scenario):
    council.flagged("2026-03-02")
    council.given("dismiss", "2026-03-03", incident=1, reason="no_breach")
    acted = council.given(
        "platform-acted", "2026-03-04", incident=1, action="hidden", because="platform_rules"
    )
    assert codes_of(acted) == ["restore_post"]


def test_what_is_gone_cannot_be_acted_on_again(council: Scenario):
    council.flagged("2026-03-02")
    council.given("content-gone", "2026-03-03", incident=1, by="author")
    for action in ("hidden", "deleted"):
        again = council.when(
            "platform-acted", "2026-03-04", incident=1, action=action, because="filter"
        )
        assert rules_of(again) == ["STATE"]


def test_what_is_hidden_already_is_not_hidden_again(council: Scenario):
    council.flagged("2026-03-02", source=CAUGHT)
    again = council.when(
        "platform-acted", "2026-03-04", incident=1, action="hidden", because="filter"
    )
    assert rules_of(again) == ["STATE"]


def test_a_policy_that_lets_no_filter_act_records_one_that_did_as_irregular(tmp_path: Path):
    never = """
    [automation]
    rules = ["R-NEVER1"]
    filter = "never"
    """
    with scenario_under(tmp_path, written(never)) as c:
        c.flagged("2026-03-02")
        c.given("platform-acted", "2026-03-02", incident=1, action="hidden", because="filter")
        assert last_event(c)["irregular"] == [{"rule": "R-NEVER1", "what": "a filter acted first"}]
        assert "No filter acts first" in explain(read(written(never).encode()))
        assert incident(c)["content"] == "hidden"


def test_a_policy_that_says_nothing_of_filters_records_what_happened(tmp_path: Path):
    with scenario_under(tmp_path, written()) as c:
        c.flagged("2026-03-02", source=CAUGHT)
        assert codes_of(c.given("dismiss", "2026-03-03", incident=1, reason="no_breach")) == []
        assert "platform-acted" not in next_commands(c)


def test_an_email_is_on_no_platform(council: Scenario):
    council.flagged("2026-03-02", {"platform": "email", "handle": "m@example.org", "name": "M"})
    acted = council.when(
        "platform-acted", "2026-03-02", incident=1, action="none", because="filter"
    )
    assert rules_of(acted) == ["STATE"]


def test_a_late_word_of_the_platform_takes_no_ground_from_a_later_act(council: Scenario):
    council.upheld("2026-03-02", ABUSE)
    council.given("hide", "2026-03-10", incident=1)
    council.given("platform-acted", "2026-03-05", incident=1, action="none", because="filter")
    late = council.when(
        "platform-acted", "2026-03-05", incident=1, action="deleted", because="filter"
    )
    assert rules_of(late) == ["STATE"]


def test_no_strike_comes_of_what_a_platform_did(tmp_path: Path):
    counting = """
    [blocks.grounds.again]
    rules = ["R-MAY1"]
    scopes = ["access"]
    needs = [{ what = "strikes", at_least = 2, rules = ["R-MAY1"] }]
    """
    with scenario_under(tmp_path, written(counting)) as c:
        c.upheld("2026-03-02", ABUSE)
        c.flagged("2026-03-03", source=CAUGHT)
        c.given("platform-acted", "2026-03-04", incident=2, action="deleted", because="filter")
        blocked = c.when(
            "block",
            "2026-03-05",
            ground="again",
            incidents=[1],
            scope="access",
            channels="all",
            reason="Twice",
            proportionality={"aim": "a", "less_intrusive": "b"},
        )
        assert blocked["outcome"] == "refused"
        assert rules_of(blocked) == ["R-MAY1"]
