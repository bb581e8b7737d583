"""A decision about an embedded register, while others record: what it rested on still holds."""

from collections.abc import Iterator
from contextlib import nullcontext

import pytest
from eventsourcing.persistence import IntegrityError

from services import assemble
from services.assemble import Casework
from services.store.answers import Answers
from tests.crash.registers import flag, founded, note


@pytest.fixture
def both(tmp_path) -> Iterator[tuple[Casework, Casework]]:
    folder = founded(tmp_path)
    opened = assemble.open_beside_others
    with opened(folder) as here, opened(folder) as there:
        for number, name in enumerate(("maple", "other"), 1):
            assert here.handle(flag(number, name))["outcome"] == "accepted"
        yield here, there


def test_nobody_is_kept_waiting_while_another_decides(both):
    here, there = both
    with here.database.deciding():
        assert there.handle(note(10, "maple"))["outcome"] == "accepted"


@pytest.mark.parametrize(
    ("meanwhile", "holds"),
    [
        (note(10, "maple"), False),
        (note(10, "other"), True),
        (flag(10, "new"), True),
        (flag(10, "sought"), False),
        ({"command": "appoint", "council": "ashfield", "actor": "ad.min", "staff": "new.p",
          "role": "officer", "from": "2012-01-01"}, False),
    ],
    ids=["its account", "another", "a new one", "a name it sought", "the office"],
)  # fmt: skip
def test_what_was_decided_is_recorded_only_if_what_it_rested_on_holds(both, meanwhile, holds):
    here, there = both
    with nullcontext() if holds else pytest.raises(IntegrityError), here.database.deciding():
        here.accounts.account(here.lookups.by_handle("ashfield", "facebook", "maple"))
        assert here.lookups.by_handle("ashfield", "facebook", "sought") is None
        assert there.handle(meanwhile)["outcome"] == "accepted"
    assert here.handle(note(11, "maple"))["outcome"] == "accepted"
    assert here.differences() == []


def test_a_command_answered_meanwhile_is_not_refused_as_well(both):
    here, there = both
    answers, sent = Answers(here.database), note(12, "other")

    def decide():
        with here.database.deciding():
            answers.look_up([("ashfield", sent["command_id"])])
            there.handle(sent)

    with pytest.raises(IntegrityError):
        decide()


def test_a_decision_changes_nothing_by_itself(both):
    here, _ = both
    with pytest.raises(RuntimeError, match="proposes"), here.database.deciding():
        here.database.execute("DELETE FROM known_as")


def test_each_commit_leaves_to_memory_what_others_did_not_touch(both):
    here, there = both
    for number in range(20, 26):
        assert here.handle(note(number, "maple"))["outcome"] == "accepted"
        assert there.handle(note(number + 100, "other"))["outcome"] == "accepted"
    asked: list[str] = []
    one = here.database.one
    here.database.one = lambda sql, *given: asked.append(sql) or one(sql, *given)
    assert here.handle(note(27, "maple"))["version"] == 9
    assert not [sql for sql in asked if "known_as" in sql or "FROM events WHERE stream" in sql]
    assert here.differences() == there.differences() == []


def test_deciding_does_not_keep_the_log_of_writes_from_beginning_anew(both):
    here, there = both
    with here.database.deciding():
        here.accounts.account(here.lookups.by_handle("ashfield", "facebook", "maple"))
        assert there.handle(note(10, "other"))["outcome"] == "accepted"
        [(busy, *_)] = there.database.query("PRAGMA wal_checkpoint(TRUNCATE)")
        assert not busy


def test_an_account_that_was_found_by_its_reference_must_be_as_it_was(both):
    here, there = both
    reference = here.find_case("ashfield", "facebook/maple")

    def decide():
        with here.database.deciding():
            here.accounts.account(here.lookups.by_case(reference))
            assert there.handle(note(10, "maple"))["outcome"] == "accepted"

    with pytest.raises(IntegrityError):
        decide()


def test_a_name_that_was_sought_must_lead_where_it_led(both):
    here, there = both

    def decide():
        with here.database.deciding():
            assert here.lookups.by_handle("ashfield", "facebook", "maple")
            assert there.handle(note(10, "maple"))["outcome"] == "accepted"

    with pytest.raises(IntegrityError):
        decide()
