"""Authorities beside the police, and what is told to others: who, why, on what legal basis."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from services.policies import explain, faults
from services.policies.reading import read
from tests.policies.written import written
from tests.rules.posts.telling import last_event, last_words, next_commands
from tests.scenarios import Scenario, codes_of, rules_of, scenario_under, types_of

NAMED = """
[clauses]
R-WILL2 = { force = "must", quote = "Scams are passed to Trading Standards" }
R-WILL3 = { force = "must", quote = "A child at risk is told to the safeguarding board" }
R-MAY2 = { force = "may", quote = "We may tell the fire service" }
[silences]
SILENT-AUTHORITY = { about = "authority", text = "Nobody else is named", follows = "refused" }
[authorities.trading_standards]
name = "Trading Standards"
rules = ["R-WILL2"]
needs = [{ what = "finding", rules = ["R-WILL1"] }]
[authorities.safeguarding]
name = "the safeguarding board"
rules = ["R-WILL3"]
[authorities.fire_service]
name = "the fire service"
rules = ["R-MAY2"]
decided_by = ["communications_manager"]
[[duties]]
on = "upheld"
code = "refer_authority"
rules = ["R-WILL2"]
authority = "trading_standards"
categories = ["spam"]
[[duties]]
on = "upheld"
code = "refer_authority"
rules = ["R-WILL3"]
authority = "safeguarding"
categories = ["spam"]
"""
BASIS = {"incidents": [1], "legal_basis": "UK GDPR art. 6(1)(e)"}
TRADING = {"authority": "trading_standards", **BASIS}
SPAM = [{"category": "spam"}]


@pytest.fixture
def council(tmp_path: Path) -> Iterator[Scenario]:
    with scenario_under(tmp_path, written(NAMED)) as made:
        yield made


def test_the_file_is_sound_and_is_told():
    assert faults(written(NAMED).encode()) == []
    page = explain(read(written(NAMED).encode()))
    assert "The council will refer to Trading Standards, stating the legal basis." in page
    assert "The council may refer to the fire service, stating the legal basis." in page
    assert "decided by: communications manager" in page
    assert "refer it to the authority (Trading Standards), for spam: officer" in page
    assert (
        "Nobody else is named. So telling any other authority is refused. [SILENT-AUTHORITY]"
        in page
    )


def test_each_referral_that_is_owed_is_met_by_its_own_authority(council: Scenario):
    council.upheld("2026-03-02", SPAM)
    owed = council.duties(code="refer_authority")
    assert [duty["rule"] for duty in owed] == ["R-WILL2", "R-WILL3"]
    referred = council.given("refer-authority", "2026-03-03", **TRADING)
    assert types_of(referred) == ["AuthorityReferred"]
    assert rules_of(referred) == ["R-WILL2"]
    assert last_words(council) == "Jo P referred incident 1 to trading standards."
    assert [d["rule"] for d in council.duties(code="refer_authority")] == ["R-WILL3"]
    closing = council.when("close-incident", "2026-03-04", incident=1)
    assert rules_of(closing) == ["R-WILL3"]
    council.given("refer-authority", "2026-03-03", **BASIS, authority="safeguarding")
    assert council.duties() == []


def test_what_was_referred_before_it_was_judged_is_not_owed_again(council: Scenario):
    council.flagged("2026-03-02")
    council.given("refer-authority", "2026-03-02", **BASIS, authority="safeguarding")
    upheld = council.given(
        "uphold", "2026-03-02", incident=1, findings=SPAM, viewpoint_neutral=True
    )
    assert [duty["rule"] for duty in upheld["verdict"]["duties"]] == ["R-WILL2"]


def test_a_referral_needs_what_its_authority_asks(council: Scenario):
    council.flagged("2026-03-02")
    refused = council.when("refer-authority", "2026-03-02", **TRADING)
    assert rules_of(refused) == ["R-WILL1"]
    assert refused["verdict"]["missing"] == ["uphold"]


def test_an_authority_may_be_left_to_some_roles(council: Scenario):
    council.flagged("2026-03-02")
    fire = {"authority": "fire_service", **BASIS}
    forbidden = council.when("refer-authority", "2026-03-02", **fire)
    assert forbidden["outcome"] == "forbidden"
    assert rules_of(forbidden) == ["R-MAY2"]
    council.given("refer-authority", "2026-03-02", **fire, actor="mia.m")


def test_an_authority_that_the_policy_does_not_name_is_told_nothing(council: Scenario):
    council.upheld("2026-03-02", SPAM)
    refused = council.when("refer-authority", "2026-03-03", **BASIS, authority="newspaper")
    assert refused["outcome"] == "refused"
    assert rules_of(refused) == ["SILENT-AUTHORITY"]
    assert {way["rule"] for way in refused["verdict"]["instead"]} == {
        "R-WILL2",
        "R-WILL3",
        "R-MAY2",
    }


def test_a_silent_policy_names_no_authority(tmp_path: Path):
    with scenario_under(tmp_path, written()) as c:
        c.flagged("2026-03-02")
        refused = c.when("refer-authority", "2026-03-03", **TRADING)
        assert rules_of(refused) == ["SILENT-AUTHORITY"]
        assert "refer-authority" not in next_commands(c)


def test_show_offers_the_authorities_that_may_be_told_now(council: Scenario):
    council.upheld("2026-03-02", SPAM)
    assert "refer-authority" in next_commands(council)


@pytest.mark.parametrize("field", ["legal_basis", "incidents", "authority"])
def test_a_referral_always_says_on_what_legal_basis(council: Scenario, field: str):
    council.flagged("2026-03-02")
    said = {key: value for key, value in TRADING.items() if key != field}
    assert council.when("refer-authority", "2026-03-02", **said)["outcome"] == "invalid"


TOLD = {
    "incidents": [1],
    "to": "The county court",
    "purpose": "A court order of 2 March",
    "legal_basis": "DPA 2018 sch. 2 para. 5",
    "what": "The captured post",
}


def test_what_was_told_outside_is_recorded_with_its_purpose_and_basis(council: Scenario):
    council.flagged("2026-03-02")
    disclosed = council.given("disclose", "2026-03-03", **TOLD)
    assert types_of(disclosed) == ["InformationDisclosed"]
    assert codes_of(disclosed) == []
    assert last_event(council)["data"] == TOLD
    assert last_words(council) == (
        "Jo P told “The county court” about incident 1 for “A court order of 2 March”: "
        "“The captured post”."
    )


@pytest.mark.parametrize("field", TOLD)
def test_a_disclosure_says_all_of_it(council: Scenario, field: str):
    council.flagged("2026-03-02")
    said = {key: value for key, value in TOLD.items() if key != field}
    assert council.when("disclose", "2026-03-03", **said)["outcome"] == "invalid"


def test_an_incident_that_is_not_there_is_told_to_nobody(council: Scenario):
    council.flagged("2026-03-02")
    for command, said in (("disclose", TOLD), ("refer-authority", TRADING)):
        other = council.when(command, "2026-03-03", **said | {"incidents": [2]})
        assert other["outcome"] == "not_found"


OWED = '[[duties]]\non = "upheld"\ncode = "{code}"\nrules = ["{rule}"]\n{more}\n'
TWO = """
[authorities]
a = { name = "A", rules = ["R-MAY1"] }
b = { name = "B", rules = ["R-MAY1"] }
"""


@pytest.mark.parametrize(
    ("lines", "path"),
    [
        (TWO + OWED.format(code="refer_authority", rule="R-WILL1", more=""), "duties.4.code"),
        (
            TWO + OWED.format(code="refer_authority", rule="R-WILL1", more='authority = "c"'),
            "duties.4.authority",
        ),
        (
            TWO + OWED.format(code="refer_police", rule="R-WILL1", more='authority = "a"'),
            "duties.4.authority",
        ),
        (
            TWO
            + OWED.format(code="refer_authority", rule="R-WILL1", more='authority = "a"')
            + OWED.format(code="refer_authority", rule="R-WILL1", more='authority = "b"'),
            "duties.5.rules",
        ),
        (
            TWO
            + OWED.format(code="refer_authority", rule="R-WILL1", more='authority = "a"').replace(
                "upheld", "blocked"
            ),
            "duties.4.on",
        ),
        (
            '[authorities.a]\nname = "A"\nrules = ["R-MAY1"]\ndecided_by = ["auditor"]',
            "authorities.a.decided_by",
        ),
    ],
)
def test_a_file_that_owes_what_no_authority_could_get_is_faulted(lines: str, path: str):
    assert path in [fault.path for fault in faults(written(lines).encode())]


def test_what_a_linked_case_owes_an_authority_stays_owed_there(council: Scenario):
    council.upheld("2026-03-02", SPAM)
    there = council.case
    again = {"platform": "facebook", "handle": "maple.heron.2", "name": "Maple Heron"}
    council.flagged("2026-03-03", again)
    link = {"other": there, "kind": "same_account", "reason": "It says so itself"}
    council.given("link-accounts", "2026-03-03", **link)
    both = {**TRADING, "incidents": [f"{there}/1"]}
    referred = council.given("refer-authority", "2026-03-04", **both)
    assert "stays owed: record it there too" in referred["verdict"]["warnings"][0]
    council.given("disclose", "2026-03-04", **TOLD | {"incidents": [1, f"{there}/1"]})
    assert council.duties() == []
    council.case = there
    assert [d["rule"] for d in council.duties()] == ["R-WILL2", "R-WILL3"]
