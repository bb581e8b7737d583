"""Occasions, cures and what is never removed: told in plain words, or told what is wrong."""

import pytest

from services.policies import explain, faults
from services.policies.reading import read
from tests.policies.written import written

ASKING = '[asking]\nrules = ["R-WILL1"]\nways = ["email", "letter"]\n'
NEVER = '[removal.never_for]\nrules = ["R-NEVER1"]\ncategories = ["spam"]\n'
NO_STRIKES = "".join(f"[categories.{c}]\nstrike = false\n" for c in ("abuse", "spam"))


def duty(code, **more):
    told = "".join(f"{key} = {value}\n" for key, value in more.items())
    return f'[[duties]]\non = "upheld"\ncode = "{code}"\nrules = ["R-WILL1"]\n{told}'


@pytest.mark.parametrize(
    ("lines", "path", "problem"),
    [
        (ASKING + 'cure = ["edited"]\n', "asking.cure", "deleting it is no cure"),
        (ASKING + 'all_or_any = "some"\n', "asking.all_or_any", "no choice"),
        (NEVER.replace("NEVER1", "MAY1"), "removal.never_for.rules.0", "R-MAY1 says 'may'"),
        (NEVER.replace("spam", "begging"), "removal.never_for.categories.0", "no category"),
        (
            NEVER.replace('"spam"', '"spam", "abuse", "off_topic"'),
            "removal.never_for.categories",
            "nothing could be hidden",
        ),
        (
            NEVER + duty("remove_content", categories='["spam"]'),
            "duties.4.categories",
            "never removes",
        ),
        (
            duty("remove_content", occasion='"repeat"').replace("upheld", "flagged"),
            "duties.4.occasion",
            "means nothing",
        ),
        (
            NO_STRIKES + duty("remove_content", occasion='"repeat"'),
            "duties.4.occasion",
            "none ever counts",
        ),
    ],
)
def test_each_fault_is_told_at_its_place(lines, path, problem):
    found = faults(written(lines).encode())
    assert path in [fault.path for fault in found if problem in fault.problem], found


def test_it_is_told_in_plain_words():
    lines = (
        ASKING
        + 'all_or_any = "any"\ncure = ["deleted", "edited"]\n'
        + NEVER
        + duty("remove_content", occasion='"first"')
        + duty("block_account", occasion='"repeat"')
    )
    assert faults(written(lines).encode()) == []
    page = explain(read(written(lines).encode()))
    for told in (
        "ask the author to remove it, by email or letter.",
        "The author has complied once it is deleted or edited.",
        "It never hides or deletes what is spam and nothing more:",
        "remove it, for an account's first breach that counts: officer",
        "block its author, where another breach of the account counts already: officer",
    ):
        assert told in page, page
