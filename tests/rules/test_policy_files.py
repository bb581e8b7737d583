"""A policy that events were decided under can't be changed silently; another version can come."""

from __future__ import annotations

from hashlib import sha256
from importlib.resources import files
from pathlib import Path

import pytest

from services import assemble
from services.casework import kept_policies
from services.faults import RegisterCorrupt
from services.policies import ShippedPolicy
from tests.rules.ashfield.test_versions import adopt_second_version
from tests.scenarios import Scenario, rules_of

SHIPPED = files("domain") / "policies" / "ashfield" / "undated.toml"
SHORTER = ("after_months = 12", "after_months = 6")


def adopting(council: Scenario, file: Path, starts: str = "2025-06-01"):
    decision = {"from": starts, "decision": "Cabinet"}
    return council.when("adopt-policy", "2025-05-20", actor="admin", file=str(file), **decision)


def written(folder: Path, *changes: tuple[str, str]) -> Path:
    text = SHIPPED.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    file = folder / "written.toml"
    file.write_text(text, encoding="utf-8")
    return file


@pytest.mark.rule("R-A54")
def test_the_same_version_with_other_bytes_is_invalid_and_says_what_to_do(ashfield, tmp_path):
    answer = adopting(ashfield, written(tmp_path, SHORTER))
    assert answer["outcome"] == "invalid"
    [error] = answer["errors"]
    assert error["path"] == "file"
    assert "calls itself version undated, which was adopted with other bytes" in error["problem"]
    assert "another name for the changed text in [policy] version" in error["wanted"]


@pytest.mark.rule("R-A54")
def test_one_comment_more_makes_other_bytes(ashfield, tmp_path):
    answer = adopting(ashfield, written(tmp_path, ("[viewpoint]", "# only a comment\n[viewpoint]")))
    assert answer["outcome"] == "invalid"


def test_what_was_adopted_from_that_day_is_not_adopted_again(ashfield, tmp_path):
    adopt_second_version(ashfield, tmp_path, SHORTER)
    again = adopting(ashfield, tmp_path / "v2.toml", "2025-05-01")
    assert (again["outcome"], rules_of(again)) == ("refused", ["STATE"])
    assert "adopted already, from 2025-05-01" in again["why"][0]


def test_a_council_may_go_back_to_an_older_version_from_another_day(ashfield, tmp_path):
    adopt_second_version(ashfield, tmp_path, SHORTER)
    back = adopting(ashfield, written(tmp_path), "2025-07-01")
    assert back["outcome"] == "accepted"


def test_an_adoption_tells_what_does_not_fit_together(ashfield, tmp_path):
    changes = (
        ('version = "undated"', 'version = "v3"\nin_force_from = 2025-06-02\nreplaces = "v2"'),
    )
    answer = adopting(ashfield, written(tmp_path, *changes))
    assert answer["verdict"]["warnings"] == [
        "the file says in force from 2025-06-02; it is adopted from 2025-06-01",
        "the file says it replaces v2; in force on 2025-06-01 is undated",
        "it is in force since 2025-06-01, before today: what was decided since then keeps the "
        "version that it was judged by",
    ]


def test_all_is_well_after_an_adoption_and_where_the_file_is_gone_or_renamed(ashfield, tmp_path):
    adopt_second_version(ashfield, tmp_path, SHORTER)
    assert ashfield.casework.doctor() == []
    file = tmp_path / "v2.toml"
    file.write_text(file.read_text().replace('version = "v2"', 'version = "v3"'))
    assert ashfield.casework.doctor() == []
    file.unlink()
    assert ashfield.casework.doctor() == []


@pytest.mark.rule("R-A54")
@pytest.mark.parametrize("change", [("after_months = 6", "after_months = 7"), ("[", "{")])
def test_doctor_says_that_an_adopted_file_was_changed_where_it_lies(ashfield, tmp_path, change):
    adopt_second_version(ashfield, tmp_path, SHORTER)
    file = tmp_path / "v2.toml"
    adopted = sha256(file.read_bytes()).hexdigest()
    file.write_text(file.read_text().replace(*change))
    [found] = ashfield.casework.doctor()
    assert f"The file of ashfield@v2, {file}, no longer has the bytes" in found["finding"]
    assert adopted in found["finding"]
    assert found["where"] == "ashfield"
    assert "another version name" in found["do"]


@pytest.mark.rule("R-A54")
def test_doctor_says_that_a_shipped_file_was_changed(ashfield, monkeypatch):
    text = SHIPPED.read_bytes() + b"# changed\n"
    now = [ShippedPolicy("ashfield", "undated", text)]
    monkeypatch.setattr(kept_policies, "shipped", lambda: now)
    [found] = ashfield.casework.doctor()
    assert "The shipped file of ashfield@undated no longer has the bytes" in found["finding"]


@pytest.mark.rule("R-A54")
def test_kept_bytes_that_no_longer_hash_to_their_name_judge_nothing(ashfield, tmp_path):
    database = ashfield.casework.database
    kept = database.query("SELECT bytes, sha256 FROM policy_files")
    with database.writing():
        for text, digest in kept:
            damaged = (bytes(text) + b"\n", digest)
            database.execute("UPDATE policy_files SET bytes = ? WHERE sha256 = ?", damaged)
    [found] = ashfield.casework.doctor()
    assert "no longer those adopted" in found["finding"]
    assert found["do"].startswith("Restore the register from a backup")
    with assemble.open_casework(ashfield.where, ashfield.casework.clock) as again:
        assert len(again.doctor()) == 1
        with pytest.raises(RegisterCorrupt, match="no longer those adopted"):
            again.reading.staff("ashfield")
