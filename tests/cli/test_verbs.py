"""A command at the command line: the answer first, then the rules, then what follows."""

from __future__ import annotations

import json

import pytest

from tests.cli.conftest import COMPLETE, everything, process, register_of

FLAG = ("flag", "facebook/maple.heron", *COMPLETE)
COMMAND_ID = "0b6f4a52-7d1c-4d3e-9b43-0d2f6c1e8a55"


def blocked(casebook, case):
    """Lead a case to a block on reserved powers."""
    block = (
        *("block", case, "--as", "mia.m", "--ground", "reserved_power", "--incidents", ""),
        *("--scope", "interacting", "--channels", "all", "--reason", "as the policy allows"),
        *("--proportionality.aim", "protect staff"),
        *("--proportionality.less-intrusive", "nothing less would do", "--viewpoint-neutral"),
    )
    ran = casebook(*block, "--at", "2025-04-01T10:00:00+00:00")
    assert ran.code == 0, ran.out + ran.err


def test_an_acceptance_says_what_was_recorded_under_which_rule_and_what_is_now_owed(
    register, casebook
):
    ran = casebook(*FLAG)
    lines = ran.out.splitlines()
    assert (ran.code, ran.err) == (0, "")
    assert lines[0].startswith("Recorded in case ASH-")
    assert lines[0].endswith(": account opened; comment flagged (incident 1).")
    assert lines[2:4] == [
        "Rules:",
        '  R-A24 (must): "We will record the name and handle of the account, the date, '
        'social media post and why it is unacceptable"',
    ]
    assert lines[-1] == "  2.1 review flag for incident 1: no fixed date, by the officer (R-A8)"


def test_a_due_date_is_told_in_words_and_london_time(maple, casebook):
    blocked(casebook, maple)
    ran = casebook("duties", maple)
    assert "tell service director" in ran.out
    assert "Wednesday 2 April 2025, 17:00" in ran.out


def test_a_refusal_says_so_first_then_quotes_the_rule(maple, casebook):
    blocked(casebook, maple)
    ran = casebook("notify-block", maple, "--block", "1", "--via", "email", "--delivery", "sent")
    assert ran.code == 3
    first, *rest = ran.out.splitlines()
    assert first.startswith("Refused: ")
    assert f"That it was tried is recorded in case {maple}." in ran.out
    assert '  R-A51 (never): "We will not notify people directly when they are blocked"' in rest


def test_a_refusal_names_what_is_missing_as_the_options_are_called(register, casebook):
    ran = casebook("flag", "facebook/x", "--item.kind", "comment", "--source.kind", "officer")
    assert ran.code == 3
    assert "What is missing: account.name, item.posted_at, item.post, why" in ran.out


def test_an_unsound_command_tells_all_its_faults(register, casebook):
    ran = casebook("hide", "facebook/maple.heron", "--incident", "0", "--at", "2025-03-03T10:00:00")
    assert ran.code == 2
    assert "Not a sound command, for 2 reasons:" in ran.out
    assert "incident " in ran.out
    assert "occurred_at " in ran.out


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("note", "ASH-2222-2222", "--text", "?"), 4, "Not found: there is no case of ASH-2222"),
        (("hide", "x/nobody", "--incident", "1"), 4, "Not found: there is no case of x/nobody."),
    ],
)
def test_what_is_not_there_is_not_found(register, casebook, words, code, says):
    ran = casebook(*words)
    assert ran.code == code
    assert ran.out.startswith(says)


def test_whoever_may_not_is_told_so(maple, casebook):
    ran = casebook("note", maple, "--text", "hello", "--as", "aud.i")
    assert ran.code == 3
    assert ran.out.startswith("Not allowed for this person: ")


def test_json_is_the_answer_itself(register, casebook):
    answer = casebook(*FLAG, "--json").json
    assert answer["outcome"] == "accepted"
    assert [event["type"] for event in answer["events"]] == ["AccountOpened", "CommentFlagged"]


def test_a_case_is_named_by_reference_in_small_letters_or_by_platform_and_handle(maple, casebook):
    for name in (maple.lower(), "facebook/@Maple.Heron", "Facebook/maple.heron"):
        assert casebook("note", name, "--text", "the same case").code == 0
    assert len(casebook("audit", maple, "--json").json["events"]) == 5


def test_a_dry_run_and_may_say_the_same_and_record_nothing(maple, register, casebook):
    before = everything(register)
    words = ("--incident", "1", "--findings", "abusive_threatening:swearing", "--viewpoint_neutral")
    dry = casebook("uphold", maple, *words, "--dry-run", "--json")
    may = casebook("may", maple, "uphold", *words, "--json")
    assert (dry.code, may.code) == (0, 0)
    assert [dry.json["verdict"]] == [each["verdict"] for each in may.json]
    assert casebook("may", maple, "uphold", *words).out.startswith("Allowed: uphold")
    assert everything(register) == before


def test_may_ends_as_the_command_would(maple, register, casebook):
    before = everything(register)
    assert casebook("may", maple, "hide", "--incident", "1").code == 3
    assert casebook("may", maple, "hide", "--incident", "one").code == 2
    assert casebook("may", maple, "hide", "--incident", "7").code == 4
    assert casebook("may", maple, "hied").code == 2
    assert everything(register) == before


def test_the_same_command_id_is_answered_as_the_first_time(register, casebook):
    first = casebook(*FLAG, "--command-id", COMMAND_ID, "--json")
    again = casebook(*FLAG, "--command_id", COMMAND_ID, "--json")
    assert again.code == 0
    assert again.json == {
        "command_id": COMMAND_ID,
        "outcome": "duplicate",
        "first": first.json,
    }
    assert casebook(*FLAG, "--command-id", COMMAND_ID).out.startswith("Done before")
    assert casebook(*FLAG, "--note", "x", "--command-id", COMMAND_ID).code == 2


def test_a_whole_document_may_be_json_a_file_or_stdin_and_options_come_on_top(
    maple, register, tmp_path, casebook
):
    whole = {"case": maple, "text": "from a document"}
    assert casebook("note", "--document", json.dumps(whole)).code == 0
    (tmp_path / "note.json").write_text(json.dumps(whole))
    assert casebook("note", "--document", "@note.json", "--text", "on top").code == 0
    ran = process("note", "--document", "-", stdin=json.dumps(whole).encode())
    assert ran.returncode == 0
    notes = [
        event["data"]["text"] for event in casebook("audit", maple, "--json").json["events"][2:]
    ]
    assert notes == ["from a document", "on top", "from a document"]


@pytest.mark.parametrize(
    ("document", "says"),
    [
        ("@gone.json", "gone.json can't be read"),
        ('{"command": "hide"}', "--document holds the command 'hide', and this verb is note"),
    ],
)
def test_a_document_that_can_not_be_meant_is_wrongly_asked(register, casebook, document, says):
    ran = casebook("note", "--document", document)
    assert ran.code == 2
    assert says in ran.err


@pytest.mark.parametrize("document", ["{", '{"text": NaN}', '{"text": "a", "text": "b"}', "[]"])
def test_a_document_that_is_no_sound_json_is_unsound(register, casebook, document):
    ran = casebook("note", "--document", document)
    assert ran.code == 2
    assert ran.out.startswith("Not a sound command: ")


def test_nobody_is_guessed_to_act(register, casebook, monkeypatch):
    monkeypatch.delenv("CASEBOOK_ACTOR")
    ran = casebook(*FLAG)
    assert ran.code == 2
    assert "Say who acts: --as STAFF-ID, or CASEBOOK_ACTOR" in ran.err


def test_evidence_is_named_from_where_one_stands(maple, casebook, tmp_path):
    (tmp_path / "screenshot.png").write_bytes(b"pixels")
    capture = ("capture", maple, "--incident", "1", "--lawful-to-hold")
    assert casebook(*capture, "--file", "screenshot.png").code == 0
    [captured] = casebook("audit", maple, "--json").json["events"][2:]
    assert captured["data"]["file_name"] == "screenshot.png"


def test_of_two_councils_a_reference_tells_which_and_a_handle_does_not(
    tmp_path, casebook, monkeypatch
):
    where = register_of(tmp_path / "both", "ashfield", "north-northamptonshire")
    monkeypatch.setenv("CASEBOOK_REGISTER", str(where))
    monkeypatch.setenv("CASEBOOK_ACTOR", "jo.p")
    ran = casebook(*FLAG)
    assert ran.code == 2
    assert "Say which council" in ran.err
    case = casebook(*FLAG, "--council", "ashfield", "--json").json["case"]
    assert casebook("note", case, "--text", "its council is known").code == 0
    monkeypatch.setenv("CASEBOOK_COUNCIL", "north-northamptonshire")
    assert casebook("note", case, "--text", "not theirs").code == 4
    assert casebook("cases", "--json").json == []
    assert casebook("cases", "--json", "--council", "ashfield").json[0]["case"] == case


def test_staff_verbs_stand_under_staff_too(register, casebook):
    post = ("--staff", "new.p", "--role", "officer", "--from", "2025-01-01", "--as", "ad.min")
    assert casebook("staff", "appoint", *post).code == 0
    end = ("--staff", "new.p", "--role", "officer", "--until", "2025-06-30", "--as", "ad.min")
    assert casebook("staff", "end", *end).code == 0
    listed = {each["staff"]: each for each in casebook("staff", "list", "--json").json}
    assert listed["new.p"]["until"] == "2025-06-30"
    assert "new.p" in casebook("staff", "list").out
