"""`casebook policy`: versions named by id or as files, shown, explained and compared."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Casebook

SHIPPED = Path(__file__).parents[2] / "domain" / "policies" / "ashfield" / "undated.toml"


@pytest.fixture
def second(tmp_path: Path) -> Path:
    """A second version of the shipped policy, not adopted yet."""
    text = SHIPPED.read_text(encoding="utf-8")
    for old, new in (('version = "undated"', 'version = "v2"'), ("_months = 12", "_months = 6")):
        text = text.replace(old, new)
    file = tmp_path / "v2.toml"
    file.write_text(text, encoding="utf-8")
    return file


def adopt(casebook: Casebook, file: Path, from_: str = "2026-05-01", *words: str) -> None:
    ran = casebook(
        *("adopt-policy", "--file", str(file), "--from", from_, "--as", "ad.min"),
        *("--decision", "Cabinet minute 14", *words),
    )
    assert ran.code == 0, ran


def test_two_adopted_versions_are_compared(
    register: Path, casebook: Casebook, second: Path
) -> None:
    adopt(casebook, second)
    ran = casebook("policy", "diff", "ashfield@undated", "ashfield@v2")
    assert (ran.code, ran.out.splitlines()) == (
        0,
        [
            "The policy",
            "  version: was undated; is v2",
            "",
            "Appeals",
            "  after months: was 12; is 6 [R-A27]",
        ],
    )
    found = casebook("policy", "diff", "ashfield@undated", "ashfield@v2", "--json").json
    assert [(each["kind"], each["place"], each["after"]) for each in found] == [
        ("policy", "policy.version", "v2"),
        ("step", "appeals.after_months", 6),
    ]


def test_nothing_is_printed_of_equals(register: Path, casebook: Casebook) -> None:
    ran = casebook("policy", "diff", "ashfield", "ashfield@undated")
    assert (ran.code, ran.out) == (0, "")
    assert "ashfield and ashfield@undated say the same." in ran.err
    assert casebook("policy", "diff", "ashfield", str(SHIPPED), "--json").json == []


def test_files_are_compared_explained_and_shown_without_a_register(
    casebook: Casebook, second: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CASEBOOK_REGISTER", str(tmp_path / "none"))
    assert len(casebook("policy", "diff", str(SHIPPED), str(second), "--json").json) == 2
    assert "6 months after the block" in casebook("policy", "explain", str(second)).out
    assert 'R-A31 (must): "make the Service' in casebook("policy", "show", str(second)).out


def test_a_file_that_is_not_sound_is_told_with_its_first_fault(
    casebook: Casebook, second: Path
) -> None:
    second.write_text("[policy]\nid = 3\n", encoding="utf-8")
    for words in (("explain", str(second)), ("diff", str(SHIPPED), str(second))):
        ran = casebook("policy", *words)
        assert ran.code == 2
        assert "is not sound: line 1: " in ran.err
        assert f"casebook policy check {second}" in ran.err


@pytest.mark.parametrize("id", ["nowhere", "ashfield@1999"])
def test_what_is_not_adopted_is_not_compared(register: Path, casebook: Casebook, id: str) -> None:
    assert casebook("policy", "diff", "ashfield", id).code == 4


def test_a_folder_is_no_policy_file_and_a_huge_one_is_not_read_to_its_end(
    casebook: Casebook, tmp_path: Path
) -> None:
    (tmp_path / "folder.toml").mkdir()
    (tmp_path / "huge.toml").write_bytes(b"# much\n" * 1_000_000)
    ran = casebook("policy", "check", str(tmp_path / "folder.toml"))
    assert (ran.code, "can't be read (Is a directory)" in ran.err) == (2, True)
    ran = casebook("policy", "check", str(tmp_path / "huge.toml"))
    assert (ran.code, "line 1: is too large" in ran.out) == (6, True)
    assert casebook("policy", "check", "/dev/zero").code == 6
    assert casebook("policy", "check", "a\x00b").code == 2
