"""How long a person waits for the first line of help."""

from __future__ import annotations

import subprocess
import sys
import time

from bench.rounds import Measure, in_turn
from bench.writing import CASEBOOK


def helping(rounds: int) -> Measure:
    """`casebook --help` against importing the library that it is printed with."""
    return in_turn(
        '`casebook --help` / `python -c "import click"`',
        "ms",
        rounds,
        lambda: _taken([*CASEBOOK, "--help"]),
        lambda: _taken([sys.executable, "-c", "import click"]),
        at_most=3,
    )


def _taken(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    return 1000 * (time.perf_counter() - start)
