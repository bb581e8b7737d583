"""A council for each policy that a test writes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.policies.written import written
from tests.scenarios import Scenario, scenario_under


@pytest.fixture
def council(tmp_path: Path) -> Iterator[Callable[[str], Scenario]]:
    """Makes a council whose policy is the minimal one with these lines on top."""
    with ExitStack() as open_ones:
        yield lambda lines: open_ones.enter_context(
            scenario_under(tmp_path / "register", written(lines))
        )
