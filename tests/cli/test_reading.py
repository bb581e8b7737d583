"""What people read: plain lines for them, JSON of a fixed form for machines."""

from __future__ import annotations

import pytest

from tests.cli.test_verbs import blocked
from tests.modes import register_at
from tests.policies.written import written

LISTS = ["cases", "appeals", "duties", "complaints"]


@pytest.mark.parametrize("name", LISTS)
def test_nothing_is_an_empty_list_for_machines_and_a_sentence_on_stderr_for_people(
    register, casebook, name
):
    assert casebook(name, "--json").json == []
    ran = casebook(name)
    assert (ran.code, ran.out) == (0, "")
    assert ran.err


@pytest.mark.parametrize("name", ["appeals", "duties", "complaints"])
def test_of_one_case_it_is_still_a_list(maple, casebook, name):
    found = casebook(name, maple, "--json").json
    assert isinstance(found, list)
    assert all(each["case"] == maple for each in found)
    assert casebook(name, "ASH-2222-2222").code == 4


def test_cases_are_a_table_with_a_line_of_headings(maple, casebook):
    headings, row = casebook("cases").out.splitlines()
    assert headings.split("  ")[0] == "case"
    assert row.split()[:5] == [maple, "ashfield", "facebook", "maple.heron", "Maple"]
    assert headings.index("platform") == row.index("facebook")


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (["--status", "open"], 1),
        (["--status", "blocked"], 0),
        (["--platform", "x"], 0),
        (["--text", "HERON"], 1),
        (["--text", "swearing at"], 1),
        (["--unreviewed"], 1),
        (["--incomplete"], 0),
        (["--irregular"], 0),
        (["--category", "spam"], 0),
    ],
)
def test_cases_are_found_by_what_is_asked(maple, casebook, asked, found):
    assert len(casebook("cases", *asked, "--json").json) == found


def test_show_is_one_object_and_names_what_may_be_done_next(maple, casebook):
    found = casebook("show", maple, "--json").json
    assert found["case"] == maple
    assert {"uphold", "dismiss", "capture"} <= {step["command"] for step in found["next"]}
    told = casebook("show", "facebook/maple.heron").out
    assert told.startswith(f"Case {maple}, facebook/maple.heron, ashfield: open.")
    assert f"  casebook uphold {maple} --incident 1 under R-A24" in told


def test_show_tells_of_blocks_and_when_their_owner_may_appeal(maple, casebook):
    blocked(casebook, maple)
    told = casebook("show", maple).out
    assert "block 1: blocked; decided on 1 April 2025, ground reserved power" in told
    assert "1 April 2026" in told


def test_audit_is_one_object_with_the_events_as_stored_and_a_sentence_each(maple, casebook):
    found = casebook("audit", maple, "--json").json
    assert [event["type"] for event in found["events"]] == ["AccountOpened", "CommentFlagged"]
    assert all(event["words"].endswith(".") for event in found["events"])
    assert found["state"]["status"] == "open"


def test_audit_tells_when_it_happened_when_it_was_recorded_who_and_under_what(maple, casebook):
    lines = casebook("audit", maple).out.splitlines()
    second = next(number for number, line in enumerate(lines) if line.startswith("2. "))
    assert lines[second].startswith("2. Monday 3 March 2025, 10:15: Jo P flagged a comment")
    told = " ".join(lines[second:])
    assert "by jo.p as officer." in told
    assert "Under R-A24 of ashfield version undated." in told
    assert "Then owed: 2.1 review flag for incident 1" in told


def test_appeals_are_as_they_stand_on_a_day(maple, casebook):
    blocked(casebook, maple)
    assert casebook("appeals", "--at", "2025-03-31", "--json").json == []
    [before] = casebook("appeals", "--at", "2026-03-31", "--json").json
    [opened] = casebook("appeals", "--at", "2026-04-01", "--json", "--eligible").json
    assert (before["eligible"], opened["eligible"]) == (False, True)
    assert casebook("appeals", "--at", "2026-03-31", "--eligible", "--json").json == []
    told = casebook("appeals", "--at", "2026-03-31").out
    assert "The owner may not appeal yet: from 1 April 2026 on." in told


def test_duties_are_as_they_stood_then(maple, casebook):
    blocked(casebook, maple)
    codes = {each["code"] for each in casebook("duties", "--json").json}
    assert {"review_flag", "tell_service_director"} <= codes
    [early] = casebook("duties", "--at", "2025-03-03", "--json").json
    assert early["code"] == "review_flag"
    late = casebook("duties", "--overdue", "--at", "2025-04-03T00:00:00Z", "--json").json
    assert [each["code"] for each in late] == ["tell_service_director"]
    assert casebook("duties", "--role", "auditor", "--json").json == []


@pytest.mark.parametrize(
    "words",
    [
        ("appeals", "--at", "2025-02-30"),
        ("appeals", "--at", "20250301"),
        ("duties", "--at", "2025-03-03T10:00:00"),
        ("duties", "--at", "9999-12-31"),
        ("duties", "--at", "tomorrow"),
    ],
)
def test_a_date_that_is_none_is_wrongly_asked(register, casebook, words):
    ran = casebook(*words)
    assert (ran.code, ran.out) == (2, "")
    assert "--at" in ran.err


def test_complaints_are_listed(maple, casebook):
    complain = ("--received-on", "2025-04-01", "--via", "email", "--about", "the hiding")
    assert casebook("complain", maple, *complain, "--at", "2025-04-01T12:00:00Z").code == 0
    headings, row = casebook("complaints").out.splitlines()
    assert headings.split() == ["case", "complaint", "stage", "status", "received", "on", "about"]
    assert row.split()[:4] == [maple, "1", "1", "open"]


def test_policies_are_listed_shown_and_explained(register, casebook):
    [listed] = casebook("policy", "list", "--json").json
    assert listed["id"] == "ashfield@undated"
    assert listed["in_force"] is True
    rules = {rule["rule"]: rule for rule in casebook("policy", "show", "ashfield", "--json").json}
    assert rules["R-A51"]["force"] == "never"
    shown = casebook("policy", "show", "ashfield@undated").out
    assert 'R-A51 (never): "We will not notify people directly when they are blocked"' in shown
    assert "What is a breach" in casebook("policy", "explain", "ashfield").out
    assert isinstance(casebook("policy", "explain", "ashfield", "--json").json, list)
    assert casebook("policy", "show", "nowhere").code == 4
    assert casebook("policy", "show", "ashfield@1999").code == 4


def test_a_policy_file_is_checked_with_every_fault_and_its_line(casebook, tmp_path):
    (tmp_path / "wrong.toml").write_text("[policy]\nid = 3\n")
    ran = casebook("policy", "check", str(tmp_path / "wrong.toml"))
    assert ran.code == 6
    assert "line 2" in ran.out
    faults = casebook("policy", "check", str(tmp_path / "wrong.toml"), "--json").json
    assert {"line", "path", "problem", "wanted"} == set(faults[0])
    assert casebook("policy", "check", str(tmp_path / "gone.toml")).code == 2


def test_upkeep_says_what_it_did(maple, casebook):
    assert casebook("tick", "--json").json == []
    assert casebook("tick").out == "No block has run out.\n"
    assert casebook("rebuild").out.startswith("All views are made anew from ")
    assert casebook("doctor").out == "All is well.\n"
    assert casebook("doctor", "--json").json == []


def test_doctor_ends_with_6_where_it_finds_something(register, casebook):
    end = ("--staff", "sam.d", "--role", "service_director", "--until", "2020-01-01")
    assert casebook("end-appointment", *end, "--as", "ad.min").code == 0
    ran = casebook("doctor")
    assert ran.code == 6
    assert "Nobody holds the post of service director today" in ran.out


def test_init_begins_a_council_of_which_none_is_shipped_with_its_own_file(casebook, tmp_path):
    init = ("init", "--register", str(register_at(tmp_path / "new")), "--administrator", "ad.min")
    file = tmp_path / "alder.toml"
    file.write_text(written(), encoding="utf-8")
    own = ("--council", "alder-bay", "--policy", str(file))
    assert "version 2020-01-01 adopted" in casebook(*init, *own).out
    file.write_text("[policy]", encoding="utf-8")
    assert casebook(*init, *own).code == 6


def test_init_says_what_it_did_and_adds_a_council_later(casebook, tmp_path):
    init = (
        "init",
        "--register",
        str(register_at(tmp_path / "new")),
        "--administrator",
        "ad.min",
        "--council",
    )
    assert "ad.min is the administrator of ashfield." in casebook(*init, "ashfield").out
    assert "is in this register already" in casebook(*init, "ashfield").out.replace("\n", " ")
    assert casebook(*init, "north-northamptonshire").code == 0
    councils = casebook(
        "policy", "list", "--json", "--register", str(register_at(tmp_path / "new"))
    ).json
    assert [each["id"].partition("@")[0] for each in councils] == [
        "ashfield",
        "north-northamptonshire",
    ]
