"""Registers in every mess that a seed can make are read as a careful clerk reads them."""

from pathlib import Path

import pytest

from tests.importing.messes import Mess
from tests.importing.registers import Kept, kept


def posted_days(register: Kept) -> dict[str, str]:
    """By reference, the day on which each item was posted."""
    events = [
        event.body for _, event in register.casework.register.history.batch(after=0, size=5000)
    ]
    flags = [body for body in events if body["type"] == "CommentFlagged"]
    return {body["note"].split(":")[0]: body["data"]["item"]["posted_at"] for body in flags}


@pytest.mark.parametrize("seed", range(40))
def test_a_messy_register_is_read_rightly(tmp_path: Path, seed: int) -> None:
    mess = Mess(seed)
    path = mess.write(tmp_path)
    with kept(tmp_path / "register") as register:
        summary = register.bring(path)
        told = summary.as_json()
        told["unreadable"] = [
            {"ref": each["ref"], "fault": each["fault"]} for each in told["unreadable"]
        ]
        assert {word: told[word] for word in mess.truth} == mess.truth
        assert posted_days(register) == mess.posted
        assert register.casework.differences() == []
        count = register.count()
        again = register.bring(path).as_json()
        assert register.count() == count
        assert again["duplicates"] == told["flags"] + told["duplicates"]
