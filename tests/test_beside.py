"""Work in a process of its own comes back as it was told, and ends with whoever asked for it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from services.beside import Beside, HelperEnded
from services.faults import DiskFull

ASKING = """
import sys
from services.beside import Beside
from tests.test_beside import without_end
if __name__ == "__main__":
    print(next(iter(Beside(without_end))), flush=True)
    sys.stdin.read()
"""


def countdown(start: int) -> Iterator[tuple[int, int]]:
    for number in range(start, 0, -1):
        yield number, os.getpid()


def full() -> Iterator[str]:
    yield "something"
    raise DiskFull("There was no room.")


def without_end() -> Iterator[int]:
    while True:
        yield os.getpid()
        time.sleep(0.01)


def gone(process: int) -> bool:
    """Whether it ended within five seconds; one that nobody waits for stays as a zombie."""
    state = Path(f"/proc/{process}/stat")
    for _ in range(500):
        try:
            if state.read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except OSError:
            return True
        time.sleep(0.01)
    return False


def test_it_tells_all_in_order_from_another_process() -> None:
    with Beside(countdown, 3) as told:
        numbers, processes = zip(*told, strict=True)
    assert numbers == (3, 2, 1)
    assert os.getpid() not in processes


def test_what_goes_wrong_there_is_raised_here_after_what_was_told() -> None:
    with Beside(full) as told:
        heard = iter(told)
        assert next(heard) == "something"
        with pytest.raises(DiskFull, match="no room"):
            next(heard)


def test_one_that_is_killed_is_a_fault_in_plain_words() -> None:
    with Beside(without_end) as told:
        os.kill(next(iter(told)), signal.SIGKILL)
        with pytest.raises(HelperEnded, match="was ended"):
            list(told)


def test_it_ends_when_nobody_listens_any_more() -> None:
    with Beside(without_end) as told:
        process = next(iter(told))
    assert gone(process)


def test_it_ends_when_who_asked_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "asking.py"
    script.write_text(ASKING)
    asking = subprocess.Popen(
        [sys.executable, str(script)],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with asking:
        assert asking.stdout is not None
        process = int(asking.stdout.readline())
        asking.kill()
    assert gone(process)
