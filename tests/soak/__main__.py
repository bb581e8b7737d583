"""`python -m tests.soak --kills 1000`: prints what was done, and what was lost."""

from __future__ import annotations

import argparse
import sys
import tempfile
from math import inf
from pathlib import Path

from tests.soak.run import soaked, told

MOST_SHOWN = 20


def main() -> int:
    """The exit code: 1 where anything is wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--minutes", type=float, default=inf, help="at most so long")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="casebook-soak-") as folder:
        chaos, verdict = soaked(Path(folder), asked.kills, asked.seed, asked.minutes * 60)
    print(told(chaos, verdict))
    for each in verdict.wrong[:MOST_SHOWN]:
        print(each, file=sys.stderr)
    return 1 if verdict.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
