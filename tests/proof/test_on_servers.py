"""The integrity log of a register on a server: signed, exported, checked, moved there, guarded."""

from __future__ import annotations

import stat
import subprocess
import sys
import zipfile
from pathlib import Path

import psycopg
import pytest

from services.cli.main import run
from services.proof import resuming
from services.proof.checking import Reached
from services.store.key_files import KeyNotBrought
from services.store.moving import move
from tests.proof.registers import checked, files_of
from tests.scenarios import Scenario

CASE = "facebook/maple.heron"


@pytest.fixture
def keys(tmp_path, monkeypatch) -> Path:
    """The folder of keys of this machine; nothing is in it yet."""
    monkeypatch.setenv("CASEBOOK_KEYS", str(tmp_path / "keys"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "keys"


def made_at(where, tmp_path) -> Scenario:
    """A register with a case and a captured file."""
    made = Scenario(where, "ashfield")
    shot = tmp_path / "shot.png"
    shot.write_bytes(bytes(range(256)) * 9000)
    incident = made.flagged("2026-03-01")
    made.given("capture", "2026-03-01", incident=incident, file=str(shot), lawful_to_hold=True)
    return made


@pytest.fixture
def on_server(postgres_database, keys, tmp_path, monkeypatch) -> str:
    """The address of such a register on a server, which is the one that commands mean."""
    made_at(postgres_database, tmp_path).casework.close()
    monkeypatch.setenv("CASEBOOK_REGISTER", postgres_database)
    monkeypatch.chdir(tmp_path)
    return postgres_database


@pytest.fixture
def casebook(capsys):
    def casebook(*words):
        capsys.readouterr()
        code = run(list(words))
        told = capsys.readouterr()
        assert "Traceback" not in told.err
        return code, told.out, told.err

    return casebook


def by_a_stranger(bundle: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """What the verifier that lies in an export says of it, run by itself in an empty folder."""
    place = bundle.with_suffix("")
    place.mkdir()
    with zipfile.ZipFile(bundle) as zip_file:
        zip_file.extract("verify.py", place)
    program = [sys.executable, "-I", "-S", "verify.py", str(bundle), *words]
    return subprocess.run(program, cwd=place, capture_output=True, text=True, timeout=120)


def test_init_makes_a_key_in_the_folder_of_keys_and_an_export_holds(
    on_server, keys, casebook, tmp_path
):
    [file] = keys.glob("*/*")
    assert file.name == "signing-key"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    code, note, _ = casebook("checkpoint")
    assert code == 0
    (tmp_path / "kept").write_text(note)
    _, key, _ = casebook("checkpoint", "--public-key")
    assert key.partition("+")[0] == note.split("\n")[0] == file.parent.name.replace("-", "/")
    assert casebook("note", CASE, "--text", "later", "--as", "jo.p")[0] == 0
    assert casebook("checkpoint", "--new-key")[0] == 0
    assert casebook("note", CASE, "--text", "later still", "--as", "jo.p")[0] == 0
    assert casebook("export", CASE, "-o", "case.zip")[0] == 0
    assert casebook("export", "--log", "-o", "log.zip", "--since", "kept")[0] == 0
    assert any(name.startswith("evidence/") for name in files_of(tmp_path / "case.zip"))
    for name in ("case", "log"):
        trusted = ("--known", str(tmp_path / "kept"), "--key", key.strip())
        told = by_a_stranger(tmp_path / f"{name}.zip", *trusted)
        assert told.returncode == 0, told.stdout + told.stderr


def test_an_untouched_register_has_no_findings(on_server, casebook):
    casebook("checkpoint")
    for words in (("verify",), ("verify", "--root-only"), ("reconcile",), ("doctor",)):
        assert casebook(*words)[0] == 0, words
    assert casebook("rebuild")[0] == 0
    assert [casebook(word)[0] for word in ("verify", "reconcile", "doctor")] == [0, 0, 0]


def test_a_stopped_check_goes_on(on_server, keys, casebook, tmp_path):
    casebook("checkpoint")
    place = next(keys.iterdir()).name
    folder = tmp_path / "cache" / "casebook" / "verify" / place
    believed = {"finding": "seen before", "where": "position 0", "do": "look"}
    resuming.keep(folder, Reached(0, [], [believed]))
    code, told, _ = casebook("verify", "--resume")
    assert (code, "seen before" in told) == (6, True)
    assert casebook("verify", "--resume")[0] == 0
    assert [file.name for file in (keys / place).iterdir()] == ["signing-key"]


def test_a_body_altered_by_hand_is_found_with_its_position(on_server, casebook):
    casebook("checkpoint")
    with psycopg.connect(on_server) as connection:
        [(position,)] = connection.execute(
            "UPDATE events SET body = replace(encode(body, 'escape'), 'lot', 'few')::bytea "
            "WHERE type = 'CommentFlagged' RETURNING position"
        ).fetchall()
    for words in (("verify",), ("verify", "--root-only")):
        code, told, _ = casebook(*words)
        assert code == 6
        assert f"position {position}: the event is not what was recorded" in told


def test_a_checkpoint_kept_before_the_move_verifies_an_export_made_after_it(
    postgres_database, keys, casebook, tmp_path, monkeypatch
):
    made = made_at(tmp_path / "register", tmp_path)
    made.casework.integrity.build()
    made.casework.integrity.rotate()
    made.given("note", "2026-03-02", text="with the second key")
    known = str(made.casework.integrity.build()).encode()
    made.casework.close()
    monkeypatch.setenv("CASEBOOK_REGISTER", str(tmp_path / "register"))
    for _ in range(2):
        code, told, _ = casebook("move", "--to", postgres_database)
        assert code == 0
    moved = sorted(keys.glob("*/*"))
    assert [stat.S_IMODE(file.stat().st_mode) for file in moved] == [0o600] * 2
    assert all(f"The signing key is at {file} too" in told for file in moved)
    before = sorted((tmp_path / "register").glob("signing-key*"))
    assert [file.read_bytes() for file in moved] == [file.read_bytes() for file in before]
    monkeypatch.setenv("CASEBOOK_REGISTER", postgres_database)
    assert casebook("note", CASE, "--text", "on the server", "--as", "jo.p")[0] == 0
    assert casebook("rebuild")[0] == 0
    for words in (("verify",), ("reconcile",), ("doctor",)):
        assert casebook(*words)[0] == 0, words
    for words in ((CASE,), ("--log",)):
        place = tmp_path / f"{len(words[0])}.zip"
        assert casebook("export", *words, "-o", str(place))[0] == 0
        found = checked(files_of(place), known)
        assert found.wrong == []
        tail = "whether the tail was cut off, or others are shown another history"
        assert tail not in found.unsaid
        assert tail in checked(files_of(place)).unsaid


def test_a_move_puts_no_key_over_another(postgres_database, keys, tmp_path):
    made = made_at(tmp_path / "register", tmp_path)
    origin = made.casework.integrity.checkpoints.key_periods()[0].key.name
    made.casework.close()
    place = keys / origin.replace("/", "-") / "signing-key"
    place.parent.mkdir(parents=True)
    place.write_text("another")
    with pytest.raises(KeyNotBrought, match="another key"):
        move(tmp_path / "register", postgres_database)
    assert place.read_text() == "another"
    place.unlink()
    assert move(tmp_path / "register", postgres_database).keys == [str(place)]


def test_a_machine_without_the_key_works_and_says_where_it_would_be(
    on_server, keys, casebook, tmp_path, monkeypatch
):
    casebook("checkpoint")
    place = next(keys.iterdir()).name
    monkeypatch.setenv("CASEBOOK_KEYS", str(tmp_path / "none"))
    assert casebook("note", CASE, "--text", "an officer's", "--as", "jo.p")[0] == 0
    for words in (("checkpoint",), ("export", CASE, "-o", "x.zip"), ("checkpoint", "--new-key")):
        code, told, error = casebook(*words)
        assert (code, told) == (1, "")
        assert "is not on this machine" in error
        assert str(tmp_path / "none" / place / "signing-key") in error
    assert not (tmp_path / "x.zip").exists()
    code, _, error = casebook("verify")
    assert (code, error) == (0, "1 events are not signed yet.\n")
    assert casebook("doctor")[:2] == (0, "All is well.\n")
    assert not (tmp_path / "none").exists()


def test_a_register_without_any_key_yet_is_verified(on_server, casebook):
    with psycopg.connect(on_server) as connection:
        connection.execute("DELETE FROM integrity_keys")
    assert casebook("verify")[0] == 0
    assert casebook("doctor")[:2] == (0, "All is well.\n")
