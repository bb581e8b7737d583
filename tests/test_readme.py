"""Every command in the README runs as printed, and every output shown there is what it says."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SESSION = re.compile(r"```console\n(.*?)```", re.DOTALL)
CASE = re.compile(r"\b[A-Z]{3}-[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}\b")
RECORDED = re.compile(r"Recorded \w+day \d+ \w+ \d{4}, \d\d:\d\d")
# The run that this test is part of; that the target is there is all that can be asked.
NOT_AGAIN = {"make test": "make --dry-run test"}


def commands() -> list[tuple[str, str]]:
    """Each command of the README with the output shown under it."""
    found: list[tuple[str, str]] = []
    for session in SESSION.findall((ROOT / "README.md").read_text()):
        for line in session.splitlines():
            if line.startswith("$ "):
                found.append((line.removeprefix("$ "), ""))
            else:
                command, shown = found[-1]
                found[-1] = command, f"{shown}{line}\n"
    return found


@pytest.mark.slow
def test_every_command_of_the_readme_runs_and_prints_what_it_shows(tmp_path: Path) -> None:
    environment = dict(os.environ, COLUMNS="100", PATH=f"{_programs()}:{os.environ['PATH']}")
    run = 0
    for command, shown in commands():
        if command.startswith("export "):
            words = command.removeprefix("export ").split()
            environment |= dict(word.split("=", 1) for word in words)
            continue
        made = command.startswith("make ")
        done = subprocess.run(
            NOT_AGAIN.get(command, command),
            shell=True,
            cwd=ROOT if made else tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert "Traceback" not in done.stderr, (command, done.stderr)
        assert done.returncode in (0, 3, 6), (command, done.stdout, done.stderr)
        if shown:
            assert _settled(done.stdout) == _settled(shown), command
        run += 1
    assert run >= 10


def test_every_path_in_the_readme_is_there() -> None:
    links = re.findall(r"\]\(([^)#]+)\)", (ROOT / "README.md").read_text())
    missing = [link for link in links if "://" not in link and not (ROOT / link).exists()]
    assert links
    assert missing == []


def _settled(text: str) -> str:
    """The output without what differs from run to run, nor where a terminal folds its lines."""
    plain = RECORDED.sub("Recorded WHEN", CASE.sub("CASE", text))
    return " ".join(plain.split())


def _programs() -> Path:
    return Path(sys.executable).parent
