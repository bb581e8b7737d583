"""The verifier that goes with an export: alone, on an old Python, and in words."""

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from services.proof import verify
from services.proof.keys import SigningKey
from tests.proof.registers import (
    EVENTS,
    checked,
    copied,
    exported_case,
    exported_log,
    files_of,
    long_case,
    quick_ed25519,
)
from tests.scenarios import Scenario

VERIFIER = Path(verify.__file__)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    made = long_case(tmp_path_factory.mktemp("case"))
    yield made
    made.casework.close()


@pytest.fixture(scope="module")
def case_zip(made, tmp_path_factory):
    return exported_case(made, tmp_path_factory.mktemp("case-zip") / "case.zip")


@pytest.fixture(scope="module")
def log_zip(made, tmp_path_factory):
    return exported_log(made, tmp_path_factory.mktemp("log-zip") / "log.zip")


def run(folder, *words):
    """The verifier as a stranger runs it, in a folder with nothing else in it."""
    folder.mkdir()
    (folder / "verify.py").write_bytes(VERIFIER.read_bytes())
    command = [sys.executable, "-I", "-S", "verify.py", *map(str, words)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert {path.name for path in folder.iterdir()} == {"verify.py"}
    return done.returncode, done.stdout


def test_it_has_at_most_400_lines_and_imports_the_standard_library_only():
    lines = VERIFIER.read_text().splitlines()
    assert len(lines) <= 400
    imported = {line.split()[1] for line in lines if line.startswith(("import ", "from "))}
    assert {name.partition(".")[0] for name in imported} <= sys.stdlib_module_names


def test_it_needs_nothing_newer_than_python_3_9():
    vermin = str(Path(sys.executable).with_name("vermin"))
    command = [vermin, "--target=3.9-", "--violations", str(VERIFIER)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    # The tool would have told: the same file asked for an older Python.
    command[1] = "--target=3.6-"
    assert subprocess.run(command, capture_output=True, check=False).returncode == 1


def test_the_one_in_the_bundle_is_this_one(case_zip):
    assert files_of(case_zip)["verify.py"] == VERIFIER.read_bytes()


def test_it_says_what_it_checked_and_what_it_cannot_tell(made, case_zip, log_zip, tmp_path):
    code, told = run(tmp_path / "a", case_zip)
    assert code == 0
    assert f"Holds: {EVENTS + 3} events of {made.case}, byte for byte" in told
    assert "Not told here: whether the tail was cut off" in told
    assert "Not told here: whether the case has later events" in told
    assert "Not told here: whose key this is" in told
    code, told = run(tmp_path / "b", log_zip)
    assert code == 0
    assert "events of the log, byte for byte" in told
    assert "later events" not in told


def test_a_checkpoint_and_a_key_known_beforehand_are_held_against_it(made, tmp_path):
    log = made.casework.integrity
    for size in log.checkpoints.sizes():
        known, place = tmp_path / f"{size}", tmp_path / f"{size}.zip"
        known.write_text(str(log.checkpoints.of(size)))
        for period in log.checkpoints.key_periods():
            files = files_of(exported_case(made, place))
            place.unlink()
            found = checked(files, known.read_bytes(), str(period.key))
            assert found.wrong == []
            assert not any("tail" in each or "key" in each for each in found.unsaid)


def test_a_checkpoint_that_is_not_in_the_bundle_needs_its_proof(made, tmp_path, case_zip):
    log, size = made.casework.integrity, 40
    assert size not in log.checkpoints.sizes()
    key = SigningKey.read((made.casework.database.folder / "signing-key").read_text(), "key")
    text = (
        f"{key.verifier.name}\n{size}\n{verify.base64.b64encode(log.tiles.root(size)).decode()}\n"
    )
    known = tmp_path / "known"
    known.write_text(f"{text}\n{key.sign(text).line()}")
    [wrong] = checked(files_of(case_zip), known.read_bytes()).wrong
    assert "export with --since" in wrong
    since = files_of(exported_case(made, tmp_path / "since.zip", known))
    assert checked(since, known.read_bytes()).wrong == []


def test_another_key_than_the_one_known_is_told(case_zip, log_zip):
    other = str(SigningKey.new("casebook/other").verifier)
    for bundle in (case_zip, log_zip):
        [wrong] = checked(files_of(bundle), trusted=other).wrong
        assert "none that signed this" in wrong


def test_a_cut_tail_and_a_forked_history_are_found_with_a_checkpoint_kept(tmp_path):
    made = Scenario(tmp_path / "register", "ashfield")
    made.upheld("2026-03-02")
    made.casework.integrity.build()
    earlier = copied(made, tmp_path / "earlier")
    made.upheld("2026-03-04")
    known = str(made.casework.integrity.build()).encode()
    made.casework.close()

    cut = Scenario.__new__(Scenario)
    cut.now, cut.council, cut.case = made.now, made.council, made.case
    from services.assemble import open_casework

    cut.casework = open_casework(earlier, cut._clock)
    for number, export in enumerate((exported_case, exported_log)):
        files = files_of(export(cut, tmp_path / f"cut-{number}.zip"))
        assert checked(files).wrong == []  # whoever has the key can sign it: only `known` tells
        assert any("tail was cut off" in each for each in checked(files).unsaid)
        [wrong] = checked(files, known).wrong
        assert "the tail was cut" in wrong
    cut.upheld("2026-03-05")
    cut.upheld("2026-03-06")
    for number, export in enumerate((exported_case, exported_log)):
        files = files_of(export(cut, tmp_path / f"forked-{number}.zip"))
        assert checked(files).wrong == []
        wrong = checked(files, known).wrong
        assert any("forked" in each or "not that of the checkpoint" in each or "no proof" in each
                   for each in wrong)  # fmt: skip
    cut.casework.close()


RFC_8032 = [  # section 7.1: key, public key, message, signature
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701c"
        "f9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0"
        "f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f76098"
        "4dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
]


@pytest.mark.parametrize(("public", "text", "signature"), RFC_8032)
def test_the_signatures_of_rfc_8032(public, text, signature):
    assert verify.ed25519(*map(bytes.fromhex, (public, text, signature)))
    assert not verify.ed25519(*map(bytes.fromhex, (public, text + "00", signature)))


def test_its_signatures_are_those_of_a_library():
    for number in range(12):
        seed = hashlib.sha256(bytes([number])).digest()
        key = Ed25519PrivateKey.from_private_bytes(seed)
        public, text = key.public_key().public_bytes_raw(), seed * number
        sound = key.sign(text)
        assert verify.ed25519(public, text, sound)
        for place in range(0, 512, 37):
            damaged = bytearray(sound)
            damaged[place // 8] ^= 1 << place % 8
            assert not verify.ed25519(public, text, bytes(damaged))
        # The same point and scalar written in another way are refused too.
        scalar = int.from_bytes(sound[32:], "little") + verify.L
        assert not verify.ed25519(public, text, sound[:32] + scalar.to_bytes(32, "little"))
        assert not verify.ed25519(public, text, sound[:-1])
        assert quick_ed25519(public, text, sound)


@pytest.mark.parametrize("public", [(verify.P + 1).to_bytes(32, "little"), b"\2" + bytes(31)])
def test_what_is_no_point_of_the_curve_is_no_key(public):
    with pytest.raises(verify.Wrong, match="curve"):
        verify.ed25519(public, b"", bytes(64))
