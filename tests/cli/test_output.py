"""Plain output: aligned tables, lines folded on a terminal only."""

from __future__ import annotations

from services.cli.output import folded, print_lines, print_table


def test_a_long_line_is_folded_between_words_and_indented_further():
    assert folded("  R-A51 (never): we will not notify people", 24) == [
        "  R-A51 (never): we will",
        "    not notify people",
    ]
    assert folded("", 24) == [""]
    assert folded("a-reference-longer-than-the-line", 8) == ["a-reference-longer-than-the-line"]


def test_a_table_has_one_line_for_each_row_whatever_the_cells_hold(capsys):
    rows = [
        {"who": "Jo\nP", "done": True, "what": ["a", "b"]},
        {"who": "", "done": 0, "what": None},
    ]
    print_table(rows, {"name": "who", "done": "done", "list": "what"}, "none")
    assert capsys.readouterr().out.splitlines() == [
        "name  done  list",
        "Jo P  yes   a, b",
        "      0     -",
    ]


STEERING = "Maple\x1b[2J\x07 \u202enoreH\u202c مريم 👩‍🦰"


def test_what_somebody_wrote_steers_no_terminal(capsys):
    print_lines([f"Case of {STEERING}\n  Blocks:", "  none"])
    print_table([{"who": STEERING}], {"name": "who"}, "none")
    told = capsys.readouterr().out
    assert told.splitlines() == [
        "Case of Maple [2J   noreH  مريم 👩‍🦰   Blocks:",
        "  none",
        "name",
        "Maple [2J noreH مريم 👩‍🦰",
    ]
