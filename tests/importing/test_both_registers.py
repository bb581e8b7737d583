"""The registers that the two councils keep, read as a careful clerk reads them."""

from pathlib import Path

import pytest

from tests.importing.registers import DATA, REGISTERS, kept, truth_of

COUNCILS = pytest.mark.parametrize("council", REGISTERS)


def as_truth(told):
    told["unreadable"] = [
        {"ref": each["ref"], "fault": each["fault"]} for each in told["unreadable"]
    ]
    return told


@COUNCILS
def test_what_is_recorded_is_what_a_careful_clerk_reads(tmp_path: Path, council: str) -> None:
    with kept(tmp_path, council) as register:
        told = as_truth(register.bring(DATA / REGISTERS[council][0]).as_json())
        truth = truth_of(council)
        assert {word: told[word] for word in truth} == truth
        assert register.casework.differences() == []
        assert len(register.cases()) == truth["accounts"]
        assert sum(case["incidents"] for case in register.cases()) == truth["flags"]
        blocks = register.appeals()
        assert len(blocks) == truth["blocks"]
        assert sum(block["status"] == "reversed" for block in blocks) == truth["reversed"]
        asked = [appeal for block in blocks for appeal in block["appeals"]]
        assert len(asked) == truth["appeals"]
        assert sum(appeal["status"] == "early" for appeal in asked) == truth["early_appeals"]


@COUNCILS
def test_a_dry_run_says_the_same_and_records_nothing(tmp_path: Path, council: str) -> None:
    with kept(tmp_path, council) as register:
        before = register.count()
        dry = register.bring(DATA / REGISTERS[council][0], dry=True)
        assert register.count() == before
        assert register.cases() == []
        told = register.bring(DATA / REGISTERS[council][0])
        assert dry.as_json() == told.as_json()
        assert dry.by_rule == told.by_rule


@COUNCILS
def test_again_at_once_records_nothing_new(tmp_path: Path, council: str) -> None:
    with kept(tmp_path, council) as register:
        first = register.bring(DATA / REGISTERS[council][0]).as_json()
        count, events = register.count(), register.events()
        again = register.bring(DATA / REGISTERS[council][0]).as_json()
        assert register.count() == count
        assert register.events() == events
        assert again["flags"] == again["accounts"] == again["blocks"] == 0
        assert again["duplicates"] == first["flags"] + first["duplicates"]
        assert again["unreadable"] == first["unreadable"]


@COUNCILS
def test_every_irregularity_is_under_a_rule_of_the_policy(tmp_path: Path, council: str) -> None:
    with kept(tmp_path, council) as register:
        told = register.bring(DATA / REGISTERS[council][0])
        policy = register.casework.offices.of(council).council.earliest().policy
        assert {rule for rule, _ in told.by_rule} <= set(policy.rules)
        assert len(register.cases(irregular=True)) == truth_of(council)["accounts"]


@COUNCILS
def test_every_event_says_which_row_of_which_file_it_is(tmp_path: Path, council: str) -> None:
    from hashlib import sha256

    digest = sha256((DATA / REGISTERS[council][0]).read_bytes()).hexdigest()
    with kept(tmp_path, council) as register:
        register.bring(DATA / REGISTERS[council][0])
        bodies = register.casework.register.history.batch(after=0, size=5000)
        told = [event.body for _, event in bodies if event.body["actor"]["kind"] == "import"]
        assert told
        assert all(digest in body["note"] and "row " in body["note"] for body in told)
        assert all(body["precision"] in ("day", "unknown") for body in told)
