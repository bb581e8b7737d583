"""A long register is understood in several processes, and comes to the same, row for row."""

from pathlib import Path

import pytest

from services.importing.ahead import Understood
from services.importing.reading import open_register
from services.importing.unreadable import UnreadableRegister
from tests.importing.messes import Mess
from tests.importing.registers import DATA, NOW, REGISTERS, as_csv, row


def taken(path: Path, worth_sharing: int) -> list[object]:
    file = open_register(path, {})
    with Understood(file, "ashfield", NOW, worth_sharing) as understood:
        rejected = sorted(understood.unreadable, key=lambda row: (row.sheet, row.number))
        return [understood.rows, understood.sound, rejected, list(understood)]


@pytest.mark.parametrize("name", [file for file, _ in REGISTERS.values()])
def test_both_registers_come_in_the_same_order(name: str) -> None:
    alone, shared = taken(DATA / name, 10**9), taken(DATA / name, 0)
    assert len(alone[3]) == alone[1] > 100
    assert shared == alone


@pytest.mark.parametrize("seed", range(3))
def test_a_messy_register_comes_in_the_same_order(tmp_path: Path, seed: int) -> None:
    path = Mess(seed).write(tmp_path)
    assert taken(path, 0) == taken(path, 10**9)


def test_more_rows_than_memory_holds_come_in_the_same_order(tmp_path: Path) -> None:
    rows = [row(Ref=f"R{number * 7919 % 9000}", Handle=f"@h{number}") for number in range(9000)]
    path = as_csv(tmp_path / "long.csv", rows)
    shared = taken(path, 0)
    assert [each.row.ref for each in shared[3]] == [f"R{number}" for number in range(9000)]
    assert shared == taken(path, 10**9)


def test_a_file_that_is_unsound_further_down_is_refused_as_it_was(tmp_path: Path) -> None:
    path = as_csv(tmp_path / "torn.csv", [row() for _ in range(200)])
    with path.open("ab") as file:
        file.write(b'1,FB,"never closed\r\n2,FB,x\r\n')
    with pytest.raises(UnreadableRegister, match="no sound CSV in line 202"):
        taken(path, 0)
