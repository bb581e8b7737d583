"""`casebook import`: what it asks, what it says, how it ends."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import everything, founded
from tests.importing.registers import DATA, as_csv, row, table, truth_of

REGISTER = str(DATA / "ashfield-register.csv")


def test_a_dry_run_says_everything_before_and_leaves_nothing(register, casebook) -> None:
    before = everything(register)
    ran = casebook("import", REGISTER, "--dry-run")
    assert ran.code == 6
    assert "Handle: handle" in ran.out
    assert "231 would be recorded as incidents of 78 new accounts" in ran.out
    assert "R-A28" in ran.out
    assert "row 12, SM0009: no handle and no name" in ran.out
    assert "nothing was recorded" in ran.out
    assert everything(register) == before
    assert not list(Path().glob("*rejects*"))


def test_the_summary_is_that_of_the_truth_file(register, casebook) -> None:
    ran = casebook("import", REGISTER, "--json")
    truth = truth_of("ashfield")
    assert ran.code == 6
    refused = [{"ref": e["ref"], "fault": e["fault"]} for e in ran.json["unreadable"]]
    assert ran.json | {"unreadable": refused} == ran.json | truth
    assert Path("ashfield-register-rejects.csv").is_file()
    assert len(casebook("cases", "--irregular", "--json").json) == 78


def test_again_is_nothing_new(register, casebook) -> None:
    casebook("import", REGISTER)
    before = everything(register)
    assert casebook("import", REGISTER, "--json").json["duplicates"] == 240
    assert everything(register) == before


def test_without_rejects_it_ends_well_and_writes_none(register, casebook, tmp_path) -> None:
    ran = casebook("import", str(as_csv(tmp_path / "a.csv", [row()])))
    assert (ran.code, list(tmp_path.glob("*rejects*"))) == (0, [])


def test_rejects_go_where_they_are_wanted(register, casebook, tmp_path) -> None:
    ran = casebook("import", REGISTER, "--rejects", str(tmp_path / "mend.csv"))
    assert "mend.csv" in ran.out
    assert (tmp_path / "mend.csv").is_file()


def test_the_register_itself_is_never_overwritten(register, casebook, tmp_path) -> None:
    path = as_csv(tmp_path / "a.csv", [row()])
    assert casebook("import", str(path), "--rejects", str(path)).code == 2


@pytest.mark.parametrize("actor", ["aud.i", "ad.min", "sam.d", "nobody"])
def test_only_an_officer_or_the_manager_may_import(register, casebook, actor: str) -> None:
    before = everything(register)
    for words in (("--dry-run",), ()):
        ran = casebook("import", REGISTER, "--as", actor, *words)
        assert (ran.code, ran.out) == (3, "")
        assert actor in ran.err
    assert everything(register) == before


def test_the_manager_may(register, casebook, tmp_path) -> None:
    path = as_csv(tmp_path / "a.csv", [row()])
    assert casebook("import", str(path), "--as", "mia.m").code == 0


def test_columns_are_named_once_and_saved(register, casebook, tmp_path) -> None:
    lines = [["Zzz", "Qqq", "Comment"], ["@maple", "03/03/2025", "thieves"]]
    path = str(table(tmp_path / "a.csv", lines))
    assert casebook("import", path).code == 2
    said = ("--map", "Zzz=handle", "--map", "Qqq=Date of post")
    saved = casebook("import", path, *said, "--save-mapping", "columns.toml", "--dry-run")
    assert saved.code == 0
    told = casebook("import", path, "--mapping", "columns.toml", "--json")
    assert (told.code, told.json["flags"]) == (0, 1)


@pytest.mark.parametrize(
    "words",
    [("--map", "Zzz"), ("--map", "=handle"), ("--map", "Ref=nothing"), ("--mapping", "nowhere")],
)
def test_a_mapping_that_says_nothing_is_a_usage_error(register, casebook, words) -> None:
    ran = casebook("import", REGISTER, *words)
    assert (ran.code, ran.out) == (2, "")


def test_who_imports_and_for_which_council_must_be_said(
    register, casebook, tmp_path, monkeypatch
) -> None:
    monkeypatch.delenv("CASEBOOK_ACTOR")
    assert casebook("import", REGISTER).code == 2
    founded(register, "north-northamptonshire")
    assert casebook("import", REGISTER, "--as", "jo.p").code == 2
    ran = casebook("import", REGISTER, "--as", "jo.p", "--council", "ashfield", "--json")
    assert json.loads(ran.out)["flags"] == 231
    assert casebook("import", REGISTER, "--as", "jo.p", "--council", "nowhere").code == 4


def test_a_file_that_is_no_register_is_one_line(register, casebook, tmp_path) -> None:
    (tmp_path / "a.csv").write_bytes(b"")
    for name in ("a.csv", "nowhere.csv"):
        ran = casebook("import", name)
        assert (ran.code, ran.out, len(ran.err.splitlines())) == (2, "", 1)


def test_people_can_read_an_imported_case(register, casebook) -> None:
    casebook("import", REGISTER)
    for command in ("show", "audit", "appeals"):
        for case in ("x/copperpebble9", "facebook/sparrowmaple78", "facebook/orchardfalcon50"):
            ran = casebook(command, case)
            assert (ran.code, ran.err) == (0, "")
    assert "an earlier register" in casebook("audit", "x/copperpebble9").out
