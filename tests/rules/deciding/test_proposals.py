"""A block that one person proposes and another approves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from services.policies import explain, faults
from services.policies.reading import read
from tests.policies.written import written
from tests.rules.deciding.steps import events, found_abusive, next_commands, proposed, terms
from tests.scenarios import Scenario, codes_of, rules_of, scenario_under, types_of

LINES = """
[clauses]
R-MUST2 = { force = "must", quote = "The General Manager must approve" }
[roles.general_manager]
name = "General Manager"
rules = ["R-MUST2"]
like = "communications_manager"
[blocks.approval]
rules = ["R-MUST2"]
by = ["general_manager"]
sets_length = true
[[duties]]
on = "proposed"
code = "decide_proposal"
rules = ["R-MUST2"]
owed_by = "general_manager"
due = { working_days = 5 }
"""
MONTH = {"kind": "fixed", "until": "2026-04-02"}
YES = {"block": 1, "reasons": "nothing milder is left", "actor": "gen.m"}


@pytest.fixture
def council(tmp_path: Path) -> Iterator[Scenario]:
    with scenario_under(tmp_path, written(LINES)) as made:
        for staff in ("gen.m", "gen.n"):
            made.given("appoint", staff=staff, role="general_manager", actor="admin", **FROM)
        yield made


FROM = {"from": "2020-01-01"}


def test_block_is_refused_and_names_the_proposal(council: Scenario) -> None:
    answer = council.when("block", "2026-03-03", **terms(found_abusive(council)))
    assert (answer["outcome"], rules_of(answer)) == ("refused", ["R-MUST2"])
    assert answer["verdict"]["missing"] == ["propose-block"]
    assert [way["command"] for way in answer["verdict"]["instead"]] == ["propose-block"]


def test_a_proposal_is_no_block(council: Scenario) -> None:
    proposed(council)
    assert council.appeals("2026-06-01") == []
    assert council.when("notify-block", block=1, via="email", delivery="sent")["outcome"] == (
        "not_found"
    )
    [duty] = council.duties(code="decide_proposal")
    assert (duty["owed_by"], duty["due"]) == ("general_manager", "2026-03-10T17:00:00+00:00")


def test_approving_records_the_approval_and_then_the_block(council: Scenario) -> None:
    proposed(council)
    answer = council.given("approve-block", "2026-03-05", length=MONTH, **YES)
    assert types_of(answer) == ["BlockApproved", "Blocked"]
    assert codes_of(answer) == ["apply_block"]
    assert council.duties(code="decide_proposal") == []
    [block] = council.appeals("2026-06-01")
    assert (block["block"], block["decided_on"], block["scope"]) == (1, "2026-03-05", "commenting")
    assert block["length"] == MONTH | {"ends": "by_itself"}
    [told] = [event["words"] for event in events(council, "BlockApproved")]
    assert told.startswith("Gen M approved the proposed block 1, until 2 April 2026")


def test_the_timer_names_who_set_the_length(council: Scenario) -> None:
    proposed(council)
    council.given("approve-block", "2026-03-05", length=MONTH, **YES)
    assert council.casework.tick()
    assert events(council, "BlockEnded")[0]["data"]["set_by"] == "gen.m"


def test_who_proposed_it_does_not_approve_it(council: Scenario) -> None:
    council.given("appoint", staff="jo.p", role="general_manager", actor="admin", **FROM)
    proposed(council)
    answer = council.when("approve-block", "2026-03-05", length=MONTH, **(YES | {"actor": "jo.p"}))
    assert (answer["outcome"], answer["verdict"]["missing"]) == ("refused", ["actor"])


def test_an_approval_is_not_recorded_for_another(council: Scenario) -> None:
    proposed(council)
    said = {"length": MONTH, **YES, "actor": "gen.n", "on_behalf_of": "gen.m"}
    answer = council.when("approve-block", "2026-03-05", **said)
    assert (answer["outcome"], answer["verdict"]["missing"]) == ("refused", ["actor"])


@pytest.mark.parametrize("staff", ["pat.o", "mia.m"])
def test_only_whom_the_policy_names_approves_or_declines(council: Scenario, staff: str) -> None:
    proposed(council)
    for command in ("approve-block", "decline-block"):
        answer = council.when(command, "2026-03-05", **(YES | {"actor": staff}))
        assert (answer["outcome"], rules_of(answer)) == ("forbidden", ["R-MUST2"])


def test_a_deputy_approves_where_the_holder_proposed_and_not_otherwise(council: Scenario) -> None:
    deputy = {"role": "general_manager", "actor": "admin", "deputy_for": "gen.m"} | FROM
    council.given("appoint", staff="dep.u", **deputy)
    proposed(council)
    said = {"length": MONTH, **YES, "actor": "dep.u"}
    assert council.when("approve-block", "2026-03-05", **said)["outcome"] == "forbidden"
    council.given("decline-block", "2026-03-05", **(YES | {"actor": "gen.n"}))
    council.given("propose-block", "2026-03-06", **terms(1, actor="gen.m"))
    assert council.given("approve-block", "2026-03-09", **(said | {"block": 2}))["outcome"]
    assert council.appeals("2026-06-01")[0]["block"] == 2


def test_who_approves_must_say_how_long_where_they_set_it(council: Scenario) -> None:
    proposed(council)
    answer = council.when("approve-block", "2026-03-05", **YES)
    assert (answer["outcome"], answer["verdict"]["missing"]) == ("refused", ["length"])


def test_what_the_block_needs_must_still_be_true(council: Scenario) -> None:
    proposed(council)
    council.given("overturn", "2026-03-04", incident=1, because="error", reasons="a joke")
    answer = council.when("approve-block", "2026-03-05", length=MONTH, **YES)
    assert (answer["outcome"], rules_of(answer)) == ("refused", ["R-MAY1"])


def test_declining_leaves_nobody_blocked_and_is_final(council: Scenario) -> None:
    proposed(council)
    council.given("decline-block", "2026-03-05", **YES)
    assert council.duties(code="decide_proposal") == []
    answer = council.when("approve-block", "2026-03-06", length=MONTH, **YES)
    assert (answer["outcome"], rules_of(answer)) == ("refused", ["STATE"])
    assert council.appeals("2026-06-01") == []
    council.given("propose-block", "2026-03-09", **terms(1))


def test_the_same_is_not_proposed_twice(council: Scenario) -> None:
    proposed(council)
    assert rules_of(council.when("propose-block", "2026-03-04", **terms(1))) == ["STATE"]


def test_a_proposal_needs_what_a_block_needs(council: Scenario) -> None:
    incident = council.flagged("2026-03-02")
    answer = council.when("propose-block", "2026-03-03", **terms(incident))
    assert (answer["outcome"], answer["verdict"]["missing"]) == ("refused", ["uphold"])


def test_there_is_no_such_proposal(council: Scenario) -> None:
    found_abusive(council)
    assert council.when("approve-block", "2026-03-05", **YES)["outcome"] == "not_found"
    council.given("propose-block", "2026-03-09", **terms(1))
    assert council.when("decline-block", "2026-03-05", **YES)["outcome"] == "invalid"


def test_who_proposed_the_block_does_not_reverse_it(council: Scenario) -> None:
    proposed(council)
    length = {"kind": "indefinite"}
    council.given("approve-block", "2026-03-05", length=length, **YES)
    back = {"block": 1, "because": "error", "reasons": "a mistake"}
    for staff in ("jo.p", "gen.m"):
        answer = council.when("reverse-block", "2026-03-06", actor=staff, **back)
        assert answer["outcome"] == "refused"
    council.given("reverse-block", "2026-03-06", actor="pat.o", **back)


def test_done_already_without_approval_is_recorded_as_irregular(council: Scenario) -> None:
    done = {"already_done": {"reason": "it was urgent"}, "actor": "mia.m"}
    council.given("block", "2026-03-03", **terms(found_abusive(council), **done))
    irregular = events(council, "Blocked")[0]["irregular"]
    assert "R-MUST2" in [each["rule"] for each in irregular]


def test_show_says_what_may_be_done_next_and_by_whom(council: Scenario) -> None:
    found_abusive(council)
    assert "propose-block" in next_commands(council)
    assert "block" not in next_commands(council)
    council.given("propose-block", "2026-03-03", **terms(1))
    assert next_commands(council)["approve-block"] == ["general_manager"]
    assert "decline-block" in next_commands(council)


def test_where_no_approval_is_asked_a_proposal_binds_nobody(tmp_path: Path) -> None:
    with scenario_under(tmp_path, written()) as council:
        proposed(council)
        assert council.duties(code="decide_proposal") == []
        council.given("block", "2026-03-05", **terms(1, actor="pat.o"))
        [block] = council.appeals("2026-06-01")
        assert block["block"] == 1
        assert rules_of(
            council.when("decline-block", "2026-03-06", **YES | {"actor": "mia.m"})
        ) == ["STATE"]


def test_one_ground_may_ask_for_an_approval_that_others_do_not(tmp_path: Path) -> None:
    own = LINES.replace("[blocks.approval]", "[blocks.grounds.breach.approval]")
    more = """
    [blocks.grounds.repeated]
    rules = ["R-MAY1"]
    scopes = ["commenting"]
    needs = []
    """
    with scenario_under(tmp_path, written(own + more)) as council:
        incident = found_abusive(council)
        assert council.when("block", "2026-03-03", **terms(incident))["outcome"] == "refused"
        council.given("block", "2026-03-03", **terms(incident, ground="repeated"))


def test_the_page_tells_who_approves() -> None:
    page = explain(read(written(LINES).encode()))
    assert "proposed by one person and approved by another, the general manager" in page
    assert "decides, case by case, how long it lasts" in page


def test_an_approval_left_to_nobody_is_not_sound() -> None:
    found = faults(written(LINES.replace('by = ["general_manager"]', 'by = ["mayor"]')).encode())
    assert [(f.path, "no role" in f.problem) for f in found] == [("blocks.approval.by.0", True)]


def test_a_duty_to_decide_arises_from_nothing_but_a_proposal() -> None:
    found = faults(written(LINES.replace('on = "proposed"', 'on = "blocked"')).encode())
    assert [fault.path.rpartition(".")[2] for fault in found] == ["on"]
