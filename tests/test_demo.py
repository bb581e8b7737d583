"""`casebook demo` tells its tour, and the five commands it ends with work as printed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = Path(sys.executable).parent / "casebook"


@pytest.mark.slow
def test_the_five_commands_to_try_next_work_as_printed() -> None:
    told = subprocess.run([PROGRAM, "demo"], capture_output=True, text=True, check=True).stdout
    for heading in ("1. A block that is refused", "3. An appeal", "4. Case", "5. What is owed"):
        assert heading in told
    assert "R-A26" in told
    assert "R-A51" in told
    assert "R-N22" in told
    suggested = told.partition("Five commands to try next:")[2].strip().splitlines()
    suggested = [line.strip() for line in suggested if line.strip()]
    assert len(suggested) == 5
    for command in suggested:
        done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)
        assert done.returncode in (0, 3), (command, done.stderr)
        assert done.stdout.strip(), command
        assert done.stderr == "", command
