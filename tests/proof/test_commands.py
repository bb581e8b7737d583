"""`casebook checkpoint` and `export` at the keyboard: what they print, and what they refuse."""

import json
import shutil
import stat
import zipfile
from hashlib import sha256

import pytest

from services.cli.main import run
from services.proof.checkpoints import read_checkpoint
from services.proof.keys import SigningKey
from tests.proof.registers import checked, files_of
from tests.scenarios import Scenario

KEY = "register/signing-key"
INIT = ["init", "--council", "ashfield", "--administrator", "admin"]


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    folder = tmp_path_factory.mktemp("commands") / "register"
    made = Scenario(folder, "ashfield")
    made.upheld("2026-03-01")
    made.casework.close()
    return folder


@pytest.fixture
def casebook(original, tmp_path, capsys, monkeypatch):
    folder = shutil.copytree(original, tmp_path / "register")
    monkeypatch.chdir(tmp_path)

    def casebook(*words):
        code = run(["--register", str(folder), *words])
        told = capsys.readouterr()
        assert "Traceback" not in told.err
        return code, told.out, told.err

    return casebook


def test_checkpoint_prints_the_note_alone(casebook, tmp_path):
    code, note, _ = casebook("checkpoint")
    found = read_checkpoint(note.encode())
    assert code == 0
    assert found.size > 10
    code, told, _ = casebook("checkpoint", "--json")
    [as_json] = json.loads(told)
    assert as_json["note"] == note
    assert (as_json["size"], as_json["root"]) == (found.size, found.root.hex())
    code, key, _ = casebook("checkpoint", "--public-key")
    assert key.strip() == as_json["key"]
    code, again, words = casebook("checkpoint", "--push", "outside")
    assert (code, again) == (0, note)
    [kept] = (tmp_path / "outside").iterdir()
    assert kept.read_text() == note
    assert str(kept.relative_to(tmp_path)) in words


def test_a_new_key_signs_what_comes_after(casebook):
    _, old, _ = casebook("checkpoint", "--public-key")
    code, new, _ = casebook("checkpoint", "--new-key", "--public-key")
    assert code == 0
    assert new != old
    assert casebook("verify")[0] == 0


@pytest.mark.parametrize(
    ("words", "code", "why"),
    [
        (["checkpoint", "--push", "gopher://outside"], 1, "neither a folder"),
        (["checkpoint", "--add-cosignature", KEY], 2, "go together"),
        (["checkpoint", "--add-cosignature", "not-there", "--witness", "x"], 2, "not-there"),
        (["checkpoint", "--add-cosignature", KEY, "--witness", "x"], 2, "not added"),
        (["export", "-o", "x.zip"], 2, "Name a case"),
        (["export", "facebook/maple.heron", "--log", "-o", "x.zip"], 2, "Name a case"),
        (["export", "facebook/maple.heron"], 2, "-o"),
        (["export", "facebook/nobody", "-o", "x.zip"], 4, "nobody"),
        (["export", "--log", "-o", KEY], 2, "not overwritten"),
        (["export", "--log", "-o", "no/such/folder/x.zip"], 1, "can't be written"),
        (["export", "--log", "-o", "x.zip", "--since", "not-there"], 2, "no checkpoint"),
        (["export", "--log", "-o", "x.zip", "--since", KEY], 2, "no checkpoint"),
        ([*INIT, "--signing-key", "x"], 1, "already"),
    ],
)  # fmt: skip
def test_what_is_wrongly_asked_is_told_in_one_line(casebook, tmp_path, words, code, why):
    found, told, error = casebook(*words)
    assert found == code, error
    assert told == ""
    assert why in error
    assert not (tmp_path / "x.zip").exists()


def test_an_export_is_told_and_read_by_nobody_else(casebook, tmp_path):
    code, told, words = casebook("export", "facebook/maple.heron", "-o", "case.zip")
    assert code == 0
    assert told.startswith("4 events of case ASH-")
    assert "personal data" in words
    assert stat.S_IMODE((tmp_path / "case.zip").stat().st_mode) == 0o600
    code, told, _ = casebook("export", "--log", "-o", "log.zip", "--json")
    [as_json] = json.loads(told)
    assert as_json["events"] == as_json["size"]
    for name in ("case.zip", "log.zip"):
        assert checked(files_of(tmp_path / name)).wrong == []
        with zipfile.ZipFile(tmp_path / name) as zip_file:
            assert zip_file.testzip() is None
    assert list(tmp_path.glob(".*")) == []


def test_a_checkpoint_of_another_history_stops_an_export(casebook, tmp_path):
    _, note, _ = casebook("checkpoint")
    found = read_checkpoint(note.encode())
    (tmp_path / "kept").write_text(note.replace(note.split("\n")[2], "A" * 43 + "="))
    code, _, error = casebook("export", "--log", "-o", "log.zip", "--since", "kept")
    assert code == 6
    assert f"over {found.size} events" in error
    assert not (tmp_path / "log.zip").exists()


def test_init_takes_a_key(tmp_path, capsys):
    key = SigningKey.new("records.example/7")
    (tmp_path / "key").write_text(key.written())
    run(["--register", str(tmp_path / "r"), *INIT, "--signing-key", str(tmp_path / "key")])
    capsys.readouterr()
    run(["--register", str(tmp_path / "r"), "checkpoint"])
    assert capsys.readouterr().out.startswith("records.example/7\n2\n")


def test_an_imported_event_says_from_which_row_of_which_file(tmp_path):
    made = Scenario(tmp_path / "register", "ashfield")
    sheet = tmp_path / "kept-before.csv"
    sheet.write_text(
        "Date seen,Platform,Handle,Name,Post,Category,Action\n"
        "03/03/2019,Facebook,maple.heron,Maple Heron,shower of ****,Abusive,Hidden\n"
    )
    folder = str(tmp_path / "register")
    made.casework.close()
    assert run(["--register", folder, "import", str(sheet), "--as", "jo.p"]) in (0, 6)
    place = str(tmp_path / "case.zip")
    assert run(["--register", folder, "export", "facebook/maple.heron", "-o", place]) == 0
    files = files_of(tmp_path / "case.zip")
    where = f"row 2 of kept-before.csv, SHA-256 {sha256(sheet.read_bytes()).hexdigest()}"
    assert where in files["case.html"].decode()
    found = checked(files)
    assert found.wrong == []
    assert any(each.startswith(f"{found.walk.count} events were imported") for each in found.held)
