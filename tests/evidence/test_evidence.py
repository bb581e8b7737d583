import os
from hashlib import sha256
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from uuid import UUID

import pytest

from services.evidence import CHUNK, EvidenceFolder
from services.faults import DiskFailing, DiskFull, EvidenceDamaged, EvidenceFileMissing

A, B = UUID(int=1), UUID(int=2)


@pytest.fixture
def evidence(tmp_path):
    return EvidenceFolder(tmp_path / "register")


@pytest.fixture
def screenshot(tmp_path):
    path = tmp_path / "screenshot.png"
    path.write_bytes(b"\x89PNG of a post")
    return path


def files(tmp_path: Path) -> list[Path]:
    return [path for path in (tmp_path / "register").rglob("*") if path.is_file()]


def test_bytes_are_kept_under_their_sha256_in_the_accounts_folder(tmp_path, evidence, screenshot):
    kept = evidence.keep(A, screenshot)
    digest = sha256(screenshot.read_bytes()).hexdigest()
    assert kept == (digest, len(screenshot.read_bytes()))
    path = tmp_path / "register" / "evidence" / str(A) / digest
    assert evidence.path(A, digest) == path
    assert path.read_bytes() == screenshot.read_bytes()
    evidence.check(A, digest)


def test_a_large_file_is_copied_piece_by_piece(tmp_path, evidence):
    large = tmp_path / "video.mp4"
    large.write_bytes(os.urandom(CHUNK) * 5 + b"end")
    kept = evidence.keep(A, large)
    assert kept.size == CHUNK * 5 + 3
    assert evidence.path(A, kept.sha256).read_bytes() == large.read_bytes()


def test_the_same_bytes_are_kept_once_for_an_account(tmp_path, evidence, screenshot):
    kept = evidence.keep(A, screenshot)
    before = evidence.path(A, kept.sha256).stat()
    assert evidence.keep(A, screenshot) == kept
    after = evidence.path(A, kept.sha256).stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert len(files(tmp_path)) == 1


def test_another_account_has_its_own_copy_so_that_one_can_be_erased(tmp_path, evidence, screenshot):
    evidence.keep(A, screenshot)
    evidence.keep(B, screenshot)
    assert len(files(tmp_path)) == 2


def test_a_copy_that_is_shorter_than_it_was_is_made_whole(evidence, screenshot):
    kept = evidence.keep(A, screenshot)
    evidence.path(A, kept.sha256).write_bytes(b"")
    evidence.keep(A, screenshot)
    evidence.check(A, kept.sha256)


def test_the_bytes_are_on_the_disk_before_the_name_and_the_name_before_the_return(
    evidence, screenshot, monkeypatch
):
    done: list[str] = []
    real_sync, real_replace = os.fsync, Path.replace

    def sync(number: int) -> None:
        done.append("sync the folder" if S_ISDIR(os.fstat(number).st_mode) else "sync the file")
        real_sync(number)

    def replace(path: Path, target: Path) -> Path:
        done.append("name")
        return real_replace(path, target)

    monkeypatch.setattr(os, "fsync", sync)
    monkeypatch.setattr(Path, "replace", replace)
    evidence.keep(A, screenshot)
    assert done[-3:] == ["sync the file", "name", "sync the folder"]


@pytest.mark.parametrize("name", ["vanished.png", "."])
def test_a_file_that_cannot_be_read_is_told_and_nothing_is_left(tmp_path, evidence, name):
    with pytest.raises(EvidenceFileMissing) as raised:
        evidence.keep(A, tmp_path / name)
    assert raised.value.exit_code == 2
    assert str(tmp_path / name) in raised.value.message
    assert files(tmp_path) == []


@pytest.mark.parametrize(("number", "fault"), [(28, DiskFull), (27, DiskFull), (5, DiskFailing)])
def test_a_disk_that_is_full_or_failing_leaves_nothing_half_kept(
    tmp_path, evidence, screenshot, monkeypatch, number, fault
):
    kept = evidence.keep(B, screenshot)

    def failing(file: int) -> None:
        if S_ISREG(os.fstat(file).st_mode):
            raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", failing)
    with pytest.raises(fault) as raised:
        evidence.keep(A, screenshot)
    assert raised.value.exit_code == 1
    assert files(tmp_path) == [evidence.path(B, kept.sha256)]


def test_what_a_crash_left_half_copied_is_cleared_and_the_rest_is_not(
    tmp_path, evidence, screenshot
):
    kept = evidence.keep(A, screenshot)
    (tmp_path / "register" / "evidence" / str(A) / ".partial-crash").write_bytes(b"half")
    assert evidence.keep(A, screenshot) == kept
    evidence.clear_partial()
    assert files(tmp_path) == [evidence.path(A, kept.sha256)]


def test_evidence_that_is_gone_or_changed_is_told(evidence, screenshot):
    kept = evidence.keep(A, screenshot)
    evidence.path(A, kept.sha256).write_bytes(b"something else")
    with pytest.raises(EvidenceDamaged, match="no longer what was kept"):
        evidence.check(A, kept.sha256)
    evidence.path(A, kept.sha256).unlink()
    with pytest.raises(EvidenceDamaged, match="Put it back"):
        evidence.path(A, kept.sha256)
