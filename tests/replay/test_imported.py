"""What an import brought along says so, with the file's SHA-256 and the row."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from services.replay.clocks import Clocks
from services.replay.imported import imported
from tests.importing.registers import DATA, as_csv, kept, row
from tests.replay.again import cases


def test_each_event_of_an_import_names_file_row_and_sha256(tmp_path: Path) -> None:
    with kept(tmp_path / "register") as register:
        file = as_csv(tmp_path / "old register, row 7 of it.csv", [row(), row(Ref="A2")])
        register.bring(file)
        [case] = cases(register.casework)
        events = register.casework.replay.at(case, Clocks())["events"]
    digest = sha256(file.read_bytes()).hexdigest()
    assert {event["imported"]["sha256"] for event in events} == {digest}
    assert {event["imported"]["file"] for event in events} == {file.name}
    assert [event["imported"]["row"] for event in events] == [2] * 5 + [3] * 4
    assert [event["imported"]["ref"] for event in events] == ["A1"] * 5 + ["A2"] * 4


def test_a_sheet_is_named_where_a_workbook_has_them(tmp_path: Path) -> None:
    with kept(tmp_path / "register", "north-northamptonshire") as register:
        file = DATA / "north-northamptonshire-register.xlsx"
        register.bring(file)
        case = cases(register.casework)[0]
        place = register.casework.replay.at(case, Clocks())["events"][0]["imported"]
    assert place["sha256"] == sha256(file.read_bytes()).hexdigest()
    assert place["sheet"]


def test_where_the_note_was_erased_it_is_still_told_that_it_was_imported() -> None:
    event = {"actor": {"id": "jo.p", "role": "officer", "kind": "import"}}
    assert imported(event) == dict.fromkeys(("file", "sha256", "row", "sheet", "ref"))


def test_what_people_recorded_was_not_imported(ashfield) -> None:
    ashfield.flagged("2026-03-05")
    [case] = cases(ashfield.casework)
    events = ashfield.casework.replay.at(case, Clocks())["events"]
    assert [event.get("imported") for event in events] == [None, None]
