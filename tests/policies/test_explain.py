"""A policy in plain words: each step, its force, who decides, what follows, and what is open."""

import pytest

from services.policies import explain

from .shipped_files import ASHFIELD, COUNCILS, FILES, NORTH_NORTHAMPTONSHIRE


@pytest.mark.parametrize("council", COUNCILS)
def test_every_choice_stands_there_with_its_reason_and_every_silence_with_what_follows(council):
    page = explain(FILES[council])
    for setting in FILES[council]["settings"].values():
        assert setting["value"] in page
        assert setting["reason"] in page
    for silence in FILES[council]["silences"].values():
        assert silence["text"] in page
    assert " is refused." in page


@pytest.mark.parametrize("council", COUNCILS)
def test_the_words_of_every_clause_are_on_the_page(council):
    page = explain(FILES[council])
    quotes = [clause["quote"] for clause in FILES[council]["clauses"].values()]
    assert [quote for quote in quotes if quote not in page] == []


def test_what_no_step_rests_on_is_told_before_the_choices():
    page = explain(FILES[ASHFIELD])
    rest = page[page.index("What else the policy says") : page.index("Where the policy is open")]
    assert "R-A9 (never): “they will not be edited”" in rest
    assert "R-A27" not in rest


def test_a_silence_tells_what_is_refused_and_what_stays_open():
    page = explain(FILES[NORTH_NORTHAMPTONSHIRE])
    assert "is open at any time. So an appeal is refused. [SILENT-APPEALS]" in page
    assert "So telling a director is left open. [SILENT-DIRECTOR]" in page


@pytest.mark.parametrize("council", COUNCILS)
def test_every_duty_and_every_rule_that_something_rests_on_is_told(council):
    page = explain(FILES[council])
    for duty in FILES[council]["duties"]:
        assert f"[{', '.join(duty['rules'])}]" in page
    steps = {key: value for key, value in FILES[council].items() if key != "clauses"}
    resting = [number for number in FILES[council]["clauses"] if f"'{number}'" in repr(steps)]
    assert len(resting) > 20
    assert [number for number in resting if number not in page] == []


def test_where_the_two_differ_the_pages_do():
    ours, theirs = explain(FILES[ASHFIELD]), explain(FILES[NORTH_NORTHAMPTONSHIRE])
    assert "the council never tells them." in ours
    assert "the council will tell them, before it is applied." in theirs
    assert "The owner may appeal from 12 months after the block on, that date included." in ours
    assert "The policy knows no appeal against a block" in theirs
    assert "with the agreement of the communications manager" in ours
    assert "at least 1 earlier incident counts [R-A26]" in ours
    assert "at least 3 upheld incidents count within 12 months [R-N32, D-20]" in theirs
    assert "remove it (to delete it; nothing less will do), where marked explicit" in theirs
    assert "Friday 09:00 to 16:45" in theirs


def test_it_follows_the_policys_order():
    page = explain(FILES[NORTH_NORTHAMPTONSHIRE])
    titles = ("The record", "What is a breach", "Hiding and deleting", "Asking", "Blocking")
    places = [page.index(f"\n{title}") for title in (*titles, "What the policy does not mention")]
    assert places == sorted(places)
