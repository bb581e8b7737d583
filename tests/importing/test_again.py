"""The same rows again: in halves, in another order, in another encoding, after an interruption."""

import random
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from services.importing.bringing import Bringing
from services.importing.reading import open_register
from tests.importing.registers import DATA, REGISTERS, as_csv, kept, lines_of, row, table

COUNCILS = pytest.mark.parametrize("council", REGISTERS)
TITLES = 3


def text(cell):
    return cell.strftime("%d/%m/%Y") if isinstance(cell, datetime) else cell


def halves(council: str):
    lines = [[text(cell) for cell in line] for line in lines_of(council)]
    head, rows = lines[:TITLES], lines[TITLES:]
    middle = len(rows) // 2
    return head, rows[:middle], rows[middle:]


def whole(tmp_path: Path, council: str):
    with kept(tmp_path / "whole", council) as register:
        register.bring(DATA / REGISTERS[council][0])
        return register.events(), register.appeals()


def as_workbook(path: Path, lines) -> Path:
    book = openpyxl.Workbook()
    for line in lines:
        book.active.append([cell or None for cell in line])
    book.save(path)
    return path


@COUNCILS
def test_the_second_half_after_the_first_is_the_same_register(tmp_path: Path, council: str) -> None:
    head, first, second = halves(council)
    random.Random(7).shuffle(second)
    with kept(tmp_path / "halves", council) as register:
        register.bring(table(tmp_path / "first.csv", [*head, *first], "utf-16"))
        register.bring(table(tmp_path / "second.csv", [*head, *second], "utf-8-sig", ";"))
        assert (register.events(), register.appeals()) == whole(tmp_path, council)
        assert register.casework.differences() == []


@COUNCILS
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_register_saved_anew_has_nothing_new(
    tmp_path: Path, council: str, encoding: str, delimiter: str
) -> None:
    head, first, second = halves(council)
    rows = [*first, *second]
    random.Random(encoding + delimiter).shuffle(rows)
    with kept(tmp_path / "register", council) as register:
        told = register.bring(DATA / REGISTERS[council][0]).as_json()
        count = register.count()
        again = table(tmp_path / "again.csv", [*head, *rows], encoding, delimiter)
        summary = register.bring(again).as_json()
        assert register.count() == count
        assert summary["duplicates"] == told["flags"] + told["duplicates"]
        assert len(summary["unreadable"]) == len(told["unreadable"])


@COUNCILS
def test_a_csv_saved_as_a_workbook_has_nothing_new(tmp_path: Path, council: str) -> None:
    head, first, second = halves(council)
    with kept(tmp_path / "register", council) as register:
        register.bring(DATA / REGISTERS[council][0])
        count = register.count()
        register.bring(as_workbook(tmp_path / "again.xlsx", [*head, *first, *second]))
        assert register.count() == count


def test_an_import_that_was_cut_short_goes_on_where_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    council = "ashfield"
    monkeypatch.setattr("services.importing.bringing.ROWS_IN_A_COMMIT", 20)
    with kept(tmp_path / "cut", council) as register:
        file = open_register(DATA / REGISTERS[council][0], {})
        office = register.casework.offices.of(council)

        def cut(done: int, of: int) -> None:
            if done >= 100:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            Bringing(register.casework, office, "jo.p", file, dry=False).run(cut)
        assert 0 < len(register.cases()) < 78
        register.bring(DATA / REGISTERS[council][0])
        assert (register.events(), register.appeals()) == whole(tmp_path, council)
        assert register.casework.differences() == []


def test_where_commits_fall_changes_nothing_of_what_comes_late(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [
        row(Ref="1", Date_of_post="01/03/2025", Date_seen="01/03/2025", Account_name="Maple"),
        row(Ref="2", Date_of_post="01/02/2025", Date_seen="01/02/2025", Account_name="Heron"),
        row(Ref="3", Date_of_post="01/04/2025", Date_seen="01/04/2025", Account_name="Maple"),
    ]
    path, found = as_csv(tmp_path / "a.csv", rows), []
    for size in (1, 2, 500):
        monkeypatch.setattr("services.importing.bringing.ROWS_IN_A_COMMIT", size)
        with kept(tmp_path / str(size)) as register:
            register.bring(path)
            found.append(register.events())
    assert found[0] == found[1] == found[2]


def test_more_accounts_than_memory_keeps_are_the_same_register(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.importing.whose.KEPT", 3)
    with kept(tmp_path / "few") as register:
        register.bring(DATA / REGISTERS["ashfield"][0])
        assert (register.events(), register.appeals()) == whole(tmp_path, "ashfield")


def test_a_text_date_and_a_date_in_words_are_one_row(tmp_path: Path) -> None:
    with kept(tmp_path / "register") as register:
        register.bring(as_csv(tmp_path / "a.csv", [row()]))
        same = row(Date_of_post="3 March 2025", Date_seen="4-Mar-25", Handle="MAPLE.HERON")
        told = register.bring(as_csv(tmp_path / "b.csv", [same])).as_json()
        assert (told["duplicates"], told["flags"], told["unreadable"]) == (1, 0, [])


def test_a_known_reference_that_now_means_something_else_is_changed(tmp_path: Path) -> None:
    with kept(tmp_path / "register") as register:
        register.bring(as_csv(tmp_path / "a.csv", [row()]))
        count = register.count()
        now = row(Blocked="Y", Date_blocked="05/03/2025")
        told = register.bring(as_csv(tmp_path / "b.csv", [now])).as_json()
        assert told["unreadable"] == [{"ref": "A1", "row": 2, "fault": "changed"}]
        assert register.count() == count


def test_without_references_account_dates_and_text_say_which_row_it_is(tmp_path: Path) -> None:
    rows = [row(Ref=""), row(Ref="", Notes="see email"), row(Ref="", Date_of_post="01/03/2025")]
    with kept(tmp_path / "register") as register:
        told = register.bring(as_csv(tmp_path / "a.csv", rows)).as_json()
        assert (told["flags"], told["duplicates"], told["accounts"]) == (2, 1, 1)
        again = register.bring(as_csv(tmp_path / "b.csv", rows[::-1])).as_json()
        assert (again["flags"], again["duplicates"]) == (0, 3)


def test_what_an_officer_recorded_is_found_by_its_handle(tmp_path: Path) -> None:
    with kept(tmp_path / "register") as register:
        flag = {
            "command": "flag",
            "council": "ashfield",
            "actor": "jo.p",
            "account": {"platform": "facebook", "handle": "Maple.Heron", "name": "Maple Heron"},
            "item": {"kind": "comment", "text": "x", "posted_at": "2026-05-01T09:00:00+00:00"},
            "source": {"kind": "officer"},
            "why": "abuse",
        }
        assert register.casework.handle(flag)["outcome"] == "accepted"
        told = register.bring(as_csv(tmp_path / "a.csv", [row()])).as_json()
        assert (told["accounts"], told["flags"]) == (0, 1)
        [case] = register.cases()
        assert case["incidents"] == 2
        assert register.casework.differences() == []
