"""What people read of linked cases: which they are, and what of the other counts here."""

from __future__ import annotations

from services.views.audit import audit_case
from services.views.cases import CaseFilter, list_cases
from tests.rules.people.pairs import FAR, NEW, OLD, WHY, block, linking, shown, strike
from tests.scenarios import Scenario

DAY = "2025-03-10"
LATER = "2025-04-10"


def test_show_of_either_names_the_other_with_its_incidents_and_blocks(ashfield: Scenario) -> None:
    old = strike(ashfield, OLD, "2025-03-03")
    new = strike(ashfield, NEW, "2025-03-04")
    assert shown(ashfield, old)["linked"] == []
    ashfield.given("link-accounts", DAY, **linking(old, new))
    assert block(ashfield, new, LATER, [1])["outcome"] == "accepted"
    [there] = shown(ashfield, old)["linked"]
    assert (there["case"], there["handle"], there["status"]) == (new, "maple.heron.2", "blocked")
    assert there["since"] == "2025-03-10T10:00:00+00:00"
    assert [i["status"] for i in there["incidents"]] == ["upheld"]
    assert [b["block"] for b in there["blocks"]] == [1]
    assert there["blocks"][0]["eligible_from"] == "2026-04-10"
    [here] = shown(ashfield, new)["linked"]
    assert (here["case"], here["blocks"]) == (old, [])
    assert [i["content"] for i in here["incidents"]] == ["hidden"]


def test_of_the_same_person_only_whose_it_is_is_shown(ashfield: Scenario) -> None:
    old = strike(ashfield, OLD, "2025-03-03")
    far = strike(ashfield, FAR, "2025-03-04")
    ashfield.given("link-accounts", DAY, **linking(old, far, "same_person"))
    [there] = shown(ashfield, old)["linked"]
    assert (there["case"], there["platform"], there["kind"]) == (far, "x", "same_person")
    assert "incidents" not in there
    assert "blocks" not in there


def test_a_link_that_leads_on_is_shown_with_what_lies_between(ashfield: Scenario) -> None:
    old = strike(ashfield, OLD, "2025-03-03")
    new = strike(ashfield, NEW, "2025-03-04")
    third = strike(ashfield, OLD | {"handle": "maple.3"}, "2025-03-05")
    far = strike(ashfield, FAR, "2025-03-06")
    ashfield.given("link-accounts", DAY, **linking(old, new))
    ashfield.given("link-accounts", DAY, **linking(third, new))
    ashfield.given("link-accounts", DAY, **linking(third, far, "same_person"))
    found = {each["case"]: each for each in shown(ashfield, old)["linked"]}
    assert found.keys() == {new, third}
    assert (found[third]["through"], "through" in found[new]) == (new, False)


def test_cases_and_audit_name_the_links_that_stand(ashfield: Scenario) -> None:
    old = strike(ashfield, OLD, "2025-03-03")
    new = strike(ashfield, NEW, "2025-03-04")
    ashfield.given("link-accounts", DAY, **linking(old, new))
    since = "2025-03-10T10:00:00+00:00"
    database = ashfield.casework.database
    links = {case["case"]: case["links"] for case in list_cases(database, CaseFilter())}
    assert links[old] == [{"case": new, "kind": "same_account", "since": since}]
    assert links[new] == [{"case": old, "kind": "same_account", "since": since}]
    audit = audit_case(database, new, ashfield.now)
    assert audit is not None
    assert audit["state"]["links"] == links[new]
    assert {event["case"] for event in audit["events"]} == {new}
    ashfield.given("unlink-accounts", LATER, **linking(new, old))
    assert [case["links"] for case in list_cases(database, CaseFilter())] == [[], []]
    assert ashfield.casework.differences() == []


def test_what_may_be_done_next_counts_the_other_case_and_names_the_way_back(
    ashfield: Scenario,
) -> None:
    old = strike(ashfield, OLD, "2025-03-03")
    new = strike(ashfield, NEW, "2025-03-04")

    def steps() -> set[tuple[str, str | None]]:
        return {(step["command"], step.get("ground")) for step in shown(ashfield, new)["next"]}

    counting = {("block", "continues"), ("unlink-accounts", None)}
    assert not counting & steps()
    ashfield.given("link-accounts", DAY, **linking(old, new))
    assert counting <= steps()


def test_an_officer_finds_the_link_by_its_reason(ashfield: Scenario) -> None:
    old = strike(ashfield, OLD, "2025-03-03")
    new = strike(ashfield, NEW, "2025-03-04")
    ashfield.given("link-accounts", DAY, **linking(old, new))
    found = list_cases(ashfield.casework.database, CaseFilter(text=WHY["reason"].upper()))
    assert {case["case"] for case in found} == {old, new}
