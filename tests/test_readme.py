"""Every command in the README runs as printed, and every output shown there is what it says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests import printed

ROOT = Path(__file__).parent.parent
# The run that this test is part of; that the target is there is all that can be asked.
NOT_AGAIN = {"make test": "make --dry-run test"}


@pytest.mark.slow
def test_every_command_of_the_readme_runs_and_prints_what_it_shows(tmp_path: Path) -> None:
    settings = printed.environment()
    run = 0
    for command, shown in printed.commands((ROOT / "README.md").read_text()):
        folder = ROOT if command.startswith("make ") else tmp_path
        done = printed.run(NOT_AGAIN.get(command, command), folder, settings)
        if done is None:
            continue
        if shown:
            assert printed.settled(done.stdout) == printed.settled(shown), command
        run += 1
    assert run >= 10


def test_every_path_in_the_readme_is_there() -> None:
    links = re.findall(r"\]\(([^)#]+)\)", (ROOT / "README.md").read_text())
    missing = [link for link in links if "://" not in link and not (ROOT / link).exists()]
    assert links
    assert missing == []
