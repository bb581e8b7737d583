"""No false alarm: a hundred registers that nobody touched, whatever happened to them otherwise."""

from random import Random

import pytest

from services.assemble import open_casework
from services.proof import verify
from services.proof.checking import Checking
from services.proof.reconciling import reconcile
from services.store.moving import move
from tests.proof.registers import (
    checked,
    copied,
    exported_case,
    exported_log,
    files_of,
    quick_ed25519,
)
from tests.scenarios import Scenario
from tests.servers import drop_database, new_database

pytestmark = pytest.mark.slow
REGISTERS = 100


@pytest.fixture(autouse=True)
def _quick(monkeypatch, tmp_path):
    monkeypatch.setattr(verify, "ed25519", quick_ed25519)
    monkeypatch.setenv("CASEBOOK_KEYS", str(tmp_path / "keys"))


def work(made, chance):
    """A few days' work on a case or two; sometimes a checkpoint on the way, or another key."""
    for day in range(1, chance.randint(2, 4)):
        made.upheld(f"2026-03-0{day}")
        for number in range(chance.randint(0, 6)):
            made.given("note", f"2026-03-0{day}", text=f"note {number}: “{'ä' * number}”\n\t– \\")
        if chance.random() < 0.5:
            made.casework.integrity.build()
        if chance.random() < 0.2:
            made.casework.integrity.rotate()


def alarms(made, folder, known):
    """What every check there is finds, given the checkpoints kept since the beginning."""
    log = made.casework.integrity
    found = Checking(log, made.casework.register.history).run(lambda _: None)
    found += reconcile(made.casework)
    for export in (exported_case, exported_log):
        place = folder / "export.zip"
        files = files_of(export(made, place))
        place.unlink()
        found += checked(files).wrong
        for kept in known:
            found += checked(files, kept, str(log.checkpoints.key_for(1))).wrong
    return found


@pytest.mark.parametrize("tenth", range(10))
def test_no_check_finds_anything_in_a_register_that_nobody_touched(
    tmp_path, postgres_server, tenth
):
    for number in range(tenth * REGISTERS // 10, (tenth + 1) * REGISTERS // 10):
        chance, folder = Random(number), tmp_path / str(number)
        folder.mkdir()
        made, known = Scenario(folder / "register", "ashfield"), []
        work(made, chance)
        known.append(str(made.casework.integrity.build()).encode())
        assert alarms(made, folder, known) == []
        work(made, chance)  # and restarted, with what was recorded signed as it closes
        made.casework.close()
        made.casework = open_casework(folder / "register", made._clock)
        known.append(str(made.casework.integrity.checkpoints.latest()).encode())
        assert alarms(made, folder, known) == []
        work(made, chance)  # and crashed: the folder as it lies there, its last events not signed
        fallen = copied(made, folder / "fallen")
        made.casework.close()
        made.casework = open_casework(fallen, made._clock)
        assert alarms(made, folder, known) == []
        made.casework.rebuild()
        assert alarms(made, folder, known) == []
        known.append(str(made.casework.integrity.build()).encode())
        made.casework.close()
        address = new_database(postgres_server)
        move(fallen, address)
        made.casework = open_casework(address, made._clock)
        assert alarms(made, folder, known) == []
        made.casework.close()
        drop_database(address)
