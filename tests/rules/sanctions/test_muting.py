"""Muting an account: on which pages, after what, beside which blocks, and how it ends."""

from __future__ import annotations

from collections.abc import Callable

from services.cli.show import in_words
from services.views.audit import audit_case
from services.views.cases import list_cases
from tests.rules.people.pairs import NEW, OLD, linking
from tests.rules.sanctions.policies import (
    ABUSE,
    DAY,
    LATER,
    MUTES,
    block,
    mute,
    need,
    on_a_block,
)
from tests.scenarios import PROPORTIONATE, Scenario, codes_of, rules_of, types_of

Council = Callable[[str], Scenario]
ONE_OR_THE_OTHER = MUTES + "instead_of_block = true\n"


def shown(town: Scenario) -> dict[str, object]:
    found: dict[str, object] = town.casework.show(town.casework.reading.find_case(None, town.case))
    return found


def test_both_shipped_policies_are_silent_and_so_nobody_is_muted(
    ashfield: Scenario, northants: Scenario
) -> None:
    for each in (ashfield, northants):
        incident = each.upheld(DAY)
        answer = mute(each, DAY, incident, actor="mia.m")
        assert (answer["outcome"], rules_of(answer)) == ("refused", ["SILENT-MUTING"])
        nothing = each.when("unmute", DAY, channels="all", reason="over")
        assert (nothing["outcome"], rules_of(nothing)) == ("refused", ["STATE"])


def test_a_mute_stands_on_its_pages_until_it_ends(council: Council) -> None:
    town = council(MUTES)
    incident = town.upheld(DAY, ABUSE)
    answer = mute(town, DAY, incident, channels=["facebook", "x"])
    assert (types_of(answer), rules_of(answer)) == (["Muted"], ["R-MAY1"])
    again = mute(town, LATER, incident, channels=["x"])
    assert (again["outcome"], rules_of(again)) == ("refused", ["STATE"])
    town.given("unmute", LATER, channels=["x"], reason="it stopped")
    [standing] = shown(town)["state"]["mutes"]  # type: ignore[index]
    assert (standing["channel"], standing["incidents"]) == ("facebook", [incident])
    twice = town.when("unmute", LATER, channels=["x"], reason="it stopped")
    assert twice["outcome"] == "refused"
    town.given("unmute", LATER, channels="all", reason="it stopped")
    assert shown(town)["state"]["mutes"] == []  # type: ignore[index]


def test_ending_a_mute_takes_the_fields_that_the_mute_took(council: Council) -> None:
    town = council(MUTES)
    incident = town.upheld(DAY, ABUSE)
    mute(town, DAY, incident)
    over = {"channels": ["facebook"], "reason": "it stopped", "proportionality": PROPORTIONATE}
    assert town.when("unmute", LATER, incidents=[9], **over)["outcome"] == "not_found"
    town.given("unmute", LATER, incidents=[incident], **over)
    audit = audit_case(town.casework.database, town.case, town.now)
    assert audit is not None
    data = audit["events"][-1]["data"]
    assert (data["incidents"], data["proportionality"]) == ([incident], PROPORTIONATE)


def test_where_it_stands_is_told_in_the_case_and_in_the_list_of_cases(council: Council) -> None:
    town = council(MUTES)
    mute(town, DAY, town.upheld(DAY, ABUSE), channels=["facebook:parks"])
    lines = list(in_words(shown(town)))
    assert "  on facebook:parks since 2 March 2026, for incident 1" in lines
    assert "  casebook unmute " + town.case + " --channels facebook:parks" in "\n".join(lines)
    [listed] = list_cases(town.casework.database)
    assert listed["muted_on"] == ["facebook:parks"]


def test_nobody_is_muted_on_a_page_that_is_not_the_councils(council: Council) -> None:
    town = council(MUTES)
    answer = mute(town, DAY, town.upheld(DAY, ABUSE), channels=["tiktok"])
    assert (answer["outcome"], answer["verdict"]["missing"]) == ("refused", ["channels.0"])


def test_a_mute_needs_what_the_policy_says(council: Council) -> None:
    town = council(MUTES + 'proportionality = true\ndecided_by = ["communications_manager"]\n')
    flagged = town.flagged(DAY)
    answer = mute(town, DAY, flagged, actor="mia.m")
    assert answer["verdict"]["missing"] == ["uphold", "proportionality"]
    incident = town.upheld(DAY, ABUSE)
    own = mute(town, DAY, incident, proportionality=PROPORTIONATE)
    assert (own["outcome"], rules_of(own)) == ("forbidden", ["R-MAY1"])
    said = mute(town, DAY, incident, actor="mia.m", proportionality=PROPORTIONATE)
    assert said["outcome"] == "accepted"


def test_one_page_may_be_muted_while_another_is_blocked_but_none_both(council: Council) -> None:
    town = council(ONE_OR_THE_OTHER)
    incident = town.upheld(DAY, ABUSE)
    assert mute(town, DAY, incident)["outcome"] == "accepted"
    both = block(town, DAY, incident, channels=["facebook", "x"])
    assert (both["outcome"], both["verdict"]["missing"]) == ("refused", ["unmute"])
    assert [way["command"] for way in both["verdict"]["instead"]] == ["unmute"]
    assert block(town, DAY, incident, channels=["x"])["outcome"] == "accepted"
    blocked = mute(town, DAY, incident, channels=["x"])
    assert (blocked["outcome"], rules_of(blocked)) == ("refused", ["R-MAY1"])
    town.given("unmute", DAY, channels=["facebook"], reason="a block takes its place")
    assert block(town, DAY, incident, channels=["facebook"])["outcome"] == "accepted"


def test_where_the_policy_does_not_say_so_a_page_may_have_both(council: Council) -> None:
    town = council(MUTES)
    incident = town.upheld(DAY, ABUSE)
    mute(town, DAY, incident)
    assert block(town, DAY, incident)["outcome"] == "accepted"


def test_a_block_may_wait_for_a_mute_that_did_not_help(council: Council) -> None:
    town = council(ONE_OR_THE_OTHER + on_a_block(need("muted")))
    incident = town.upheld(DAY, ABUSE)
    refused = block(town, DAY, incident)
    assert [way["command"] for way in refused["verdict"]["instead"]] == ["mute"]
    mute(town, DAY, incident, channels=["x"])
    assert block(town, LATER, incident)["outcome"] == "accepted"


def test_a_mute_whose_finding_is_overturned_must_end(council: Council) -> None:
    owed = '[[duties]]\non = "overturned"\ncode = "lift_mute"\nrules = ["R-WILL1"]\n'
    town = council(MUTES + owed)
    first, second = (town.upheld(DAY, ABUSE) for _ in range(2))
    mute(town, DAY, first, channels=["facebook"])
    mute(town, DAY, first, second, channels=["x"])
    wrong = {"because": "error", "reasons": "misread"}
    assert codes_of(town.given("overturn", LATER, incident=first, **wrong)) == ["lift_mute"]
    town.given("unmute", LATER, channels=["x"], reason="not this one")
    assert len(town.duties(code="lift_mute")) == 1
    town.given("unmute", LATER, channels=["facebook"], reason="its ground is gone")
    assert town.duties(code="lift_mute") == []


def test_muting_and_its_end_can_raise_duties(council: Council) -> None:
    raised = "".join(
        f'[[duties]]\non = "{on}"\ncode = "tell_{on}"\nrules = ["R-WILL1"]\n'
        for on in ("muted", "unmuted")
    )
    town = council(MUTES + raised)
    answer = mute(town, DAY, town.upheld(DAY, ABUSE))
    assert codes_of(answer) == ["tell_muted"]
    ended = town.given("unmute", LATER, channels="all", reason="over")
    assert codes_of(ended) == ["tell_unmuted"]


def test_a_mute_that_rests_on_a_linked_case_too_can_end_and_owes_its_own_only(
    council: Council,
) -> None:
    raised = "".join(
        f'[[duties]]\non = "{on}"\ncode = "tell_{on}"\nrules = ["R-WILL1"]\n'
        for on in ("muted", "unmuted")
    )
    town = council(MUTES + raised)
    town.upheld(DAY, ABUSE, account=OLD)
    other = town.case
    incident = town.upheld(DAY, ABUSE, account=NEW)
    town.given("link-accounts", DAY, **linking(town.case, other))
    answer = mute(town, LATER, incident, f"{other}/1")
    assert codes_of(answer) == ["tell_muted"]
    ended = town.given("unmute", LATER, channels="all", reason="over")
    assert codes_of(ended) == ["tell_unmuted"]
