"""The commands that a page of the docs prints, run as they stand, and what they print there."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

SESSION = re.compile(r"```console\n(.*?)```", re.DOTALL)
CASE = re.compile(r"\b[A-Z]{3}-[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}\b")
RECORDED = re.compile(r"([Rr])ecorded \w+day \d+ \w+ \d{4}, \d\d:\d\d")


def commands(page: str) -> list[tuple[str, str]]:
    """Each command of the page with the output shown under it."""
    found: list[tuple[str, str]] = []
    for session in SESSION.findall(page):
        for line in session.splitlines():
            if line.startswith("$ "):
                found.append((line.removeprefix("$ "), ""))
            else:
                command, shown = found[-1]
                found[-1] = command, f"{shown}{line}\n"
    return found


def environment() -> dict[str, str]:
    """That of this process, with the installed commands first."""
    programs = Path(sys.executable).parent
    return dict(os.environ, COLUMNS="100", PATH=f"{programs}:{os.environ['PATH']}")


def run(
    command: str, folder: Path, settings: dict[str, str]
) -> subprocess.CompletedProcess[str] | None:
    """Run a command in a folder; `export` changes the settings for those that follow."""
    if command.startswith("export "):
        words = command.removeprefix("export ").split()
        settings |= dict(word.split("=", 1) for word in words)
        return None
    done = subprocess.run(
        command, shell=True, cwd=folder, env=settings, capture_output=True, text=True, check=False
    )
    assert "Traceback" not in done.stderr, (command, done.stderr)
    assert done.returncode in (0, 3, 6), (command, done.stdout, done.stderr)
    return done


def settled(text: str) -> str:
    """The output without what differs from run to run, nor where a terminal folds its lines."""
    plain = RECORDED.sub(r"\1ecorded WHEN", CASE.sub("CASE", text))
    return " ".join(plain.split())
