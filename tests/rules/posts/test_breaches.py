"""A breach with no post, one under an outside document, and one that no other category covers."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from services.policies import explain, faults
from services.policies.reading import read
from tests.policies.written import written
from tests.rules.posts.telling import last_event, last_words
from tests.scenarios import Scenario, codes_of, rules_of, scenario_under

RULES = """
[clauses]
R-WILL2 = { force = "must", quote = "Fake profiles are blocked" }
R-WILL3 = { force = "must", quote = "The platform's own terms hold on our page" }
R-WILL4 = { force = "must", quote = "or is otherwise unacceptable" }
[record]
fields = ["account.handle", "item.posted_at", "item.post", "why"]
fields_without_post = ["account.handle", "why"]
[outside.platform_terms]
name = "Community standards"
version = "May 2024"
source = "The platform's help pages"
[categories.fake_profile]
rules = ["R-WILL2"]
kinds = ["profile", "follow"]
[categories.platform_terms]
rules = ["R-WILL3"]
outside = "platform_terms"
[categories.otherwise]
rules = ["R-WILL4"]
catch_all = true
[blocks.grounds.fake]
rules = ["R-WILL2"]
force = "must"
scopes = ["access"]
needs = [
  { what = "incidents", rules = ["R-WILL2"] },
  { what = "record", rules = ["R-WILL2"] },
  { what = "finding", rules = ["R-WILL2"] },
  { what = "evidence", rules = ["R-WILL1"], except_kinds = ["profile"] },
  { what = "removed", rules = ["R-WILL1"] },
]
[[duties]]
on = "upheld"
code = "remove_content"
rules = ["R-WILL1"]
[[duties]]
on = "upheld"
code = "block_account"
rules = ["R-WILL2"]
categories = ["fake_profile"]
"""
PROFILE = {
    "account": {"platform": "facebook", "handle": "mayor.of.town"},
    "item": {"kind": "profile"},
    "source": {"kind": "officer"},
    "why": "It pretends to be the mayor",
}


@pytest.fixture
def council(tmp_path: Path) -> Iterator[Scenario]:
    with scenario_under(tmp_path, written(RULES)) as made:
        yield made


def found(council: Scenario, category: str, **said: str) -> dict:
    return council.when(
        "uphold",
        "2026-03-02",
        incident=1,
        findings=[{"category": category, **said}],
        viewpoint_neutral=True,
    )


def test_the_file_is_sound_and_is_told():
    assert faults(written(RULES).encode()) == []
    page = explain(read(written(RULES).encode()))
    assert "rests on: Community standards, version May 2024" in page
    assert "found only of: profile or follow" in page
    assert "what it is must be said in words" in page
    assert "Where there is no post: the handle and why it is unacceptable." in page


def test_a_profile_is_a_breach_with_no_post_and_is_blocked_without_evidence_of_one(
    council: Scenario,
):
    council.case = council.given("flag", "2026-03-02", **PROFILE)["case"]
    upheld = found(council, "fake_profile")
    assert codes_of(upheld) == ["block_account"]
    blocked = council.given(
        "block",
        "2026-03-02",
        ground="fake",
        incidents=[1],
        scope="access",
        channels="all",
        reason="A false name",
        proportionality={"aim": "a", "less_intrusive": "b"},
    )
    assert rules_of(blocked)[0] == "R-WILL2"
    assert council.duties(code="block_account") == []


def test_what_the_record_of_a_profile_asks_is_still_asked(council: Scenario):
    lacking = {key: value for key, value in PROFILE.items() if key != "why"}
    refused = council.when("flag", "2026-03-02", **lacking)
    assert refused["verdict"]["missing"] == ["why"]
    comment = council.when("flag", "2026-03-02", **PROFILE | {"item": {"kind": "comment"}})
    assert comment["verdict"]["missing"] == ["item.posted_at", "item.post"]


def test_a_comment_is_no_fake_profile(council: Scenario):
    council.flagged("2026-03-02")
    refused = found(council, "fake_profile")
    assert refused["outcome"] == "refused"
    assert rules_of(refused) == ["R-WILL2"]
    assert refused["verdict"]["missing"] == ["findings.0.category"]


def test_a_finding_under_an_outside_document_says_which_version(council: Scenario):
    council.flagged("2026-03-02")
    upheld = found(council, "platform_terms")
    assert rules_of(upheld) == ["R-WILL3"]
    outside = last_event(council)["data"]["findings"][0]["outside"]
    assert outside == {"document": "platform_terms", "version": "May 2024"}
    assert "(under platform terms, version May 2024)" in last_words(council)


def test_what_no_other_category_covers_must_be_said_in_words(council: Scenario):
    council.flagged("2026-03-02")
    refused = found(council, "otherwise")
    assert rules_of(refused) == ["R-WILL4"]
    assert refused["verdict"]["missing"] == ["findings.0.in_words"]
    assert found(council, "otherwise", in_words="It shows a dead animal")["outcome"] == "accepted"
    assert last_event(council)["data"]["findings"][0]["in_words"] == "It shows a dead animal"


@pytest.mark.parametrize(
    ("lines", "path"),
    [
        ('[categories.abuse]\noutside = "terms"', "categories.abuse.outside"),
        ('[outside.t]\nname = "T"\nversion = "1"\nsource = "s"', "outside.t"),
        ("[categories.abuse]\ncatch_all = false", "categories.abuse.catch_all"),
        ('[categories.abuse]\nkinds = ["cat"]', "categories.abuse.kinds.0"),
        (
            '[categories.abuse]\nkinds = ["profile"]\n[[duties]]\non = "upheld"\n'
            'code = "remove_content"\nrules = ["R-WILL1"]\ncategories = ["abuse"]',
            "duties.4.categories",
        ),
        (
            '[removal]\nneeds = [{ what = "finding", rules = ["R-MAY1"], '
            'kinds = ["follow"], except_kinds = ["follow"] }]',
            "removal.needs.0.except_kinds",
        ),
    ],
)
def test_a_file_that_names_what_cannot_be_is_faulted(lines: str, path: str):
    assert path in [fault.path for fault in faults(written(lines).encode())]
