"""`kill -9` at any moment of building and signing: nothing signed twice, nothing over thin air."""

import json
import os
import random
import subprocess
import sys

import pytest

from services import assemble
from services.proof.checking import Checking
from services.proof.checkpoints import read_checkpoint
from services.proof.merkle import Frontier, leaf_hash
from tests.crash.registers import ROOT, flag, founded

pytestmark = pytest.mark.slow
KILLS = 120

# A child for each round, from one process that has loaded everything: it records one by one while
# checkpoints are signed behind every 2 ms, prints each that it sees, and is killed.
NURSERY = """
import json, os, signal, sys, time
from services import assemble
from tests.crash.registers import flag
import services.proof.keys, cryptography.hazmat.primitives.asymmetric.ed25519
folder, rounds = sys.argv[1], json.loads(sys.argv[2])
from pathlib import Path
for number, wait in enumerate(rounds):
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        casework = assemble.open_casework(Path(folder))
        casework.behind._every = 0.002
        for id in range(1000):
            casework.handle(flag(number * 1000 + id + 1, f"heron.{number}.{id}"))
            if id == 0:
                os.write(write, b"ready\\n")
            log = casework.integrity
            latest = log.build() if id % 3 == 0 else log.checkpoints.latest()
            last = casework.register.recorder.max_notification_id()
            os.write(write, json.dumps([str(latest), last]).encode() + b"\\n")
        os._exit(0)
    os.close(write)
    printed = os.read(read, 6)
    time.sleep(wait)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    while more := os.read(read, 65536):
        printed += more
    os.close(read)
    with assemble.open_casework(Path(folder)) as casework:
        last = casework.register.recorder.max_notification_id()
        latest = casework.integrity.checkpoints.latest()
    print(json.dumps([printed.decode(), os.WIFSIGNALED(status), last, str(latest)]), flush=True)
"""


def test_a_kill_at_any_moment_signs_nothing_twice_and_nothing_that_is_not_there(tmp_path):
    folder, moments = founded(tmp_path / "register"), random.Random(20260301)
    rounds = [moments.uniform(0.0, 0.1) for _ in range(KILLS)]
    done = subprocess.run(
        [sys.executable, "-c", NURSERY, str(folder), json.dumps(rounds)],
        cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True,
        check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    seen, killed = {}, 0
    for line in done.stdout.splitlines():
        printed, signalled, last, latest = json.loads(line)
        killed += signalled
        told = [json.loads(each) for each in printed.split("\n")[1:-1]]
        for note, recorded in [*told, (latest, last)]:
            found = read_checkpoint(note.encode())
            assert found.size <= recorded
            assert seen.setdefault(found.size, note) == note
    assert killed == KILLS
    assert len(seen) > KILLS
    with assemble.open_casework(folder) as casework:
        casework.handle(flag(999_999, "last.heron"))
        latest = casework.integrity.build()
        bodies = [
            body for (body,) in casework.database.query("SELECT body FROM events ORDER BY position")
        ]
        assert Checking(casework.integrity, casework.register.history).run(lambda _: None) == []
        assert casework.database.query("PRAGMA integrity_check") == [("ok",)]
    assert latest.size == len(bodies)
    tree, roots = Frontier(), {}
    for body in bodies:
        tree.extend([leaf_hash(body)])
        roots[tree.size] = tree.root()
    for size, note in seen.items():
        assert read_checkpoint(note.encode()).root == roots[size]
