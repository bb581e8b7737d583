"""A file that several processes decide has the answers and the record of one."""

from collections import Counter

import pytest

from tests.clerks.files import by_account, half_a_year, recorded, shared_out, together

pytestmark = pytest.mark.slow
COMMANDS = 1800
OF_SEVERAL = {"change-handle", "complete-record", "correct", "link-accounts"}


def test_half_a_year_in_one_file_is_answered_as_line_by_line(tmp_path):
    copies = [tmp_path / name for name in ("one", "several", "rarely one", "rarely several")]
    documents = half_a_year(tmp_path / "played", copies, COMMANDS, seed=20250303)
    answered = the_same(*copies[:2], documents)
    assert answered["accepted"] > len(documents) / 4
    assert answered["refused"] > len(documents) / 10
    assert answered["duplicate"] > 5
    # Each that is about several accounts is decided alone: with few of them, most are shared out.
    several = [n for n, document in enumerate(documents) if document["command"] in OF_SEVERAL]
    kept = several[len(several) // 3 :: len(several) // 2]
    assert len(kept) == 2
    few = [d for n, d in enumerate(documents) if n in kept or d["command"] not in OF_SEVERAL]
    the_same(*copies[2:], few, reordered=True)


def the_same(one, several, documents, *, reordered=False) -> Counter:
    """Submit the file both ways and compare all that is left; returns the outcomes."""
    expected, code = together(one, documents)
    answered, same_code = shared_out(several, documents)
    for number, (found, wanted) in enumerate(zip(answered, expected, strict=True)):
        assert found == wanted, (number, documents[number])
    assert same_code == code
    events, others = recorded(one), recorded(several)
    assert by_account(others) == by_account(events)
    ids = [[event["command_id"] for event in each] for each in (events, others)]
    assert (ids[0] != ids[1]) >= reordered
    return Counter(answer["outcome"] for answer in expected)
