"""Work in a process of its own comes back as it was told, and ends with whoever asked for it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Generator
from multiprocessing.connection import wait
from pathlib import Path

import pytest

from services.beside import Asked, Beside, HelperEnded
from services.faults import DiskFull

ASKING = """
import sys
from services.beside import Beside
from tests.test_beside import without_end
if __name__ == "__main__":
    early = sys.argv[1] == "early"
    first = Beside(without_end, early=early)
    print(next(first), next(Beside(without_end, early=early, others=[first])), flush=True)
    sys.stdin.read()
"""


def countdown(_: Asked, start: int) -> Generator[tuple[int, int], None, None]:
    for number in range(start, 0, -1):
        yield number, os.getpid()


def full(_: Asked) -> Generator[str, None, None]:
    yield "something"
    raise DiskFull("There was no room.")


def without_end(_: Asked) -> Generator[int, None, None]:
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


def doubled(asked: Asked, of: Path) -> Generator[int, None, None]:
    try:
        for number in asked:
            yield number * 2
    finally:
        of.write_text("finished")


@pytest.fixture(params=["early", "later"])
def early(request: pytest.FixtureRequest) -> bool:
    return bool(request.param == "early")


def test_it_tells_all_in_order_from_another_process(early: bool) -> None:
    with Beside(countdown, 3, early=early) as told:
        numbers, processes = zip(*told, strict=True)
    assert numbers == (3, 2, 1)
    assert os.getpid() not in processes


def test_it_answers_what_it_is_asked_and_finishes_what_it_does(early: bool, tmp_path: Path) -> None:
    done = tmp_path / "done"
    helper = Beside(doubled, done, early=early)
    for number in (4, 5):
        helper.ask(number)
    assert [next(helper), next(helper)] == [8, 10]
    helper.finish()
    assert done.read_text() == "finished"


def test_what_goes_wrong_there_is_raised_here_after_what_was_told(early: bool) -> None:
    with Beside(full, early=early) as helper:
        assert next(helper) == "something"
        assert wait([helper.fileno()], 20), "it told that it failed"
        time.sleep(0.5)  # as if this one had to do something else first
        helper.ask("something else")
        with pytest.raises(DiskFull, match="no room"):
            next(helper)


def test_one_that_is_killed_is_a_fault_in_plain_words(early: bool) -> None:
    with Beside(without_end, early=early) as helper:
        os.kill(next(helper), signal.SIGKILL)
        with pytest.raises(HelperEnded, match="ended from outside"):
            list(helper)


def test_it_ends_when_nobody_listens_any_more(early: bool) -> None:
    with Beside(without_end, early=early) as helper:
        process = next(helper)
    assert gone(process)


@pytest.mark.parametrize("when", ["early", "later"])
def test_they_end_when_who_asked_is_killed(tmp_path: Path, when: str) -> None:
    script = tmp_path / "asking.py"
    script.write_text(ASKING)
    asking = subprocess.Popen(
        [sys.executable, str(script), when],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with asking:
        assert asking.stdout is not None
        processes = [int(each) for each in asking.stdout.readline().split()]
        asking.kill()
    assert len(processes) == 2
    assert all(map(gone, processes))
