"""A rebuild by several processes as a program of its own: killed, interrupted, or to its end."""

import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from tests.views.shares.shared_out import EVENTS, SMALL, Noting, folding, rebuild, rows

pytestmark = [
    pytest.mark.embedded("a register on a server is rebuilt by one process"),
    pytest.mark.slow,
]

ROOT = Path(__file__).parents[3]

REBUILDING = """
import sys, time
from pathlib import Path
from services.store.log import Log
from services.store.mapper import EventMapper
from services.store.opening import open_database
from services.views.rebuild import rebuild
from services.views.shares import Shares

def tell(position):
    if position == 120:
        print("begun", flush=True)
        time.sleep(60)

if __name__ == "__main__":
    shares = Shares(2)
    database = open_database(Path(sys.argv[1]))
    rebuild(database, Log(database, EventMapper()), tell=tell, shares=shares, batch=60)
"""


@pytest.mark.parametrize("by", [signal.SIGKILL, signal.SIGINT])
def test_nothing_is_left_of_one_that_was_killed(register, made, tmp_path, by):
    words = [sys.executable, "-c", REBUILDING, str(tmp_path)]
    pipe = subprocess.PIPE
    with subprocess.Popen(words, stdout=pipe, stderr=pipe, cwd=ROOT) as program:
        assert program.stdout.readline() == b"begun\n"
        begun = folding(program.pid)
        program.send_signal(by)
    assert len(begun) == 2
    assert psutil.wait_procs(begun, timeout=20)[1] == []
    assert rebuild(register, Noting(register), **SMALL) == EVENTS
    assert rows(register) == made[1]


CASEBOOK = """
import atexit, resource, sys
from services.cli.main import main
from services.views import shares

def others():
    print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss > 0, file=sys.stderr)

atexit.register(others)
sys.argv[0], shares.LARGE = "casebook", int(sys.argv.pop(1))
main()
"""


@pytest.mark.parametrize(("large", "by_others"), [("1", "True"), ("1000000000", "False")])
def test_the_command_folds_by_several_processes_where_the_register_is_large(
    register, made, tmp_path, large, by_others
):
    register.close()
    words = [sys.executable, "-c", CASEBOOK, large, "--register", str(tmp_path), "rebuild"]
    done = subprocess.run(words, capture_output=True, text=True, cwd=ROOT, check=False)
    assert (done.stdout, done.returncode) == (
        f"All views are made anew from {EVENTS} events.\n",
        0,
    )
    *said, others = done.stderr.splitlines()
    assert others == by_others
    # Where it takes long it says how far it is, and nothing else.
    assert all(line.endswith(" a second") for line in said)
