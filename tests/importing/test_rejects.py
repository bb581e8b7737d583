"""Rows that can't be understood: told, put aside as Excel opens them, mended and imported again."""

import csv
from pathlib import Path

import openpyxl
import pytest

from services.importing.reading import open_register
from services.importing.rejects import default_place, write_rejects
from tests.importing.registers import DATA, HEADINGS, as_csv, kept, row, table


def rejected(register, path: Path, place: Path):
    summary = register.bring(path)
    write_rejects(place, open_register(path, {}), summary.rejects)
    return summary


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ({"Handle": "", "Account_name": ""}, "no handle and no name"),
        ({"Handle": "@", "Account_name": "unknown"}, "no handle and no name"),
        ({"Date_of_post": "", "Date_seen": ""}, "no date"),
        ({"Date_of_post": "31/02/2022"}, "bad date"),
        ({"Date_seen": "last week"}, "bad date"),
        ({"Blocked": "Y", "Date_blocked": "30/02/2025"}, "bad date"),
        ({"Blocked": "Y", "Appeal_received": "in May"}, "bad date"),
        ({"Date_of_post": "14/07/2062"}, "future"),
        ({"Blocked": "Y", "Date_blocked": "02/06/2026"}, "future"),
    ],
)
def test_what_is_wrong_with_a_row(tmp_path: Path, said: dict[str, str], fault: str) -> None:
    path = as_csv(tmp_path / "rows.csv", [row(), row(Ref="A2", **said)])
    with kept(tmp_path / "register") as register:
        told = register.bring(path).as_json()
        assert told["unreadable"] == [{"ref": "A2", "row": 3, "fault": fault}]
        assert told["flags"] == 1


def test_a_name_of_pictures_alone_is_a_name(tmp_path: Path) -> None:
    rows = [row(Handle="", Account_name="🦆🦆"), row(Ref="A2", Handle="-", Account_name="?")]
    path = as_csv(tmp_path / "rows.csv", rows)
    with kept(tmp_path / "register") as register:
        told = register.bring(path)
        assert [rejected.said["ref"] for rejected in told.rejects] == ["A2"]


def test_words_in_other_date_columns_are_kept_and_irregular(tmp_path: Path) -> None:
    said = {"Blocked": "Y", "Date_blocked": "10/03/2025", "Director_informed": "by telephone"}
    path = as_csv(tmp_path / "rows.csv", [row(**said)])
    with kept(tmp_path / "register") as register:
        told = register.bring(path)
        assert told.rejects == []
        body = next(
            event.body
            for _, event in register.casework.register.history.batch(after=0, size=100)
            if event.type == "CommentFlagged"
        )
        assert "Director informed: by telephone" in body["note"]
        assert any("director_informed" in each["what"] for each in body["irregular"])


def test_rejects_have_the_form_of_the_register_and_a_reason(tmp_path: Path) -> None:
    place = tmp_path / "rejects.csv"
    with kept(tmp_path / "register") as register:
        rejected(register, DATA / "ashfield-register.csv", place)
    assert place.read_bytes().startswith(b"\xef\xbb\xbf")
    found = read(place)
    assert [each["Ref"] for each in found] == [
        *("SM0009", "SM0048", "SM0057", "SM0111", "SM0168", "SM0183", "SM0216", "SM0217"),
        "SM0238",
    ]
    assert found[0]["Why it was not imported"] == "no handle and no name"
    assert found[0]["Row in the register"] == "12"
    assert found[1]["Post / comment"] == "£50 says you delete this café comment"


@pytest.mark.parametrize("text", ["=1+1", "+44 115", "-50%", "@maple", "\tx", '=HYPERLINK("x")'])
def test_cells_that_excel_would_work_out_are_harmless(tmp_path: Path, text: str) -> None:
    place = tmp_path / "rejects.csv"
    spoilt = row(**{"Post_/_comment": text}, Date_of_post="31/02/2022")
    with kept(tmp_path / "register") as register:
        rejected(register, as_csv(tmp_path / "rows.csv", [spoilt]), place)
    [found] = read(place)
    assert not any(cell.startswith(("=", "+", "-", "@", "\t")) for cell in found.values())


def test_headings_that_excel_would_work_out_are_harmless_and_still_known(tmp_path: Path) -> None:
    lines = [["Ref", "@", "Date", "=1+1"], ["1", "", "03/03/2025", "x"]]
    place = tmp_path / "rejects.csv"
    with kept(tmp_path / "register") as register:
        rejected(register, table(tmp_path / "a.csv", lines), place)
        content = place.read_text(encoding="utf-8-sig")
        assert content.startswith("Ref,'@,Date,'=1+1,")
        place.write_text(content.replace("1,,", "1,maple,"))
        assert register.bring(place).as_json()["flags"] == 1
        assert register.cases()[0]["handle"] == "maple"


def test_rejects_that_were_mended_are_imported_as_if_they_had_been_right(tmp_path: Path) -> None:
    right = row(**{"Post_/_comment": "=1+1"})
    place = tmp_path / "rejects.csv"
    with kept(tmp_path / "register") as register:
        rejected(register, as_csv(tmp_path / "a.csv", [right | {"Date of post": "x"}]), place)
        place.write_bytes(place.read_bytes().replace(b",x,", b",3 March 2025,"))
        told = register.bring(place).as_json()
        assert (told["flags"], told["unreadable"]) == (1, [])
        again = register.bring(as_csv(tmp_path / "b.csv", [right])).as_json()
        assert (again["duplicates"], again["unreadable"]) == (1, [])


def test_rejects_under_merged_headings_can_be_imported_again(tmp_path: Path) -> None:
    above = ["", "Account", "", "Post", ""]
    below = ["Ref", "Handle", "Name", "Date", "Text"]
    lines = [above, below, ["1", "@a", "A", "03/03/2025", "x"], ["2", "", "", "03/03/2025", "y"]]
    place = tmp_path / "rejects.csv"
    with kept(tmp_path / "register") as register:
        rejected(register, table(tmp_path / "a.csv", lines), place)
        place.write_bytes(place.read_bytes().replace(b"2,,,", b"2,@b,,"))
        assert register.bring(place).as_json()["flags"] == 1


def test_the_rejects_of_a_workbook_have_its_dates(tmp_path: Path) -> None:
    from datetime import datetime

    book = openpyxl.Workbook()
    book.active.append(list(HEADINGS[:7]))
    book.active.append(["A1", "FB", "", "", datetime(2025, 3, 3), datetime(2025, 3, 4), "x"])
    book.save(tmp_path / "a.xlsx")
    place = tmp_path / "rejects.csv"
    with kept(tmp_path / "register") as register:
        rejected(register, tmp_path / "a.xlsx", place)
    [found] = read(place)
    assert found["Date of post"] == "2025-03-03"


def test_what_somebody_is_mending_is_not_overwritten(tmp_path: Path) -> None:
    first = default_place(Path("register.xlsx"), tmp_path)
    assert first.name == "register-rejects.csv"
    first.write_text("being mended")
    assert default_place(Path("register.xlsx"), tmp_path).name == "register-rejects-2.csv"


def test_a_day_still_ahead_in_another_column_is_kept_as_words(tmp_path: Path) -> None:
    path = as_csv(tmp_path / "rows.csv", [row(**{"Date_hidden_/_deleted": "01/09/2026"})])
    with kept(tmp_path / "register") as register:
        assert register.bring(path).rejects == []
        [events] = register.events().values()
        hidden = events[-1]
        assert (hidden["type"], hidden["precision"]) == ("PostHidden", "unknown")


def test_a_cell_longer_than_can_be_kept_does_not_stop_the_rest(tmp_path: Path) -> None:
    long = row(Account_name="x" * 9000, Decision_by="y" * 9000, Blocked="Y", Notes="z" * 200_000)
    long["Post / comment"] = "t" * 200_000
    with kept(tmp_path / "register") as register:
        told = register.bring(as_csv(tmp_path / "rows.csv", [long, row(Ref="A2")]))
        assert told.as_json()["flags"] == 2
