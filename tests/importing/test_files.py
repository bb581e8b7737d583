"""Files that are no register, and columns that nobody could guess: one clear message each."""

import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from services.importing.unreadable import UnreadableRegister
from services.importing.wording import fields
from tests.importing.registers import HEADINGS, as_csv, kept, row, table


def zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("register.csv", "Ref,Handle\n1,a\n")
    return out.getvalue()


def workbook_cut_short() -> bytes:
    out = io.BytesIO()
    book = openpyxl.Workbook()
    book.active.append(list(HEADINGS))
    book.save(out)
    return out.getvalue()[:-400]


def workbook_without_sheets_file() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook")
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.csv", b"", "is empty"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old Excel workbook"),
        ("a.xlsx", zipped(), "ZIP archive"),
        ("a.zip", zipped(), "ZIP archive"),
        ("a.xlsx", workbook_cut_short(), "damaged"),
        ("a.xlsx", workbook_without_sheets_file(), "damaged"),
        ("a.csv", b"%PDF-1.4", "a PDF"),
        ("a.xls", b"<html><table><tr><td>Ref</td></tr></table>", "a web page"),
        ("a.csv", b"Ref,Handle,Date\n1,@a,3/3/20" + b"," * 1_000_000, "more than 16,384 columns"),
        ("a.csv", b"Ref,Handle,Date" + b";x" * 3_000_000, "no sound CSV"),
        ("a.csv", b'Ref,Handle,Date\n1,@a,"3/3/20\n2,@b,3/3/20\n', "line 2 (a quotation mark"),
        ("a.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\0", "no table of text"),
        ("a.csv", b"hello\nworld\n", "no row of headings"),
        ("a.csv", b"Ref,Platform,Action\n1,FB,hidden\n", "no column says who it was"),
    ],
)
def test_what_is_no_register_is_told_in_one_line(
    tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with kept(tmp_path / "register") as register:
        count = register.count()
        with pytest.raises(UnreadableRegister) as raised:
            register.bring(tmp_path / name)
        assert said in raised.value.message
        assert "\n" not in raised.value.message
        assert register.count() == count


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with kept(tmp_path / "register") as register, pytest.raises(UnreadableRegister) as raised:
        register.bring(tmp_path / "nowhere.csv")
    assert "can't be read" in raised.value.message


@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo])
def test_what_is_no_file_is_told_in_one_line(tmp_path: Path, make: Callable[..., None]) -> None:
    make(tmp_path / "a.csv")
    with kept(tmp_path / "register") as register, pytest.raises(UnreadableRegister) as raised:
        register.bring(tmp_path / "a.csv")
    assert "\n" not in raised.value.message


def test_quotation_marks_in_cells_and_inches_are_cells(tmp_path: Path) -> None:
    lines = ['1,@a,03/03/2020,"he said ""no""\nand ""yes"""', '2,@b,03/03/2020,a 6" pipe']
    (tmp_path / "a.csv").write_text("\n".join(["Ref,Handle,Date,Comment", *lines]) + "\n")
    with kept(tmp_path / "register") as register:
        assert register.bring(tmp_path / "a.csv").as_json()["flags"] == 2
        assert register.cases(text='he said "no"\nand "yes"')
        assert register.cases(text='a 6" pipe')


def test_what_no_letter_stands_for_is_left_out(tmp_path: Path) -> None:
    rows = [row(Ref=str(number)) for number in range(200)]
    rows.append(row(Ref="last", **{"Post_/_comment": "half\0 a word"}))
    with kept(tmp_path / "register") as register:
        assert register.bring(as_csv(tmp_path / "a.csv", rows)).as_json()["flags"] == 201
        assert register.cases(text="half a word")


def test_headings_without_rows_are_a_register_of_none(tmp_path: Path) -> None:
    with kept(tmp_path / "register") as register:
        told = register.bring(as_csv(tmp_path / "a.csv", [])).as_json()
        assert (told["rows"], told["unreadable"]) == (0, [])


def test_a_workbook_called_csv_is_read_by_what_it_is(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(list(HEADINGS))
    book.active.append([row().get(heading) for heading in HEADINGS])
    book.save(tmp_path / "a.xlsx")
    (tmp_path / "a.xlsx").rename(tmp_path / "a.csv")
    with kept(tmp_path / "register") as register:
        assert register.bring(tmp_path / "a.csv").as_json()["flags"] == 1


def test_several_sheets_are_one_register(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Ref", "User name", "Date", "Comment"])
    book.active.append(["1", "maple", "03/03/2025", "thieves"])
    older = book.create_sheet("2019")
    older.append(["Old register"])
    older.append(["What was said", "Handle", "Log no", "Date seen"])
    older.append(["liars", "@maple", "2", "03/03/2019"])
    book.save(tmp_path / "a.xlsx")
    with kept(tmp_path / "register") as register:
        told = register.bring(tmp_path / "a.xlsx").as_json()
        assert (told["rows"], told["accounts"], told["flags"]) == (2, 1, 2)


def test_a_column_that_nobody_could_guess_is_named(tmp_path: Path) -> None:
    lines = [["Zzz", "Qqq", "Comment", "Ref"], ["@maple", "03/03/2025", "thieves", "1"]]
    path = table(tmp_path / "a.csv", lines)
    with kept(tmp_path / "register") as register:
        with pytest.raises(UnreadableRegister) as raised:
            register.bring(path)
        assert "--map COLUMN=FIELD" in raised.value.message
        told = register.bring(path, Zzz="handle", Qqq="Date of post").as_json()
        assert told["flags"] == 1
        with pytest.raises(UnreadableRegister) as raised:
            register.bring(path, Zzz="handle", Qqq="posted_at", Www="text")
        assert "has no column" in raised.value.message
        with pytest.raises(UnreadableRegister) as raised:
            register.bring(path, Zzz="handel")
        assert "Is it handle?" in raised.value.message


def test_the_platform_column_wins_over_a_link(tmp_path: Path) -> None:
    rows = [
        row(Platform="Twitter", Handle="facebook.com/maple"),
        row(Ref="A2", Platform="", Handle="https://twitter.com/Maple"),
        row(Ref="A3", Platform="", Handle="https://www.instagram.com/maple/"),
    ]
    with kept(tmp_path / "register") as register:
        register.bring(as_csv(tmp_path / "a.csv", rows))
        found = {(case["platform"], case["handle"], case["incidents"]) for case in register.cases()}
        assert found == {("x", "maple", 2), ("instagram", "maple", 1)}


def test_a_formula_without_a_value_is_its_text(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(list(HEADINGS))
    cells = row(**{"Post_/_comment": '=HYPERLINK("x","free money")'})
    book.active.append([cells.get(heading) for heading in HEADINGS])
    book.save(tmp_path / "a.xlsx")
    with kept(tmp_path / "register") as register:
        register.bring(tmp_path / "a.xlsx")
        assert register.cases(text='=HYPERLINK("x","free money")')


def test_what_somebody_says_a_column_is_wins_over_its_name(tmp_path: Path) -> None:
    lines = [["Handle", "Real handle", "Date seen"], ["see next", "@maple", "03/03/2025"]]
    with kept(tmp_path / "register") as register:
        register.bring(table(tmp_path / "a.csv", lines), **{"Real handle": "handle"})
        assert [case["handle"] for case in register.cases()] == ["maple"]


def test_every_field_is_told_of_in_the_docs() -> None:
    docs = (Path(__file__).parents[2] / "docs" / "importing.md").read_text(encoding="utf-8")
    assert [field for field in fields() if f"`{field}`" not in docs] == []
