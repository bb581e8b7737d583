"""A need's filters and its way of counting: told in plain words, or told what is wrong."""

import pytest

from services.policies import explain, faults
from services.policies.reading import read
from tests.policies.written import written
from tests.rules.sanctions.policies import WARNS, need, on_a_block

PLACE = "blocks.grounds.breach.needs.1"


@pytest.mark.parametrize(
    ("said", "path", "problem"),
    [
        (need("finding", at_least=2), "at_least", "means nothing for a need finding"),
        (need("earlier_strike", within_months=6), "within_months", "means nothing"),
        (need("muted", level="final"), "level", "means nothing"),
        (need("finding", similar="category"), "similar", "means nothing"),
        (need("strikes", at_least=2, counting="warned"), "counting", "warns nobody"),
        (need("strikes", at_least=2, similar="words"), "similar", "no choice"),
        (need("strikes", at_least=2, unless_mark="extreme"), "unless_mark", "no mark"),
        (
            need("strikes", at_least=2) + ', except_categories = ["begging"]',
            "except_categories.0",
            "no category",
        ),
        (
            need("finding") + ', categories = ["spam"], except_categories = ["spam"]',
            "except_categories",
            "excludes all categories",
        ),
        (
            need("finding") + ', kinds = ["post"], except_kinds = ["post"]',
            "except_kinds",
            "excludes all kinds",
        ),
        (
            need("marked", mark="explicit", unless_mark="explicit"),
            "unless_mark",
            "excludes what mark asks for",
        ),
    ],
)
def test_each_fault_is_told_at_its_place(said, path, problem):
    found = faults(written(on_a_block(said)).encode())
    assert f"{PLACE}.{path}" in [fault.path for fault in found if problem in fault.problem], found


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (
            need("strikes", at_least=2, similar="category", within_months=12)
            + ", same_channel = true",
            "at least 2 upheld incidents count of the same category on the same page within 12",
        ),
        (
            need("strikes", at_least=2, counting="moderated", since="last_block"),
            "at least 2 upheld incidents that were hidden or deleted count since the last block",
        ),
        (
            need("strikes", at_least=2, counting="warned", similar="sub_reason"),
            "that the person was warned of count of the same kind of breach",
        ),
        (
            need("evidence", unless_mark="explicit")
            + ', except_categories = ["spam"], except_kinds = ["profile"]',
            "(for all but spam, not for profile, unless marked explicit)",
        ),
    ],
)
def test_it_is_told_in_plain_words(said, told):
    text = written(WARNS + on_a_block(said))
    assert faults(text.encode()) == []
    assert told in explain(read(text.encode()))
