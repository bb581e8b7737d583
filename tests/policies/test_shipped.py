"""What is shipped: both councils' policies, whole, in their own words, and sound."""

import pytest
from jsonschema import Draft7Validator

from domain.policy.policy import read_policy
from services.policies import faults, shipped
from services.policies.shape import policy_schema, shape_faults

from .shipped_files import ASHFIELD, COUNCILS, FILES, NORTH_NORTHAMPTONSHIRE, PUBLISHED, TEXTS

# The desk (replies, closing comments, safeguarding, allegations) comes later.
CLAUSES = {
    ASHFIELD: [f"R-A{n}" for n in (*range(1, 40), *range(49, 55))],
    NORTH_NORTHAMPTONSHIRE: [
        f"R-N{n}" for n in (2, 3, *range(5, 26), *range(31, 39), 42, 45, 46, 50)
    ],
}
SETTINGS = {
    ASHFIELD: (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 16, 17, 18, 19, 21, 22, 23, 26, 27),
    NORTH_NORTHAMPTONSHIRE: (7, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 24, 25, 26, 27),
}


def test_each_file_lies_under_the_council_and_version_that_it_names():
    for policy in shipped():
        head = FILES[policy.council]["policy"]
        assert (head["id"], head["version"]) == (policy.council, policy.version)


@pytest.mark.parametrize("council", COUNCILS)
def test_it_has_the_shape_of_the_schema(council):
    Draft7Validator.check_schema(policy_schema())
    assert list(shape_faults(FILES[council])) == []


@pytest.mark.parametrize("council", COUNCILS)
def test_it_is_sound(council):
    assert faults(TEXTS[council]) == []


@pytest.mark.parametrize("council", COUNCILS)
def test_its_quotes_are_the_published_words(council):
    published = (PUBLISHED / f"{council}.txt").read_text(encoding="utf-8")
    clauses = FILES[council]["clauses"].items()
    assert [n for n, c in clauses if n.startswith("R-") and c["quote"] not in published] == []


@pytest.mark.parametrize("council", COUNCILS)
def test_it_holds_every_clause_and_every_choice(council):
    file = FILES[council]
    assert [n for n in file["clauses"] if n.startswith("R-")] == CLAUSES[council]
    chosen = [n for n in file["settings"] if n.startswith("D-")]
    assert chosen == [f"D-{n}" for n in SETTINGS[council]]


@pytest.mark.parametrize("council", COUNCILS)
def test_the_domain_reads_it(council):
    policy = read_policy(FILES[council], "0" * 64)
    assert set(policy.categories) == set(FILES[council]["categories"])


def test_no_council_borrows_from_another():
    ours, theirs = (FILES[council] for council in COUNCILS)
    assert not {n for n in ours["clauses"] if n in theirs["clauses"]} - {"LAW-19"}


def _keys(schema, path=""):
    for key, inner in schema.items():
        if isinstance(inner, dict):
            yield f"{path}.{key}", inner
            yield from _keys(inner, f"{path}.{key}")


def test_the_schema_is_closed_and_tells_every_line():
    for path, part in _keys(policy_schema()):
        if part.get("type") == "object":
            assert "additionalProperties" in part, path
            assert "description" in part, path
        for name, field in part.get("properties", {}).items():
            assert "description" in field or "const" in field, f"{path}.{name}"
