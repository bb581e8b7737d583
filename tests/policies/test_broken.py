"""Each way of breaking a policy file is told at its line and in words, never as a traceback."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from services.policies import faults
from services.policies.reading import LARGEST

from .shipped_files import ASHFIELD, TEXTS

SOUND = TEXTS[ASHFIELD].decode()
BROKEN = tomllib.loads(Path(__file__).with_name("broken.toml").read_text("utf-8"))["broken"]


def broken(case: dict[str, str]) -> str:
    assert case["old"] in SOUND, case["old"]
    return SOUND.replace(case["old"], case["new"], 1)


def lines_of(text: str, at: str) -> list[int]:
    """The lines at which these words begin."""
    places, start = [], 0
    while (found := text.find(at, start)) >= 0:
        places.append(text.count("\n", 0, found) + 1)
        start = found + 1
    return places


@pytest.mark.parametrize("case", BROKEN, ids=[case["name"] for case in BROKEN])
def test_each_break_is_told_at_its_line(case: dict[str, str]) -> None:
    text = broken(case)
    found = [fault for fault in faults(text.encode()) if case["words"] in str(fault)]
    assert found, [str(fault) for fault in faults(text.encode())]
    assert {fault.line for fault in found} & set(lines_of(text, case["at"]))


def test_there_are_enough_and_no_two_are_one() -> None:
    assert len(BROKEN) >= 40
    assert len({(case["old"], case["new"]) for case in BROKEN}) == len(BROKEN)


def test_all_breaks_that_can_stand_together_are_told_at_once() -> None:
    text, together = SOUND, []
    for case in BROKEN[:12]:
        if case["old"] in text:
            text = text.replace(case["old"], case["new"], 1)
            together.append(case["words"])
    told = "\n".join(map(str, faults(text.encode())))
    assert [words for words in together if words not in told] == []


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (SOUND.encode("utf-16"), 1, "is not UTF-8"),
        (SOUND.encode("cp1252"), None, "is not UTF-8"),
        (b"\xef\xbb\xbf" + SOUND.encode(), 1, "begins with a byte order mark"),
        (SOUND.encode() + b"\x00", None, "is no TOML"),
        (SOUND.encode() + b'[[duties]]\non = "flagged', None, "is no TOML"),
        (b"title = '''\nnever ended", 2, "is no TOML"),
        (b"PK\x03\x04" + bytes(range(256)), None, "is "),
        (b"%PDF-1.7\n\xe2\xe3", 2, "is not UTF-8"),
        (b'{"policy": {"id": "ashfield"}}', 1, "is no TOML"),
        (b"policy:\n  id: ashfield\n", 1, "is no TOML"),
        (b"x" * (LARGEST + 1), 1, "is too large"),
        (b"a = " + b"[" * 9_000, 1, "nests too deeply"),
        (b"\n" + b"a." * 100_000 + b"b = 1", 2, "is too long"),
        (b"a = " + b"9" * 5000, 1, "is no TOML: a number is too long"),
        (b"a = 1e999999999999", 1, "is a fraction"),
        (b"a" + b".a" * 900 + b" = 1", 1, "nests too deeply"),
        (b"a = 99999-99-99", 1, "is no TOML"),
        (b"policy = 1\nclauses = []\nduties = {}\n", 1, "policy"),
        (b"[[policy]]\n[[clauses]]\n[duties]\n", 1, "policy"),
    ],
    ids=lambda value: repr(value)[:30],
)
def test_what_is_no_policy_at_all_is_told_too(text: bytes, line: int | None, words: str) -> None:
    found = faults(text)
    assert found
    assert any(words in str(fault) and line in (None, fault.line) for fault in found)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('reference = "ASH"', 'reference = "ASH"\nreference = "ASH"', "cannot overwrite a value"),
        ("[viewpoint]", "[appeals]\n\n[viewpoint]", "cannot declare"),
        ('R-A2 = { force = "info"', 'R-A1 = { force = "info"', "cannot overwrite a value"),
        ('reference = "ASH"', 'reference "ASH"', "expected '='"),
        ('reference = "ASH"', "reference = ASH", "invalid value"),
        ('reference = "ASH"', 'reference = "ASH', "illegal character"),
    ],
    ids=["a key twice", "a table twice", "a clause twice", "no =", "no quotes", "one quote"],
)
def test_what_toml_does_not_allow_is_told_at_its_line(old: str, new: str, words: str) -> None:
    text = SOUND.replace(old, new, 1)
    (fault,) = faults(text.encode())
    first = SOUND.count("\n", 0, SOUND.index(old)) + 1
    assert words in fault.problem
    assert abs(fault.line - first) < 400 if "declare" in words else fault.line - first in (0, 1)


@pytest.mark.parametrize("text", [b"", b"\n\n", b"# only a comment\n", b" \t\r\n"])
def test_an_empty_file_lacks_all_of_it(text: bytes) -> None:
    assert {fault.line for fault in faults(text)} == {1}
    assert len(faults(text)) > 10


def test_tabs_and_line_ends_of_windows_are_sound_and_lines_still_count() -> None:
    windows = SOUND.replace("\n", "\r\n").replace(" = ", "\t=\t")
    assert faults(windows.encode()) == []
    wrong = windows.replace('reference\t=\t"ASH"', 'reference\t=\t"ash"')
    (fault,) = faults(wrong.encode())
    assert [fault.line] == lines_of(SOUND, 'reference = "ASH"')
