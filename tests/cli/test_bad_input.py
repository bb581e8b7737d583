"""Bad input: one clear line, the exit code that is promised, and nothing changed."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest

from services.store.sqlite import FILE_NAME
from tests.cli.conftest import COMPLETE, everything, process
from tests.cli.test_submit import flag, written

FLAG = ("flag", "facebook/maple.heron", *COMPLETE)
READS = ["cases", "show x/y", "audit x/y", "appeals", "duties", "complaints", "policy list"]
KEEPS = ["tick", "doctor", "rebuild", "staff list", "submit -", "may x/y hide --incident 1"]
ON_64_KB = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (65536, 65536))"


def told(ran, code, *says):
    """Check that it ended with that code and one line on stderr, which says this."""
    assert (ran.code, ran.out) == (code, "")
    assert len(ran.err.splitlines()) == 1, ran.err
    for words in says:
        assert words in ran.err


def changed(register, statement):
    """Do that to the register's file, as no Casebook would."""
    with closing(sqlite3.connect(register / FILE_NAME)) as connection, connection:
        connection.execute(statement)


@pytest.mark.parametrize("words", [*READS, *KEEPS[:-2], KEEPS[-1], "note x/y --text a"])
def test_no_register_yet(casebook, tmp_path, monkeypatch, words):
    folder = tmp_path / "nothing"
    monkeypatch.setenv("CASEBOOK_REGISTER", str(folder))
    monkeypatch.setenv("CASEBOOK_ACTOR", "jo.p")
    told(casebook(*words.split()), 4, str(folder), "casebook init")
    assert not folder.exists()


@pytest.mark.embedded("the version of the file; tests/store/test_migrating.py has that of a server")
@pytest.mark.parametrize("words", ["cases", "note x/y --text a"])
def test_a_register_newer_than_the_code(register, casebook, words):
    changed(register, "UPDATE meta SET value = '99' WHERE key = 'format'")
    told(casebook(*words.split()), 1, "newer")


@pytest.mark.embedded("a file that is none")
def test_a_file_that_is_no_register(casebook, tmp_path):
    file = tmp_path / FILE_NAME
    file.write_bytes(b"no database at all, though long enough to be one" * 40)
    before = file.read_bytes()
    told(casebook("cases", "--register", str(tmp_path)), 1, str(file))
    assert file.read_bytes() == before


@pytest.mark.embedded("damages the file")
def test_a_register_damaged_in_the_middle(maple, register, casebook):
    changed(register, "PRAGMA wal_checkpoint(TRUNCATE)")
    file = register / FILE_NAME
    whole = bytearray(file.read_bytes())
    whole[4096:] = b"\xff" * (len(whole) - 4096)
    file.write_bytes(whole)
    told(casebook("cases"), 1)


@pytest.mark.embedded("the disk of the file is full")
@pytest.mark.slow
def test_a_full_disk(register):
    before = everything(register)
    ran = process(*FLAG, "--item.text", "long " * 18_000, before=ON_64_KB)
    assert (ran.returncode, ran.stdout) == (1, b"")
    assert b"disk is full" in ran.stderr
    assert len(ran.stderr.splitlines()) == 1
    assert everything(register) == before


@pytest.mark.embedded("the disk of the file fills up")
@pytest.mark.slow
def test_a_disk_that_fills_up_during_a_submit(register, tmp_path):
    earlier = {command_id for _, command_id, *_ in everything(register)["commands"]}
    file = written(tmp_path / "in", *(flag(number, note="long " * 2000) for number in range(3000)))
    sent = [json.loads(line)["command_id"] for line in Path(file).read_bytes().splitlines()]
    limit = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (20_000_000,) * 2)"
    ran = process("submit", file, before=limit)
    assert ran.returncode == 1
    assert len(ran.stderr.splitlines()) == 1
    assert b"disk is full" in ran.stderr
    answered = [json.loads(line)["command_id"] for line in ran.stdout.splitlines()]
    recorded = {command_id for _, command_id, *_ in everything(register)["commands"]} - earlier
    assert answered
    assert set(answered) == recorded
    assert answered == [id for id in sent if id in recorded], "in the order of the lines"
    again = process("submit", file)
    outcomes = Counter(json.loads(line)["outcome"] for line in again.stdout.splitlines())
    assert outcomes == {"duplicate": len(recorded), "accepted": 3000 - len(recorded)}


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (b'{"command": "note", "text": "\xe9"}', "is not UTF-8"),
        (b'{"command": "note", "sequence": NaN}', "is not a whole number"),
        (b'{"command": "note", "sequence": 1.5}', "is not a whole number"),
        (b'{"command": "note", "text": "a", "text": "b"}', "is given more than once"),
        (b"a" * 1_100_000, "is 1,100,000 bytes long"),
        (b"[]", "is not an object"),
        (b"\x00", "is not JSON"),
        (json.dumps(flag(1, occurred_at="2025-03-03T10:00:00")).encode(), "occurred_at"),
        (json.dumps(flag(1, occurred_at="2999-03-03T10:00:00Z")).encode(), "future"),
        (json.dumps(flag(1, shoe_size=43)).encode(), "shoe_size"),
    ],
)
def test_a_line_that_is_unsound_is_answered_so(register, casebook, tmp_path, line, says):
    before = everything(register)
    ran = casebook("submit", written(tmp_path / "in", line))
    assert (ran.code, ran.err) == (2, "")
    [answer] = map(json.loads, ran.out.splitlines())
    assert answer["outcome"] == "invalid"
    assert says in " ".join(f"{e['path']} {e['problem']}" for e in answer["errors"])
    assert everything(register) == before


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        ([*FLAG, "--at", "2025-03-03T10:15:00"], 2, "occurred_at"),
        ([*FLAG, "--at", "2999-01-01T00:00:00Z"], 2, "future"),
        ([*FLAG, "--document", '{"shoe_size": 43}'], 2, "shoe_size"),
        ([*FLAG, "--council", "nowhere"], 4, "no council nowhere"),
        ([*FLAG, "--as", "nobody"], 3, "nobody holds no role"),
        ([*FLAG, "--as", "aud.i"], 3, "aud.i holds no role"),
    ],
)
def test_a_command_that_can_not_be_is_answered_so(register, casebook, words, code, says):
    before = everything(register)
    ran = casebook(*words)
    assert (ran.code, ran.err) == (code, "")
    assert says in ran.out
    assert everything(register) == before


@pytest.mark.parametrize("words", READS)
def test_an_unknown_council_to_read_of(register, casebook, words):
    told(casebook(*words.split(), "--council", "nowhere"), 4, "no council nowhere", "ashfield")


def test_an_unknown_council_to_begin_with(casebook, tmp_path):
    folder = tmp_path / "new"
    init = ("init", "--council", "nowhere", "--administrator", "ad.min")
    told(casebook(*init, "--register", str(folder)), 4, "nowhere", "ashfield")
    assert not folder.exists()


def test_an_evidence_file_that_vanished(maple, register, casebook, tmp_path):
    before = everything(register)
    ran = casebook("capture", maple, "--incident", "1", "--lawful-to-hold", "--file", "gone.png")
    assert ran.code == 2
    assert f"The evidence file {tmp_path / 'gone.png'} can't be read" in ran.out
    assert everything(register) == before


def test_an_evidence_file_that_is_not_the_one_of_which_the_sha256_is_told(
    maple, register, casebook, tmp_path
):
    (tmp_path / "post.png").write_bytes(b"of a post")
    before = everything(register)
    capture = ("capture", maple, "--incident", "1", "--file", "post.png", "--lawful-to-hold")
    for dry in ((), ("--dry-run",)):
        ran = casebook(*capture, "--sha256", "0" * 64, *dry)
        assert ran.code == 2
        assert "sha256 is not that of post.png" in ran.out
    assert everything(register) == before
    told = sha256(b"of a post").hexdigest()
    assert casebook(*capture, "--sha256", told).code == 0


@pytest.mark.slow
def test_a_word_that_is_not_utf_8(register):
    ran = process("note", "facebook/x", "--text", b"caf\xe9")
    assert ran.returncode == 2
    assert ran.stderr == b"Word 4 of the command line is not UTF-8.\n"


@pytest.mark.parametrize(
    "words", [["--nothing"], ["hide", "--nothing"], ["nothing"], ["cases", "extra"], ["show"]]
)
def test_what_is_wrongly_asked_ends_with_2(register, casebook, words):
    ran = casebook(*words)
    assert (ran.code, ran.out) == (2, "")
    assert "Error: " in ran.err


@pytest.mark.embedded("rights in a folder")
def test_a_folder_that_may_not_be_written(casebook, tmp_path):
    (tmp_path / "file").write_text("in the way")
    init = ("init", "--council", "ashfield", "--administrator", "ad.min", "--register")
    ran = casebook(*init, str(tmp_path / "file"))
    assert (ran.code, ran.out, len(ran.err.splitlines())) == (1, "", 1)


def test_a_fault_of_casebook_itself_is_one_line_too(register, casebook, monkeypatch):
    def broken(*_):
        raise RuntimeError("the view\nis broken")

    monkeypatch.setattr("services.views.cases.list_cases", broken)
    told(casebook("cases"), 1, "Casebook itself failed (RuntimeError: the view is broken)")
