"""Bundles made to do harm: a clear no, nothing written, no great use of memory or time."""

import io
import os
import resource
import struct
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from services.proof import verify
from services.proof.keys import SigningKey
from tests.proof.registers import (
    checked,
    exported_case,
    exported_log,
    files_of,
    quick_ed25519,
    written,
)
from tests.scenarios import Scenario

VERIFIER = Path(verify.__file__)
MEMORY = 300 << 20


@pytest.fixture(scope="module")
def exports(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    made = Scenario(folder / "register", "ashfield")
    made.upheld("2026-03-02")
    case = files_of(exported_case(made, folder / "case.zip"))
    log = files_of(exported_log(made, folder / "log.zip"))
    made.casework.close()
    return {"case": case, "log": log}


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    monkeypatch.setattr(verify, "ed25519", quick_ed25519)


@pytest.fixture
def case(exports):
    return dict(exports["case"])


def no(bundle, *words, seconds=20):
    """What the verifier, in a folder of its own with little memory, says against the bundle."""

    def limit():
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))

    folder = bundle.parent / "alone"
    folder.mkdir()
    around = {path for path in bundle.parent.parent.rglob("*") if path.is_file()}
    command = [sys.executable, "-I", "-S", str(VERIFIER), str(bundle), *map(str, words)]
    begun = time.monotonic()
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False, preexec_fn=limit
    )
    assert time.monotonic() - begun < seconds
    assert done.returncode == 6, (done.stdout[-500:], done.stderr[-2000:])
    assert done.stderr == ""
    assert {path for path in bundle.parent.parent.rglob("*") if path.is_file()} == around
    assert "Holds:" not in done.stdout
    return done.stdout


@pytest.mark.parametrize(
    "name",
    ["../outside", "/tmp/outside", "evidence/../../outside", "C:\\outside", "events.jsonl\0",
     "evidence/", "EVENTS.JSONL", "evidence/" + "0" * 63 + "g", "a\x1b[2J"],
)  # fmt: skip
def test_a_file_that_no_export_holds(case, tmp_path, name):
    bundle = written(case | {name.replace("\0", "%"): b"x"}, tmp_path / "bundle.zip")
    if "\0" in name:
        spoilt = bundle.read_bytes().replace(b"events.jsonl%", b"events.jsonl\0")
        bundle.write_bytes(spoilt)
    told = no(bundle)
    assert "as no export does" in told
    assert "\x1b" not in told


def test_a_name_twice(case, tmp_path):
    bundle = written(case, tmp_path / "bundle.zip")
    with zipfile.ZipFile(bundle, "a") as zip_file, pytest.warns(UserWarning, match="Duplicate"):
        zip_file.writestr("events.jsonl", b"other")
    assert "twice" in no(bundle)


def test_a_symbolic_link(case, tmp_path):
    bundle = tmp_path / "bundle.zip"
    with zipfile.ZipFile(bundle, "w") as zip_file:
        for name, content in case.items():
            entry = zipfile.ZipInfo(name)
            entry.external_attr = (0o120777 if name == "case.html" else 0o100644) << 16
            zip_file.writestr(entry, content)
    assert "is a link" in no(bundle)


@pytest.mark.parametrize("kind", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_another_kind_of_packing(case, tmp_path, kind):
    bundle = tmp_path / "bundle.zip"
    with zipfile.ZipFile(bundle, "w", kind) as zip_file:
        for name, content in case.items():
            zip_file.writestr(name, content)
    assert "strangely packed" in no(bundle)


def test_a_bomb(case, tmp_path):
    bundle = tmp_path / "bundle.zip"
    with zipfile.ZipFile(bundle, "w", zipfile.ZIP_DEFLATED) as zip_file:
        for name, content in case.items():
            if name != "events.jsonl":
                zip_file.writestr(name, content)
        with zip_file.open("events.jsonl", "w", force_zip64=True) as file:
            for _ in range(250):
                file.write(bytes(1 << 20))
    assert "unpacks to much more" in no(bundle)


def test_a_bomb_that_lies_about_its_size(case, tmp_path):
    content = bytes((64 << 20) + 123_457)
    bundle = written(case | {"case.html": content}, tmp_path / "bundle.zip")
    told = bundle.read_bytes().replace(struct.pack("<L", len(content)), struct.pack("<L", 10))
    bundle.write_bytes(told)
    assert "case.html" in no(bundle)


def test_a_million_files(case, tmp_path):
    one = written({"x" * 30: b""}, tmp_path / "one.zip").read_bytes()
    entry = one[one.index(b"PK\1\2") : one.index(b"PK\5\6")]
    bundle = tmp_path / "million" / "bundle.zip"
    bundle.parent.mkdir()
    count = 1_000_000
    with bundle.open("wb") as file:
        for _ in range(count // 1000):
            file.write(entry * 1000)
        size = len(entry) * count
        end = struct.pack("<4sQHHLLQQQQ", b"PK\6\6", 44, 45, 45, 0, 0, count, count, size, 0)
        file.write(end + struct.pack("<4sLQL", b"PK\6\7", 0, size, 1))
        file.write(struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 65535, 65535, 2**32 - 1, 2**32 - 1, 0))
    assert "lists more files" in no(bundle)


def test_a_file_that_is_no_zip(tmp_path):
    for number, content in enumerate((b"", b"PK", os.urandom(5000), b"PK\5\6" + bytes(18))):
        bundle = tmp_path / str(number) / "bundle.zip"
        bundle.parent.mkdir()
        bundle.write_bytes(content)
        assert "Wrong:" in no(bundle)


BROKEN = [
    b"", b"{", b"[]", b"null", b'{"a":1,"a":2}', b"[" * 100_000, b'{"a":' * 50_000,
    b'{"a":' + b"9" * 5_000_000 + b"}", b'{"a":NaN}', b'{"\xff":1}', b'"' + b"x" * 1_000_000,
]  # fmt: skip


@pytest.mark.parametrize("kind", ["case", "log"])
@pytest.mark.parametrize("number", range(len(BROKEN)))
def test_broken_json(exports, kind, number):
    for name in ("manifest.json", "events.jsonl", "proofs", "checkpoints.jsonl"):
        for content in (BROKEN[number], BROKEN[number] + b"\n"):
            found = checked(exports[kind] | {name: content})
            assert found.wrong, name
            assert found.held == [] or found.wrong


@pytest.mark.parametrize("name", ["keys", "checkpoint", "manifest.signature", "manifest.json"])
@pytest.mark.parametrize(
    "content", [b"", b"\n", b"\n\n", b"\xff" * 100, b"\n\n\n" * 1000, b"a\n1\nb"]
)
def test_a_broken_seal(exports, name, content):
    for files in exports.values():
        assert checked(files | {name: content}).wrong


@pytest.mark.parametrize("kind", ["case", "log"])
def test_a_file_left_out(exports, kind):
    for name in exports[kind]:
        files = dict(exports[kind])
        del files[name]
        assert checked(files).wrong, name


def test_a_file_larger_than_any_export_holds(case, tmp_path):
    noise = io.BytesIO()
    noise.write(os.urandom(9 << 20))
    bundle = written(case | {"checkpoint": noise.getvalue()}, tmp_path / "bundle.zip")
    assert "larger than" in no(bundle)


def test_a_line_longer_than_any_event(case, tmp_path):
    bundle = written(
        case | {"proofs": os.urandom(18 << 20).replace(b"\n", b"x")}, tmp_path / "b.zip"
    )
    assert "longer than any event" in no(bundle)


def test_a_key_of_somebody_else(exports):
    """A whole export signed by a stranger holds by itself; the key that is known tells."""
    for files in exports.values():
        mine = SigningKey.new(files["keys"].decode().split("+")[0])
        forged = files | {"keys": f"{mine.verifier}\n".encode()}
        assert any("key" in each for each in checked(forged).wrong)
        known = files["keys"].decode().strip()
        assert checked(files, trusted=known).wrong == []
        [wrong] = checked(files, trusted=str(mine.verifier)).wrong
        assert "none that signed this" in wrong


def test_more_to_check_than_any_export_holds_is_not_checked(exports, monkeypatch):
    signed = []
    monkeypatch.setattr(verify, "ed25519", lambda *words: signed.append(1) or quick_ed25519(*words))
    for files in exports.values():
        line = files["checkpoint"].split(b"\n\n")[1]
        for much in (
            {"checkpoint": files["checkpoint"] + line * 10_000},
            {"checkpoints.jsonl": files["checkpoints.jsonl"] * 5_000},
            {"keys": files["keys"] + b"\n\n\n" + files["keys"] * 50_000},
        ):
            assert checked(files | much).wrong
        assert 0 < len(signed) < 2_000
        signed.clear()


def test_what_is_no_checkpoint_is_not_known(exports, tmp_path):
    for files in exports.values():
        for content in (b"x", b"a\n1\n\n", files["checkpoint"].replace(b"=\n", b"\n", 1)):
            assert any("you keep" in each for each in checked(files, content).wrong)
