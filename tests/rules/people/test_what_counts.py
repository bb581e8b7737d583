"""What a linked case counts for: the same account all of it, the same person nothing."""

from __future__ import annotations

import pytest

from tests.rules.people.pairs import FAR, NEW, OLD, block, history, linking, strike
from tests.scenarios import MAPLE, Scenario, rules_of

DAY = "2025-03-10"
LATER = "2025-04-10"
THIRD = {"platform": "facebook", "handle": "maple.heron.3", "name": "Maple Heron"}


@pytest.fixture
def old(ashfield: Scenario) -> str:
    return strike(ashfield, OLD, "2025-03-03")


@pytest.fixture
def new(ashfield: Scenario) -> str:
    return strike(ashfield, NEW, "2025-03-04")


def refused_for_want_of_a_strike(answer: dict[str, object]) -> bool:
    return (answer["outcome"], rules_of(answer)) == ("refused", ["R-A26", "D-8"])


@pytest.mark.rule("R-A26", "D-26")
def test_an_earlier_strike_of_the_same_account_counts(
    ashfield: Scenario, old: str, new: str
) -> None:
    before = block(ashfield, new, DAY, [1])
    assert before["outcome"] == "refused"
    ashfield.given("link-accounts", DAY, **linking(new, old))
    assert block(ashfield, new, LATER, [1])["outcome"] == "accepted"


@pytest.mark.rule("D-26")
def test_of_the_same_person_nothing_counts(ashfield: Scenario, old: str, new: str) -> None:
    ashfield.given("link-accounts", DAY, **linking(new, old, "same_person"))
    assert block(ashfield, new, LATER, [1])["outcome"] == "refused"
    assert block(ashfield, new, LATER, [1, f"{old}/1"])["outcome"] == "refused"


def test_links_lead_on(ashfield: Scenario, old: str, new: str) -> None:
    third = strike(ashfield, THIRD, "2025-03-05")
    ashfield.given("link-accounts", DAY, **linking(old, new, "same_person"))
    ashfield.given("link-accounts", DAY, **linking(new, third, "same_person"))
    assert block(ashfield, third, DAY, [1])["outcome"] == "refused"
    ashfield.given("link-accounts", DAY, **linking(new, third))
    ashfield.given("overturn", DAY, case=new, incident=1, because="error", reasons="not theirs")
    assert block(ashfield, third, LATER, [1])["outcome"] == "refused"
    ashfield.given("link-accounts", DAY, **linking(new, old))
    assert block(ashfield, third, LATER, [1])["outcome"] == "accepted"


@pytest.mark.rule("D-26")
def test_after_the_link_was_taken_back_nothing_counts(
    ashfield: Scenario, old: str, new: str
) -> None:
    ashfield.given("link-accounts", DAY, **linking(new, old))
    ashfield.given("unlink-accounts", LATER, **linking(old, new))
    assert block(ashfield, new, "2025-04-11", [1])["outcome"] == "refused"
    # What happened while they were linked is judged as it was then, also when entered late.
    assert block(ashfield, new, "2025-04-01", [1])["outcome"] == "accepted"


def test_a_link_counts_from_when_it_happened(ashfield: Scenario, old: str, new: str) -> None:
    ashfield.given("link-accounts", LATER, **linking(new, old))
    assert block(ashfield, new, "2025-04-09", [1])["outcome"] == "refused"
    assert block(ashfield, new, LATER, [1])["outcome"] == "accepted"


def test_a_strike_that_came_later_there_does_not_count_yet(ashfield: Scenario, new: str) -> None:
    other = strike(ashfield, OLD, "2025-03-01")
    ashfield.given("link-accounts", DAY, **linking(new, other))
    ashfield.given("overturn", DAY, case=other, incident=1, because="error", reasons="not theirs")
    ashfield.case = other
    strike(ashfield, OLD, "2025-05-01")
    assert block(ashfield, new, LATER, [1])["outcome"] == "refused"


@pytest.mark.rule("R-A26")
def test_an_incident_of_the_linked_case_may_be_listed(
    ashfield: Scenario, old: str, new: str
) -> None:
    both = [f"{new}/1", f"{old}/1", 1]
    unlinked = block(ashfield, new, DAY, both)
    assert unlinked["outcome"] == "refused"
    assert "STATE" in rules_of(unlinked)
    assert [way["command"] for way in unlinked["verdict"]["instead"]] == ["link-accounts"]
    ashfield.given("link-accounts", DAY, **linking(new, old))
    assert block(ashfield, new, LATER, [*both, f"{old}/2"])["outcome"] == "not_found"
    assert block(ashfield, new, LATER, [*both, "ASH-2222-2222/1"])["outcome"] == "not_found"
    ashfield.given("block", LATER, **blocking(new, both))
    told = history(ashfield, new)[-1]
    assert told["data"]["incidents"] == [1, f"{old}/1"]
    assert f"{old}/1" in told["words"]


def blocking(case: str, incidents: list[object]) -> dict[str, object]:
    return {
        "case": case,
        "ground": "continues",
        "incidents": incidents,
        "scope": "interacting",
        "channels": "all",
        "reason": "went on",
        "proportionality": {"aim": "protect staff", "less_intrusive": "hiding did not help"},
    }


@pytest.mark.rule("R-A23", "R-A26")
def test_what_a_listed_incident_needs_is_looked_for_in_its_own_case(
    ashfield: Scenario, old: str
) -> None:
    flagged = ashfield.flagged("2025-03-05", account=NEW)
    new = ashfield.case
    ashfield.given("link-accounts", DAY, **linking(old, new))
    answer = block(ashfield, old, LATER, [1, f"{new}/{flagged}"])
    assert answer["outcome"] == "refused"
    assert {"uphold", "capture", "hide"} <= set(answer["verdict"]["missing"])
    assert any(f"{new}/{flagged}" in why for why in answer["why"])


@pytest.mark.rule("D-26")
def test_a_standing_block_of_the_same_account_covers(
    ashfield: Scenario, old: str, new: str
) -> None:
    ashfield.given("link-accounts", DAY, **linking(old, new))
    assert block(ashfield, old, LATER, [1, f"{new}/1"])["outcome"] == "accepted"
    again = block(ashfield, new, "2025-04-11", [1])
    assert (again["outcome"], rules_of(again)) == ("refused", ["STATE"])
    assert old in again["why"][0]
    # Entered late, a block of before the other one would still repeat it.
    late = block(ashfield, new, "2025-04-09", [1])
    assert (late["outcome"], rules_of(late)) == ("refused", ["STATE"])
    ashfield.given("unlink-accounts", "2025-05-01", **linking(old, new))
    strike(ashfield, NEW, "2025-05-02")
    assert block(ashfield, new, "2025-05-03", [1, 2])["outcome"] == "accepted"


def test_overturning_names_the_block_that_rests_on_it_elsewhere(
    ashfield: Scenario, old: str, new: str
) -> None:
    ashfield.given("link-accounts", DAY, **linking(old, new))
    ashfield.given("block", LATER, **blocking(new, [1, f"{old}/1"]))
    because = {"case": old, "incident": 1, "because": "error", "reasons": "not theirs"}
    late = ashfield.when("overturn", "2025-03-20", **because)
    assert (late["outcome"], rules_of(late)) == ("refused", ["STATE"])
    assert new in late["why"][0]
    answer = ashfield.given("overturn", "2025-05-01", **because)
    assert f"block 1 of case {new} rests on it" in answer["verdict"]["warnings"][0]


@pytest.mark.rule("R-A38")
def test_what_the_linked_case_owes_the_police_stays_owed_there(
    ashfield: Scenario, new: str
) -> None:
    hate = [{"category": "hate", "characteristics": ["age"]}]
    ashfield.upheld("2025-03-05", hate, account=OLD)
    old = ashfield.case
    ashfield.given("link-accounts", DAY, **linking(new, old))
    told = {"ground": "hate", "force": "Nottinghamshire", "legal_basis": "Sch 1 para 10 DPA"}
    answer = ashfield.given("refer-police", LATER, case=new, incidents=[f"{old}/1"], **told)
    assert f"what incident {old}/1 owes stays owed" in answer["verdict"]["warnings"][0]
    assert ashfield.duties(code="refer_police")
    ashfield.given("refer-police", LATER, case=old, incidents=[1], **told)
    assert not ashfield.duties(code="refer_police")


def test_the_police_may_be_told_of_both(ashfield: Scenario, old: str, new: str) -> None:
    told = {"ground": "abuse", "force": "Nottinghamshire", "legal_basis": "Sch 1 para 10 DPA"}
    ashfield.given("link-accounts", DAY, **linking(old, new))
    both = {"incidents": [1, f"{old}/1"]}
    ashfield.given("refer-police", LATER, case=new, **told, **both, evidence=[1])
    ashfield.given("not-referred", LATER, case=new, reason="both are petty", **both)
    lawyers = {"outcome": "none", "reason": "not worth it"}
    ashfield.given("consider-legal", LATER, case=new, **both, **lawyers)
    assert history(ashfield, new)[-3]["data"]["incidents"] == [1, f"{old}/1"]
    assert ashfield.casework.differences() == []


@pytest.mark.rule("R-N32", "D-20")
def test_the_strikes_of_both_make_three(northants: Scenario) -> None:
    for day in ("2025-03-03", "2025-03-04"):
        northants.upheld(day, account=MAPLE)
    old = northants.case
    northants.upheld("2025-03-05", account=NEW)
    new = northants.case
    told = {"ground": "persistent", "scope": "commenting", "viewpoint_neutral": True}
    mia = told | {"actor": "mia.m"}
    assert block(northants, new, LATER, [1], **mia)["outcome"] == "refused"
    northants.given("link-accounts", DAY, **linking(new, old))
    assert block(northants, new, LATER, [1], **mia)["outcome"] == "accepted"


def test_across_platforms_nothing_counts(ashfield: Scenario, old: str) -> None:
    far = strike(ashfield, FAR, "2025-03-05")
    ashfield.given("link-accounts", DAY, **linking(far, old, "same_person"))
    assert block(ashfield, far, LATER, [1])["outcome"] == "refused"
