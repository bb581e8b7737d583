"""The same file sent twice, and the same id with something else in it."""

import json
from uuid import UUID

import pytest

from services import assemble
from tests.crash.registers import answers, common, flag, founded, lines, note, submit, whole

pytestmark = pytest.mark.slow


def sent(folder, *documents):
    process = submit(folder)
    printed, errors = process.communicate(lines(documents), timeout=60)
    assert errors == b""
    return answers(printed), process.returncode


def position(folder):
    with assemble.open_casework(folder) as casework:
        return casework.register.history.batch(after=0, size=10_000)[-1][0]


CAPTURE = common("capture", 20, "maple.heron") | {"incident": 1, "held_at": "S:/evidence"}
UPHOLD = common("uphold", 21, "maple.heron") | {
    "incident": 1,
    "findings": [{"category": "abusive_threatening", "sub_reason": "swearing"}],
    "viewpoint_neutral": True,
}


@pytest.fixture
def folder(tmp_path):
    return founded(tmp_path / "register")


def test_what_was_recorded_comes_back_as_a_duplicate_and_nothing_changes(folder):
    accepted = [flag(1, "maple.heron"), note(2, "maple.heron"), flag(3, "other.heron")]
    breach = common("hide", 4, "maple.heron") | {"incident": 1}  # R-A3 is of force never
    forbidden = note(5, "maple.heron") | {"actor": "aud.i"}
    lacking = flag(6, "maple.heron", why="")
    nobody = note(7, "nobody")
    wrong = note(8, "maple.heron") | {"occurred_at": "yesterday"}
    file = [*accepted, breach, forbidden, lacking, nobody, wrong]
    first, code = sent(folder, *file)
    told = [answer["outcome"] for answer in first]
    assert told == [*["accepted"] * 3, "refused", "forbidden", "refused", "not_found", "invalid"]
    before = position(folder)
    again, code_again = sent(folder, *file)
    assert [answer["outcome"] for answer in again[:5]] == ["duplicate"] * 5
    assert [answer["first"] for answer in again[:5]] == first[:5]
    assert again[5:] == first[5:]
    assert (code, code_again) == (4, 4)
    assert position(folder) == before
    whole(folder, first)


def test_a_refusal_that_was_not_recorded_is_decided_anew(folder):
    lacking = common("uphold", 2, "maple.heron") | {
        "incident": 1,
        "findings": [{"category": "hate"}],
        "viewpoint_neutral": True,
    }
    block = common("block", 3, "maple.heron") | {
        "ground": "extreme",
        "incidents": [1],
        "scope": "interacting",
        "channels": "all",
        "reason": "names a child",
        "proportionality": {"aim": "protect", "less_intrusive": "nothing less would do"},
    }
    first, _ = sent(folder, flag(1, "maple.heron"), lacking, block)
    assert [answer["outcome"] for answer in first] == ["accepted", "refused", "refused"]
    mark = UPHOLD | {"extreme": {"reason": "names a child"}, "actor": "mia.m"}
    sent(folder, CAPTURE, mark)
    again, _ = sent(folder, lacking, block)
    assert [answer["outcome"] for answer in again] == ["refused", "accepted"]
    assert "STATE" in [rule["rule"] for rule in again[0]["verdict"]["rules"]]


def test_the_same_id_with_another_document_is_invalid(folder):
    first, _ = sent(folder, flag(1, "maple.heron"))
    before = position(folder)
    others = [flag(1, "maple.heron", why="abuse"), note(1, "maple.heron")]
    again, code = sent(folder, *others, flag(1, "maple.heron"))
    assert [answer["outcome"] for answer in again] == ["invalid", "invalid", "duplicate"]
    assert [answer["errors"][0]["path"] for answer in again[:2]] == ["command_id"] * 2
    assert again[2]["first"] == first[0]
    assert code == 2
    assert position(folder) == before


def test_in_one_group_the_second_of_two_is_the_duplicate(folder):
    twice, code = sent(folder, flag(1, "maple.heron"), flag(1, "maple.heron"))
    assert [answer["outcome"] for answer in twice] == ["accepted", "duplicate"]
    assert code == 0
    assert whole(folder, twice) == {str(UUID(int=1)): 2}
    assert json.dumps(twice[1]["first"]) == json.dumps(twice[0])
