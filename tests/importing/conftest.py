"""A register of one council to import into."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.importing.registers import Kept, kept


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Kept]:
    """A new register of Ashfield."""
    with kept(tmp_path / "register") as made:
        yield made
