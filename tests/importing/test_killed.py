"""An import that is killed at any moment, and run again, gives the register of one that was not."""

import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from services import assemble
from tests.importing.registers import DATA, Kept, kept

pytestmark = pytest.mark.embedded("kills what writes the file; tests/soak kills writers on servers")

ROOT = Path(__file__).parents[2]
# Small commits, so that a kill falls between some of them.
PROGRAM = """
import sys
from services.importing import bringing
bringing.ROWS_IN_A_COMMIT = 5
from services.cli.main import main
main()
"""
REGISTER = DATA / "ashfield-register.csv"


LITTLE_ROOM = """
import resource
resource.setrlimit(resource.RLIMIT_FSIZE, (700_000, resource.RLIM_INFINITY))
"""


def started(folder: Path, rejects: Path, before: str = "") -> subprocess.Popen[bytes]:
    words = ("import", str(REGISTER), "--as", "jo.p", "--rejects", str(rejects), "--json")
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "CASEBOOK_REGISTER": str(folder)}
    return subprocess.Popen(
        [sys.executable, "-c", before + PROGRAM, *words],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )


def held(folder: Path) -> Kept:
    return Kept(assemble.open_casework(folder), "ashfield")


@pytest.mark.slow
def test_a_killed_import_run_again_is_the_same_register(tmp_path: Path) -> None:
    with kept(tmp_path / "whole") as register:
        register.bring(REGISTER)
        whole, blocks = register.events(), register.appeals()
    folder, halfway = tmp_path / "killed", set()
    with kept(folder):
        pass
    for rows in (20, 60, 120, 180):
        process = started(folder, tmp_path / "rejects.csv")
        _wait_for(folder, rows, process)
        process.kill()
        process.wait()
        process.stderr.close()
        halfway.add(len(held_events(folder)))
    assert max(halfway) > min(halfway)
    process = started(folder, tmp_path / "rejects.csv")
    _, told = process.communicate(timeout=120)
    assert process.returncode == 6, told
    register = held(folder)
    with register.casework:
        assert (register.events(), register.appeals()) == (whole, blocks)
        assert register.casework.differences() == []


@pytest.mark.slow
def test_an_import_that_a_full_disk_stops_says_how_far_it_came_and_goes_on(tmp_path: Path) -> None:
    folder = tmp_path / "register"
    with kept(folder):
        pass
    process = started(folder, tmp_path / "rejects.csv", LITTLE_ROOM)
    _, told = process.communicate(timeout=120)
    assert process.returncode == 1
    assert re.match(rb"After \d+ of 240 rows, which stay recorded: The disk is full", told)
    assert 0 < len(held_events(folder)) < 78
    assert not list(tmp_path.glob("rejects*"))
    process = started(folder, tmp_path / "rejects.csv")
    process.communicate(timeout=120)
    assert process.returncode == 6
    with kept(tmp_path / "whole") as register:
        register.bring(REGISTER)
        assert held_events(folder) == register.events()


def held_events(folder: Path) -> dict:
    register = held(folder)
    with register.casework:
        return register.events()


def _wait_for(folder: Path, rows: int, process: subprocess.Popen[bytes]) -> None:
    """Until so many rows are committed, as another reader sees it."""
    import sqlite3

    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        with sqlite3.connect(f"file:{folder / 'casebook.sqlite'}?mode=ro", uri=True) as reader:
            [found] = reader.execute("SELECT count(*) FROM commands").fetchone()
        reader.close()
        if found >= rows:
            return
        time.sleep(0.005)
