"""No suppressed number can be worked out from all that is published."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from projections.figures import Cell, Figure, Tally, published
from projections.figures.counted import MEASURES
from projections.figures.relations import relations
from projections.figures.suppression import suppressed
from tests.figures.attacker import name, worked_out
from tests.figures.registers import MONTHS, REGISTERS, WORDS, counted, histories

A, B = (Cell("flagged", "channel", page) for page in "ab")
ALL = Cell("flagged")


def hidden(**pages: int) -> set[str]:
    """Which of these pages are suppressed, and `all` where their total is."""
    counts = {Cell("flagged", "channel", page): n for page, n in pages.items() if n}
    counts[ALL] = sum(pages.values())
    found = suppressed(counts, relations(counts))
    return {"all" if cell == ALL else cell.row for cell in found}


@settings(max_examples=60)
@given(REGISTERS)
def test_each_suppressed_number_could_be_another(register):
    tally = counted(histories(register))
    truth = {name(f): f.count for f in published(tally, MONTHS, WORDS, exact=True)}
    figures = published(tally, MONTHS, WORDS)
    assert worked_out(figures, truth) == []
    for figure in figures:
        assert figure.suppressed == (figure.count is None)
        assert figure.count in (None, truth[name(figure)])
        assert figure.suppressed or not 0 < figure.count < 5
        assert not (figure.suppressed and truth[name(figure)] == 0)


def test_without_secondary_suppression_the_reader_would_work_numbers_out():
    counts = {ALL: 33, A: 3, B: 30}
    told = [
        Figure(cell.table, cell.row, cell.measure, None if n == 3 else n, n == 3)
        for cell, n in counts.items()
    ]
    truth = {name(figure): counts[Cell(*name(figure))] for figure in told}
    assert worked_out(told, truth) == [("flagged", "channel", "a")]


@given(st.lists(st.integers(0, 12), min_size=1, max_size=6))
def test_by_a_table_alone_each_may_be_any_small_number_while_others_can_be_hidden(counts):
    pages = {f"page{number}": count for number, count in enumerate(counts)}
    found = hidden(**pages)
    if "all" not in found and found:
        left = sum(pages[page] for page in found)
        assert len(found) > 1
        assert left - (len(found) - 1) >= (2 if left == sum(counts) else 4)


def test_zero_and_five_are_told_and_what_is_between_is_not():
    assert hidden(a=0, b=5, c=50) == set()
    assert hidden(a=4, b=3, c=50) == {"a", "b"}


def test_one_small_number_takes_the_next_smallest_with_it():
    assert hidden(a=3, b=20, c=9) == {"a", "c"}


def test_two_that_can_only_be_one_each_take_a_third_with_them():
    assert hidden(a=1, b=1, c=7, d=30) == {"a", "b", "c"}


def test_where_no_other_is_left_the_total_is_hidden():
    assert hidden(a=1, b=1, c=1, d=1, e=1) == {"a", "b", "c", "d", "e", "all"}
    assert hidden(a=1, b=1, c=1, d=2) == {"a", "b", "c", "d"}


def test_a_total_that_another_table_would_give_away_is_hidden_there_too():
    pages = [Cell("flagged", "channel", page) for page in "abcde"]
    tally = Tally({ALL: 5, **dict.fromkeys(pages, 1)})
    tally[Cell("flagged", "month", "2024-01")] = 5
    told = {name(f): f.count for f in published(tally, MONTHS, {"channel": ()})}
    assert told["flagged", "total", "total"] is None
    assert told["flagged", "month", "2024-01"] is None
    assert told["flagged", "month", "2024-02"] == 0


def test_what_is_told_twice_is_hidden_twice():
    tally = Tally()
    outcomes = {"upheld": 40, "dismissed": 3, "waiting": 30}
    for outcome, count in outcomes.items():
        tally[Cell("flagged", "outcome", outcome)] += count
        tally[ALL] += count
    for measure in ("upheld", "dismissed"):
        tally[Cell(measure)] = outcomes[measure]
    told = {name(f): f.count for f in published(tally, [], {})}
    assert told["dismissed", "total", "total"] is None
    assert told["flagged", "outcome", "dismissed"] is None
    assert told["flagged", "outcome", "waiting"] is None, "the next smallest"
    assert told["flagged", "total", "total"] == 73


def test_a_measure_has_one_name():
    names = [counted.measure for counted in MEASURES]
    assert len(names) == len(set(names))
