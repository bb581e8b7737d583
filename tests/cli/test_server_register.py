"""A register on a server by the command line; every command of docs/postgresql.md is run."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys

import psycopg
import pytest

from services.cli.main import run
from tests.cli.conftest import COMPLETE, ROOT, founded
from tests.servers import drop_database, new_database

DOCS = ROOT / "docs" / "postgresql.md"


@pytest.fixture
def on_server(postgres_database, monkeypatch) -> str:
    """A register on a server, in which jo.p acts."""
    founded(postgres_database, "ashfield")
    monkeypatch.setenv("CASEBOOK_REGISTER", postgres_database)
    monkeypatch.setenv("CASEBOOK_ACTOR", "jo.p")
    return postgres_database


def test_a_case_from_its_flag_to_its_audit(on_server, casebook, tmp_path):
    flagged = casebook("flag", "facebook/maple.heron", *COMPLETE, "--json").json
    assert flagged["outcome"] == "accepted"
    case = flagged["case"]
    picture = tmp_path / "picture.png"
    picture.write_bytes(b"a picture")
    capture = ("--incident", "1", "--file", str(picture), "--lawful-to-hold")
    assert casebook("capture", case, *capture).code == 0
    assert casebook("hide", case, "--incident", "1", "--whose-view", "jo.p").code == 3
    assert casebook("show", case, "--json").json["case"] == case
    audited = casebook("audit", case, "--json").json
    assert [event["type"] for event in audited["events"]][:2] == ["AccountOpened", "CommentFlagged"]
    assert [each["case"] for each in casebook("cases", "--json").json] == [case]
    assert casebook("appeals", "--json").json == []
    assert casebook("tick").code == 0
    assert casebook("rebuild").code == 0
    assert casebook("doctor").out == "All is well.\n"


def test_a_submitted_file_is_recorded_once(on_server, casebook, tmp_path):
    from tests.crash.registers import flag, lines, note

    file = tmp_path / "commands.jsonl"
    file.write_bytes(lines([flag(1, "maple.heron"), *(note(n, "maple.heron") for n in (2, 3))]))
    for outcome in ("accepted", "duplicate"):
        answers = casebook("submit", str(file)).out.splitlines()
        assert [f'"outcome":"{outcome}"' in answer for answer in answers] == [True] * 3


def test_what_cannot_be_done_is_told_in_one_line(on_server, casebook, tmp_path):
    for words, code, says in (
        (("migrate", "--register", str(tmp_path)), 2, "whenever it is opened"),
        (("move", "--to", "postgresql://localhost/x"), 2, "on a server already"),
        (("move", "--register", str(tmp_path), "--to", str(tmp_path)), 2, "postgresql://"),
        (("move", "--register", str(tmp_path), "--to", on_server), 4, "no register in"),
    ):
        ran = casebook(*words)
        assert (ran.code, says in ran.err) == (code, True), ran


def test_without_the_extra_it_says_what_to_install(on_server):
    script = (
        "import sys; sys.modules['psycopg'] = None; "
        "from services.cli.main import run; sys.exit(run(['cases']))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 1
    assert "council-casebook[production]" in ran.stderr
    assert len(ran.stderr.splitlines()) == 1


@pytest.mark.embedded("moves a register out of a folder")
def test_every_command_of_the_page_runs(postgres_server, tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["casebook"])
    addresses = {name: new_database(postgres_server) for name in ("ADDRESS", "EMPTY")}
    folder = founded(tmp_path / "register", "ashfield")
    told = {**addresses, "FOLDER": str(folder)}
    lines = re.findall(r"^\$ casebook (.*)$", DOCS.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(lines) >= 6
    for line in lines:
        words = [
            re.sub(r"^\"?\$(\w+)\"?$", lambda found: told[found[1]], word) for word in line.split()
        ]
        assert run(words) in (0, 6), line
    shutil.rmtree(folder)
    for address in addresses.values():
        drop_database(address)


def test_the_doctor_says_when_the_server_may_lose_what_was_answered(own_postgres, casebook):
    address = new_database(own_postgres.address)
    founded(address, "ashfield")
    with psycopg.connect(own_postgres.address, autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET fsync = off")
        connection.execute("SELECT pg_reload_conf()")
    found: list[dict[str, str]] = []
    for _ in range(50):
        found = casebook("doctor", "--register", address, "--json").json
        if found:
            break
    assert [each["do"].split(";")[0] for each in found] == ["ALTER SYSTEM SET fsync = on"]
    assert "may undo what was answered" in found[0]["finding"]
