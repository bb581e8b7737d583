"""`casebook figures`: counts that may be published, the same each time they are asked for."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest

from services.cli.spreadsheet import harmless
from tests.cli.conftest import COMPLETE, register_of
from tests.scenarios import scenario

HEADINGS = ["council", "table", "row", "column", "count", "suppressed", "note"]


def flag(casebook, handle, at="2025-03-03T10:15:00+00:00", page="facebook"):
    posted = ("--item.posted-at", "2025-01-01T09:00:00+00:00")
    ran = casebook("flag", f"{page}/{handle}", *COMPLETE, *posted, "--at", at)
    assert ran.code == 0, ran.out + ran.err


def told(rows, **asked):
    """The counts of these rows, by their row; [c] where they are suppressed."""
    found = [row for row in rows if all(row[word] == value for word, value in asked.items())]
    return {row["row"]: row["note"] if row["suppressed"] else row["count"] for row in found}


@pytest.fixture
def town(register, casebook):
    """Seven flags on one page, three on the other."""
    for number in range(7):
        flag(casebook, f"maple{number}")
    for number in range(3):
        flag(casebook, f"heron{number}", "2025-05-01T10:15:00+00:00", "x")


def test_small_numbers_are_suppressed_and_what_gives_them_away(town, casebook):
    rows = casebook("figures", "--json").json
    assert told(rows, table="total", column="flagged") == {"total": 10}
    assert told(rows, table="channel", column="flagged") == {"facebook": "[c]", "x": "[c]"}
    months = told(rows, table="month", column="flagged")
    assert dict(list(months.items())[:4]) == {
        "2025-03": "[c]",
        "2025-04": 0,
        "2025-05": "[c]",
        "2025-06": 0,
    }
    assert set(told(rows, table="month", column="blocked").values()) == {0}


def test_exact_tells_all_and_warns(town, casebook):
    ran = casebook("figures", "--exact", "--json")
    assert told(ran.json, table="channel", column="flagged") == {"facebook": 7, "x": 3}
    assert "not to be published" in ran.err
    assert "not to be published" in casebook("figures", "--exact").out


def test_a_machine_gets_one_array_of_one_shape(town, casebook):
    rows = casebook("figures", "--json").json
    assert all(list(row) == HEADINGS for row in rows)
    about = [row["row"] for row in rows if row["table"] == "about"]
    assert about == ["cut_off", "from", "to", "policy", "suppression"]
    assert {row["council"] for row in rows} == {"ashfield"}
    keys = [(row["table"], row["row"], row["column"]) for row in rows]
    assert len(keys) == len(set(keys))


def test_a_spreadsheet_gets_a_line_of_headings_and_the_same_rows(town, casebook):
    rows = casebook("figures", "--at", "2025-01-01T00:00:00Z", "--csv").out
    assert rows.splitlines() == [",".join(HEADINGS)]
    at = datetime.now(UTC).isoformat()
    read = list(csv.DictReader(io.StringIO(casebook("figures", "--at", at, "--csv").out)))
    asked = casebook("figures", "--at", at, "--json").json
    assert [row["count"] for row in read] == [
        "" if row["count"] is None else str(row["count"]) for row in asked
    ]
    assert {row["note"] for row in read if row["suppressed"] == "yes"} == {"[c]"}


@pytest.mark.parametrize("text", ["=1+1", "+44", "-1", "@sum", "\t=1"])
def test_no_cell_is_carried_out_by_a_spreadsheet(text):
    assert harmless(text) == f"'{text}"
    assert harmless("spam") == "spam"


def test_no_handle_and_no_name_is_told(town, casebook):
    for form in ([], ["--json"], ["--csv"], ["--exact", "--json"]):
        out = casebook("figures", *form).out.casefold()
        assert "maple" not in out
        assert "heron" not in out
        assert "jo.p" not in out


def test_people_get_a_line_for_each_table(town, casebook):
    lines = casebook("figures", "--from", "2025-03-01", "--to", "2025-05-31").out.splitlines()
    assert lines[0].startswith("ashfield: figures as known on ")
    assert "Period: 1 March 2025 to 31 May 2025, both days inclusive" in lines[2]
    assert "[c] is confidential: a number from 1 to 4" in " ".join(lines)
    at = lines.index("flagged: 10")
    assert lines[at + 1] == "  by month: 2025-03 [c], 2025-04 0, 2025-05 [c]"
    assert lines[at + 2] == "  by channel: facebook [c], x [c]"
    assert lines[-1].startswith("None: ")


def test_what_happened_outside_the_period_is_not_counted(town, casebook):
    rows = casebook("figures", "--from", "2025-03-04", "--to", "2025-05-31", "--exact", "--json")
    assert told(rows.json, table="total", column="flagged") == {"total": 3}


def test_the_same_cut_off_gives_the_same_bytes_for_ever(town, casebook):
    forms = [[], ["--json"], ["--csv"], ["--exact", "--json"]]
    [cut_off] = told_note(casebook("figures", "--json").json, "cut_off")
    before = [casebook("figures", "--at", cut_off, *form).out for form in forms]
    flag(casebook, "maple1", "2025-03-02T10:00:00+00:00")
    for command in ("dismiss", "note"):
        more = {"dismiss": ("--incident", "1", "--reason", "no_breach"), "note": ("--text", "seen")}
        assert casebook(command, "facebook/maple2", *more[command]).code == 0
    assert casebook("rebuild").code == 0
    assert [casebook("figures", "--at", cut_off, *form).out for form in forms] == before
    rows = casebook("figures", "--exact", "--json").json
    assert told(rows, table="total", column="flagged") == {"total": 11}


def told_note(rows, row):
    return [each["note"] for each in rows if each["table"] == "about" and each["row"] == row]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--from", "2025-05-01", "--to", "2025-04-30"], "ends before it begins"),
        (["--from", "2025-05-01"], "--to D is lacking"),
        (["--to", "2025-05-01"], "--from D is lacking"),
        (["--from", "2025-02-30", "--to", "2025-04-30"], "is no date"),
        (["--at", "2999-01-01"], "--at is not over yet"),
        (["--csv", "--json"], "not for both"),
    ],
)
def test_what_is_wrongly_asked_is_told(register, casebook, words, said):
    ran = casebook("figures", *words)
    assert (ran.code, ran.out) == (2, "")
    assert said in " ".join(ran.err.split())


def test_today_is_not_over(register, casebook):
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    assert casebook("figures", "--at", tomorrow.date().isoformat()).code == 2


def test_before_there_was_a_council_there_is_nothing(register, casebook):
    assert casebook("figures", "--at", "2020-01-01", "--json").json == []
    ran = casebook("figures", "--at", "2020-01-01")
    assert (ran.code, ran.out) == (0, "")
    assert "no council" in ran.err


def test_each_council_has_figures_of_its_own(tmp_path, monkeypatch, casebook):
    both = register_of(tmp_path / "both", "ashfield", "north-northamptonshire")
    monkeypatch.setenv("CASEBOOK_REGISTER", str(both))
    both = {row["council"] for row in casebook("figures", "--json").json}
    assert both == {"ashfield", "north-northamptonshire"}
    one = casebook("figures", "--council", "ashfield", "--json").json
    assert {row["council"] for row in one} == {"ashfield"}
    assert casebook("figures", "--council", "elsewhere").code == 4


def test_a_council_that_came_later_changes_no_figures_of_before(register, casebook):
    from services.assemble import found

    [cut_off] = told_note(casebook("figures", "--json").json, "cut_off")
    before = casebook("figures", "--at", cut_off, "--json").out
    found(register, ["north-northamptonshire"], "ad.min")
    assert casebook("figures", "--at", cut_off, "--json").out == before


def test_what_was_recorded_after_the_cut_off_is_not_known(tmp_path):
    from services.views.figures import council_figures

    with scenario(tmp_path, "ashfield") as ashfield:
        ashfield.upheld("2026-03-03")
        cut_off = ashfield.now
        ashfield.now += timedelta(seconds=1)
        ashfield.flagged("2026-03-04")
        casework = ashfield.casework

        def flagged(at):
            asked = (casework.database, casework.offices.policy, at)
            [found] = council_figures(*asked, exact=True)
            return [f.count for f in found.figures if (f.column, f.table) == ("flagged", "total")]

        assert flagged(cut_off) == [1]
        assert flagged(ashfield.now) == [2]
