"""A register of each council, ready for a scenario."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.scenarios import Scenario, scenario


@pytest.fixture
def ashfield(tmp_path: Path) -> Iterator[Scenario]:
    with scenario(tmp_path / "ashfield", "ashfield") as made:
        yield made


@pytest.fixture
def northants(tmp_path: Path) -> Iterator[Scenario]:
    with scenario(tmp_path / "north-northamptonshire", "north-northamptonshire") as made:
        yield made
