"""Evidence is kept by the same promises in a folder and on a server."""

from __future__ import annotations

import os
from hashlib import sha256
from uuid import UUID

import pytest

from services.evidence import CHUNK
from services.faults import EvidenceDamaged, EvidenceFileMissing
from services.store.evidence import evidence_of

A, B = UUID(int=1), UUID(int=2)


@pytest.fixture
def evidence(database):
    return evidence_of(database)


@pytest.fixture
def screenshot(tmp_path):
    path = tmp_path / "screenshot.png"
    path.write_bytes(b"\x89PNG of a post")
    return path


def test_bytes_are_kept_under_their_sha256(evidence, screenshot):
    content = screenshot.read_bytes()
    assert evidence.keep(A, screenshot) == (sha256(content).hexdigest(), len(content))
    evidence.check(A, sha256(content).hexdigest())


@pytest.mark.parametrize("content", [b"", os.urandom(CHUNK), os.urandom(CHUNK) * 2 + b"end"])
def test_a_file_of_any_length_is_kept_whole_and_the_same_twice(evidence, screenshot, content):
    screenshot.write_bytes(content)
    kept = evidence.keep(A, screenshot)
    assert kept.size == len(content)
    assert evidence.keep(A, screenshot) == kept
    evidence.check(A, kept.sha256)


def test_each_account_has_its_own(evidence, screenshot):
    kept = evidence.keep(A, screenshot)
    with pytest.raises(EvidenceDamaged):
        evidence.check(B, kept.sha256)


def test_a_file_that_cannot_be_read_is_told_and_nothing_is_kept(evidence, tmp_path):
    missing = tmp_path / "vanished.png"
    for way in (lambda: evidence.keep(A, missing), lambda: evidence.readable(missing)):
        with pytest.raises(EvidenceFileMissing, match=r"vanished\.png"):
            way()


def test_it_is_kept_before_the_transaction_that_tells_of_it_and_whatever_comes_of_that(
    database, evidence, screenshot
):
    class Undone(Exception):
        pass

    def undone() -> None:
        with database.deciding():
            evidence.keep(A, screenshot)
            raise Undone

    with pytest.raises(Undone):
        undone()
    evidence.check(A, sha256(screenshot.read_bytes()).hexdigest())
