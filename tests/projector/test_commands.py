"""The command line where projectors keep the views: project, parked, rebuild, doctor, --wait."""

from __future__ import annotations

import json

import pytest

from services import clock
from services.cli.main import run
from services.log.settings import LogSettings
from services.projector.projecting import Projecting
from tests.projector.records import spoilt
from tests.projector.registers import NOW, logged, project
from tests.projector.streaming import projecting, publish, started, until

NOTE = ("note", "--as", "jo.p", "--text", "rang back")


@pytest.fixture
def casebook(stories, monkeypatch, capsys):
    """Runs a command line about the stories; its code, what it printed, and what it said."""
    monkeypatch.setenv("CASEBOOK_REGISTER", stories)

    def call(*words: str):
        code = run(list(words))
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


@pytest.fixture
def waiting(views):
    """The views of the stories with one event that can't be read; its case."""
    records = logged(views)
    bad = next(n for n, r in enumerate(records) if r.sequence == 4)
    project(
        Projecting(views, lambda: NOW),
        [spoilt(r) if n == bad else r for n, r in enumerate(records)],
    )
    stream = records[bad].stream
    return views.query("SELECT case_ref FROM cases WHERE stream = ?", (stream,))[0][0]


def test_a_case_that_waits_is_shown_as_incomplete(casebook, waiting):
    for command in ("show", "audit"):
        code, out, _ = casebook(command, waiting)
        assert code == 0
        assert "Incomplete since 2026-11-20T12:00:00+00:00" in out
        assert json.loads(casebook(command, waiting, "--json")[1])["incomplete_since"]
    for block in json.loads(casebook("appeals", "--json")[1]):
        assert block["complete"] is (block["case"] != waiting)


def test_parked_lists_shows_and_tries_again(casebook, waiting):
    [listed] = json.loads(casebook("parked", "list", "--json")[1])
    assert listed["case"] == waiting
    code, out, _ = casebook("parked", "show", waiting)
    assert code == 0
    assert "not a published event (KeyError)" in out
    code, out, _ = casebook("parked", "retry", waiting)
    assert code == 6
    assert out.startswith(f"Case {waiting}: 0 are folded, ")
    assert casebook("parked", "retry")[0] == 2
    assert casebook("parked", "retry", "ASH-0000-0000")[0] == 4


def test_to_give_an_event_up_somebody_says_why(casebook, waiting):
    assert casebook("parked", "drop", waiting, "--as", "ola.k")[0] == 2
    assert casebook("parked", "drop", waiting, "--reason", "noise")[0] == 2
    code, out, _ = casebook("parked", "drop", waiting, "--reason", "noise", "--as", "ola.k")
    assert code in (0, 6)
    assert "event 4 is given up" in out
    assert "Incomplete since" in casebook("show", waiting)[1]


def test_rebuild_mends_and_compare_proves_it(casebook, waiting):
    code, out, _ = casebook("rebuild", "--compare")
    assert code == 6
    assert "Not compared: 1 accounts wait" in out
    code, out, _ = casebook("rebuild")
    assert (code, out[:28]) == (0, "All views are made anew from")
    assert casebook("rebuild", "--compare")[0] == 0
    assert casebook("parked", "list") == (0, "", "No account waits.\n")
    assert casebook("rebuild", "--compare", "--json") == (0, "[]\n", "")


def test_doctor_tells_what_waits_and_how_far_behind_the_views_are(casebook, waiting, views):
    told = json.loads(casebook("doctor", "--json")[1])
    assert [each["do"] for each in told if "events wait" in each["finding"]] == [
        "casebook parked list"
    ]
    with views.writing():
        views.execute("UPDATE projection_offsets SET position = 5")
    told = json.loads(casebook("doctor", "--json")[1])
    assert any("The views lack what was recorded" in each["finding"] for each in told)


def test_doctor_tells_that_kafka_is_away(stories, views):
    project(Projecting(views, lambda: NOW), logged(views))
    with started(stories, LogSettings("127.0.0.1:1"), "doctor", "--json") as doctor:
        out, _ = doctor.communicate(timeout=60)
    assert doctor.returncode == 6
    [told] = [each for each in json.loads(out) if each["where"] == "127.0.0.1:1"]
    assert told["finding"].startswith("Kafka at 127.0.0.1:1 is away")


def test_a_case_not_yet_in_the_views_is_no_crash(casebook, views):
    case = views.query("SELECT case_ref FROM cases LIMIT 1")[0][0]
    code, _, err = casebook("show", case)
    assert code == 1
    assert f"Case {case} is recorded, but not in the views yet" in err


def test_wait_is_bounded_and_says_what_the_views_lack(casebook, views):
    project(Projecting(views, lambda: NOW), logged(views))
    case = views.query("SELECT case_ref FROM cases LIMIT 1")[0][0]
    code, out, err = casebook(*NOTE, case, "--wait-seconds", "0.2")
    assert code == 0
    assert out.startswith(f"Recorded in case {case}")
    assert "after 0.2 s the views don't hold it yet" in err


def test_a_folder_is_no_place_for_a_projector(casebook, tmp_path, monkeypatch):
    monkeypatch.setenv("CASEBOOK_KAFKA", "127.0.0.1:1")
    code, _, err = casebook("project", "--register", str(tmp_path))
    assert code == 2
    assert "keeps its views itself" in err


@pytest.mark.slow
def test_with_wait_a_command_ends_when_the_views_hold_it(
    casebook, stories, views, kafka_server, topic
):
    log = LogSettings(kafka_server, topic, partitions=4)
    publish(stories, log)
    case = views.query("SELECT case_ref FROM cases LIMIT 1")[0][0]
    with projecting(stories, log), started(stories, log, "publish") as publisher:
        until(lambda: bool(views.query("SELECT 1 FROM view_cases LIMIT 1")), "it folds")
        before = clock.now()
        for number in range(3):
            code, _, err = casebook(*NOTE[:-1], f"call {number}", case, "--wait")
            assert (code, err) == (0, "")
            events = json.loads(casebook("audit", case, "--json")[1])["events"]
            assert events[-1]["data"]["text"] == f"call {number}"
        assert (clock.now() - before).total_seconds() < 20
        publisher.terminate()
        publisher.communicate(timeout=30)
