"""How fast a council's history is brought along, and in how much memory."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import orjson

from bench.past import acts, write_past
from bench.registers import fitting_council, new_register
from bench.rounds import Measure, in_turn

IMPORT = [sys.executable, "-m", "bench.peak", "import"]


def importing(rounds: int, rows: int, fewer: int, singly: int) -> Iterator[Measure]:
    """`casebook import` as a process, its start counted in, durable and in every view.

    Against it: what rows of the same kind tell, as commands, each durable before the next.
    """
    council = fitting_council()
    told = acts(council, singly)
    with tempfile.TemporaryDirectory(prefix="casebook-bench-") as name:
        long, short = Path(name) / "long.csv", Path(name) / "short.csv"
        write_past(long, rows)
        write_past(short, fewer)
        peaks: list[float] = []

        def ours() -> float:
            rate, peak = _imported(council, long, rows)
            peaks.append(peak)
            return rate

        def one_by_one() -> float:
            with _folder() as folder, new_register(Path(folder), council) as casework:
                start = time.perf_counter()
                outcomes = {casework.handle(each)["outcome"] for row in told for each in row}
                rate = singly / (time.perf_counter() - start)
            if outcomes != {"accepted"}:
                raise RuntimeError(f"the timed commands were not all accepted: {outcomes}")
            return rate

        yield in_turn(
            f"`casebook import` of {rows:,} rows / what they tell, one command at a time",
            "rows per second",
            rounds,
            ours,
            one_by_one,
            at_least=5,
        )
        yield in_turn(
            f"memory of an import of {rows:,} rows / of {fewer:,}",
            "MB",
            1,
            lambda: max(peaks),
            lambda: _imported(council, short, fewer)[1],
            at_most=1.2,
        )


def _imported(council: str, file: Path, rows: int) -> tuple[float, float]:
    """Rows per second and the most memory, in MB."""
    with _folder() as folder:
        new_register(Path(folder), council).close()
        words = ["--register", folder, str(file), "--as", "jo.p", "--json"]
        start = time.perf_counter()
        run = subprocess.run([*IMPORT, *words], capture_output=True, text=True, check=True)
        rate = rows / (time.perf_counter() - start)
    if orjson.loads(run.stdout)["flags"] != rows:
        raise RuntimeError("not every row was recorded")
    return rate, float(run.stderr.split()[-1])


def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="casebook-bench-")
