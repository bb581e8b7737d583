"""A link stands in both histories or in neither, whoever dies and whoever else writes."""

from __future__ import annotations

from pathlib import Path

import pytest

from services import assemble
from tests.cli.conftest import everything, process
from tests.crash.registers import flag, founded
from tests.rules.people.pairs import linking

# Ends the process without a word just before the second of the two histories is recorded.
DIES = """
import os
from services.store.register import Register
record, times = Register.record, []
def dying(self, aggregate):
    times.append(1)
    return os._exit(9) if len(times) == 2 else record(self, aggregate)
Register.record = dying
"""


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, str, str]:
    """A register with two cases."""
    folder = founded(tmp_path / "register")
    with assemble.open_casework(folder) as casework:
        first, second = (
            casework.handle(flag(number, handle))["case"]
            for number, handle in ((1, "maple.heron"), (2, "maple.heron.2"))
        )
    return folder, first, second


@pytest.mark.slow
def test_a_process_that_dies_between_the_two_histories_leaves_neither(
    pair: tuple[Path, str, str],
) -> None:
    folder, first, second = pair
    words = ("link-accounts", first, "--other", second, "--kind", "same_account")
    asked = (*words, "--reason", "the same picture", "--as", "jo.p", "--register", str(folder))
    before = everything(folder)
    assert process(*asked, before=DIES).returncode == 9
    assert everything(folder) == before
    assert process(*asked).returncode == 0
    assert len(everything(folder)["events"]) == len(before["events"]) + 2
    with assemble.open_casework(folder) as casework:
        assert casework.differences() == []


def test_two_who_have_the_register_open_see_each_others_links(
    pair: tuple[Path, str, str],
) -> None:
    folder, first, second = pair
    document = {"council": "ashfield", "actor": "jo.p"}
    with (
        assemble.open_casework(folder) as here,
        assemble.open_casework(folder) as there,
    ):
        # Both know both cases by heart before either links them.
        for casework in (here, there):
            for case in (first, second):
                note = {"command": "note", "case": case, "text": "seen"}
                assert casework.handle(document | note)["outcome"] == "accepted"
        link = {"command": "link-accounts", **linking(first, second)}
        assert here.handle(document | link)["outcome"] == "accepted"
        again = there.handle(document | link | linking(second, first))
        assert (again["outcome"], again["why"][0].split(",")[0]) == (
            "refused",
            f"Case {first} is the same account already",
        )
        undo = {"command": "unlink-accounts", **linking(second, first)}
        assert there.handle(document | undo)["outcome"] == "accepted"
        assert here.handle(document | undo)["outcome"] == "refused"
        assert here.handle(document | link)["outcome"] == "accepted"
        for casework in (here, there):
            assert casework.differences() == []
