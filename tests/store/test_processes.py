"""Several processes, a kill, and a full disk: what was answered is there, and nothing is half."""

import random
import time
from collections import Counter
from pathlib import Path
from uuid import UUID

import pytest

from services.store.register import Register
from services.store.sqlite import SQLiteDatabase
from tests.store.notes import new_pad, opened, read_pad, start

pytestmark = pytest.mark.slow

PADS = [UUID(int=number) for number in range(1, 4)]

WRITER = """
import sys
from pathlib import Path
from uuid import UUID
from services.store.answers import Answers
from tests.store.notes import opened, read_pad

folder, name, times, size = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
register = opened(folder)
answers = Answers(register.database)
print("ready", flush=True)
for number in range(times):
    with register.database.writing():
        for pad in (UUID(int=1), UUID(int=2 + number % 2)):
            aggregate = register.load(pad, read_pad)
            aggregate.write(f"{name} {number} " + "x" * size)
            register.save(aggregate)
        answers.keep("ashfield", f"{name} {number}", b"document", b"answer")
    print(number, flush=True)
"""

UNDER_A_LIMIT = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, resource.RLIM_INFINITY))
from services.faults import Fault
try:
    exec(sys.argv.pop(1))
except Fault as fault:
    print(type(fault).__name__, fault.exit_code, str(fault), flush=True)
"""

KEEPER = """
import sys
from pathlib import Path
from uuid import UUID
from services.evidence import EvidenceFolder

EvidenceFolder(Path(sys.argv[1])).keep(UUID(int=1), Path(sys.argv[2]))
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    register = Register(SQLiteDatabase.create(tmp_path / "register"))
    with register.database.writing():
        for pad in PADS:
            new_pad(register, pad)
    register.database.close()
    return tmp_path / "register"


def written(folder: Path) -> dict[str, int]:
    """How many notes each transaction left, after checking that the register is whole."""
    register = opened(folder)
    database = register.database
    assert database.query("PRAGMA integrity_check") == [("ok",)]
    events = [event for batch in register.history.batches() for event in batch]
    assert [position for position, _ in events] == list(range(1, len(events) + 1))
    for pad in PADS:
        numbers = [e.originator_version for _, e in events if e.originator_id == pad]
        assert numbers == list(range(1, len(numbers) + 1))
        assert len(register.load(pad, read_pad).texts) == len(numbers)
    texts = [event.body["data"]["text"] for _, event in events]
    notes = Counter(" ".join(text.split()[:2]) for text in texts if text != "first")
    answered = {name for (name,) in database.query("SELECT command_id FROM commands")}
    assert set(notes) == answered
    database.close()
    return dict(notes)


def test_four_processes_on_one_account_lose_and_double_nothing(folder):
    writers = [start(WRITER, folder, name, 100, 10) for name in "abcd"]
    for writer in writers:
        _, errors = writer.communicate(timeout=120)
        assert (writer.returncode, errors) == (0, "")
    expected = {f"{name} {number}" for name in "abcd" for number in range(100)}
    found = written(folder)
    assert set(found) == expected
    assert set(found.values()) == {2}


def test_a_kill_at_any_moment_keeps_what_was_answered_and_halves_nothing(folder):
    moments = random.Random(20250303)
    answered: set[str] = set()
    for attempt in range(25):
        writer = start(WRITER, folder, f"run{attempt}", 100_000, 200)
        assert writer.stdout.readline() == "ready\n"
        # Half of the kills come after an answer, however slow the machine is.
        first = writer.stdout.readline() if attempt % 2 else ""
        time.sleep(moments.uniform(0, 0.06))
        writer.kill()
        # `communicate` alone would not see what was read ahead for the lines above.
        output = writer.stdout.read()
        writer.communicate(timeout=60)
        whole_lines = (first + output).split("\n")[:-1]
        answered |= {f"run{attempt} {number}" for number in whole_lines}
        found = written(folder)
        assert answered <= set(found)
        assert set(found.values()) <= {2}
        # At most the one transaction that was committed but not yet answered.
        assert len(found) - len(answered) <= attempt + 1
    assert answered


def test_a_full_disk_is_told_in_one_line_and_what_was_answered_stays(folder):
    limited = start(UNDER_A_LIMIT, WRITER, folder, "full", 100_000, 2000)
    output, errors = limited.communicate(timeout=60)
    *numbers, told = output.splitlines()[1:]
    assert errors == ""
    assert told.startswith("DiskFull 1 The disk is full")
    assert str(folder) in told
    assert len(numbers) > 10
    assert written(folder) == {f"full {number}": 2 for number in numbers}


def test_evidence_that_finds_no_room_leaves_nothing(folder, tmp_path):
    (tmp_path / "video.mp4").write_bytes(bytes(3_000_000))
    limited = start(UNDER_A_LIMIT, KEEPER, folder, tmp_path / "video.mp4")
    output, errors = limited.communicate(timeout=60)
    assert errors == ""
    assert output.startswith("DiskFull 1 ")
    assert [path for path in (folder / "evidence").rglob("*") if path.is_file()] == []
