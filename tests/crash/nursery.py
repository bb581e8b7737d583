"""Starts one submit after another, warm, and kills each: a fork costs a tenth of a new start."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

from tests.crash.registers import ROOT


def killed(rounds: list[dict[str, Any]], python: str) -> Iterator[dict[str, Any]]:
    """What each round printed before its end, and whether the kill came before it was done."""
    command = [python, "-c", "from tests.crash.nursery import tend; tend()"]
    plan = json.dumps(rounds).encode()
    ran = subprocess.run(command, input=plan, stdout=subprocess.PIPE, cwd=ROOT, check=True,
                         env=os.environ | {"PYTHONPATH": str(ROOT)}, timeout=300)  # fmt: skip
    for line in ran.stdout.splitlines():
        yield json.loads(line)


def tend() -> None:
    """Run the rounds that stdin names; one line of JSON for each on stdout."""
    import services.cli.main
    import services.cli.opening
    import services.cli.submit
    import services.cli.submitting  # noqa: F401

    for each in json.loads(sys.stdin.buffer.read()):
        print(json.dumps(_one(**each)), flush=True)


def _one(words: list[str], wait: float, after_first_answer: bool) -> dict[str, Any]:
    """Start a submit, wait from its start or its first answer, and kill it."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        _be_casebook(words, read, write)
    os.close(write)
    printed = os.read(read, 1) if after_first_answer else b""
    deadline = time.monotonic() + wait
    os.set_blocking(read, False)
    while time.monotonic() < deadline:
        printed += _more(read)
        time.sleep(0.001)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    os.set_blocking(read, True)
    while more := os.read(read, 65536):
        printed += more
    os.close(read)
    return {"printed": printed.decode(errors="replace"), "killed": os.WIFSIGNALED(status)}


def _more(read: int) -> bytes:
    try:
        return os.read(read, 65536)
    except BlockingIOError:
        return b""


def _be_casebook(words: list[str], read: int, write: int) -> None:
    from services.cli.main import main

    os.close(read)
    os.dup2(write, 1)
    sys.argv = ["casebook", *words]
    try:
        main()
    finally:
        sys.stdout.flush()
        os._exit(0)
