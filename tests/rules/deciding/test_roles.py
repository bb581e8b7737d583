"""A council's own role names, and its own word on who may do what."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from services.policies import explain, faults
from services.policies.reading import read
from services.views.audit import audit_case
from tests.policies.written import written
from tests.scenarios import Scenario, rules_of, scenario_under

LINES = """
[clauses]
R-MAY2 = { force = "may", quote = "The General Manager decides" }
[roles.general_manager]
name = "General Manager"
rules = ["R-MAY2"]
like = "communications_manager"
may = ["director-acknowledges"]
may_not = ["waive"]
[permissions]
rules = ["R-MAY2"]
dismiss = ["general_manager"]
[blocks]
decided_by = ["general_manager", "officer"]
"""


@pytest.fixture
def council(tmp_path: Path) -> Iterator[Scenario]:
    with scenario_under(tmp_path, written(LINES)) as made:
        made.given("appoint", staff="gen.m", role="general_manager", actor="admin", **FROM)
        made.flagged("2026-03-02")
        yield made


FROM = {"from": "2020-01-01"}


def role_of_last(council: Scenario) -> str:
    audit = audit_case(council.casework.database, council.case, council.now)
    assert audit is not None
    role: str = audit["events"][-1]["actor"]["role"]
    return role


def test_it_acts_with_the_rights_of_the_role_that_it_is_like(council: Scenario) -> None:
    council.given("note", "2026-03-02", text="seen", actor="gen.m")
    assert role_of_last(council) == "general_manager"


def test_of_two_roles_the_event_carries_the_lower(council: Scenario) -> None:
    council.given("appoint", staff="gen.m", role="officer", actor="admin", **FROM)
    council.given("note", "2026-03-02", text="seen", actor="gen.m")
    assert role_of_last(council) == "officer"


def test_what_the_policy_takes_from_a_role_it_may_not(council: Scenario) -> None:
    duty = {"duty": "1.1", "reason": "no need"}
    assert council.when("waive", "2026-03-02", actor="gen.m", **duty)["outcome"] == "forbidden"
    assert council.when("waive", "2026-03-02", actor="mia.m", **duty)["outcome"] == "not_found"


def test_only_whom_a_permission_names_may_and_the_answer_names_its_rule(council: Scenario) -> None:
    asked = {"incident": 1, "reason": "no_breach"}
    for staff in ("jo.p", "mia.m"):
        answer = council.when("dismiss", "2026-03-02", actor=staff, **asked)
        assert (answer["outcome"], rules_of(answer)) == ("forbidden", ["R-MAY2"])
    council.given("dismiss", "2026-03-02", actor="gen.m", **asked)


def test_a_step_left_to_a_role_is_not_left_to_another_like_it(council: Scenario) -> None:
    council.given("capture", "2026-03-02", incident=1, held_at="S:/1")
    upheld = {"findings": [{"category": "abuse"}], "viewpoint_neutral": True}
    council.given("uphold", "2026-03-02", incident=1, **upheld)
    block = {"ground": "breach", "incidents": [1], "scope": "access", "channels": "all"}
    block |= {"reason": "abuse", "proportionality": {"aim": "quiet", "less_intrusive": "none"}}
    assert council.when("block", "2026-03-02", actor="mia.m", **block)["outcome"] == "forbidden"
    council.given("block", "2026-03-02", actor="gen.m", **block)


def test_an_unknown_role_is_refused_with_what_is_known(council: Scenario) -> None:
    answer = council.when("appoint", staff="bo", role="mayor", actor="admin", **FROM)
    assert answer["outcome"] == "invalid"
    assert "general_manager" in answer["errors"][0]["wanted"]


def test_what_was_done_already_may_be_recorded_by_a_manager_of_another_name(
    council: Scenario,
) -> None:
    done = {"already_done": {"reason": "it was urgent"}}
    council.given("hide", "2026-03-02", incident=1, actor="gen.m", **done)


def test_who_holds_such_a_role_may_read(council: Scenario) -> None:
    assert council.casework.reading.may_read("alder-bay", "gen.m")
    assert not council.casework.reading.may_read("alder-bay", "admin")


def test_the_page_tells_who_may_do_what() -> None:
    page = explain(read(written(LINES).encode()))
    assert "General Manager (general manager) may do what the communications manager may" in page
    assert "Only the general manager may dismiss." in page


@pytest.mark.parametrize(
    ("old", "new", "path", "problem"),
    [
        ('like = "comm', 'like = "town_crier" # "comm', "roles.general_manager.like", "town_crier"),
        ('"waive"', '"wave"', "roles.general_manager.may_not.0", "no command"),
        ("roles.general_manager", "roles.officer", "roles.officer", "seven roles already"),
        ("dismiss =", "dismis =", "permissions.dismis", "no command"),
        ('dismiss = ["g', 'dismiss = ["auditor", "g', "permissions.dismiss.0", "reads only"),
        ('dismiss = ["g', 'appoint = ["g', "permissions.appoint", "no administrator"),
        ('dismiss = ["g', 'dismiss = ["mayor", "g', "permissions.dismiss.0", "no role"),
        ('decided_by = ["g', 'decided_by = ["mayor", "g', "blocks.decided_by.0", "no role"),
        (
            '"waive"]',
            '"waive"]\n[blocks.reversal]\nagreement_of = ["auditor"]',
            "",
            "may not agree",
        ),
    ],
)
def test_a_file_that_leaves_it_to_nobody_is_not_sound(
    old: str, new: str, path: str, problem: str
) -> None:
    assert faults(written(LINES).encode()) == []
    found = faults(written(LINES.replace(old, new, 1)).encode())
    assert any(path in fault.path and problem in str(fault) for fault in found), found


def test_a_command_that_every_role_is_denied_is_found() -> None:
    lines = '[permissions]\nrules = ["R-MAY1"]\nblock = ["auditor"]'
    problems = [fault.problem for fault in faults(written(lines).encode())]
    assert any("who reads only" in problem for problem in problems)
