"""The registers of both councils, imported in a folder and on servers: every view row for row.

What a register draws at random is numbered in the order of its first appearance in the record:
the ids of streams and commands, and the references of cases. Nothing else is left out.
"""

from __future__ import annotations

import re
from contextlib import closing
from itertools import count
from pathlib import Path
from uuid import UUID

import pytest

from services import assemble
from services.store.database import Database
from services.store.opening import open_database
from services.views.tables import NAMES
from tests.importing.registers import DATA, NOW, REGISTERS, Kept, appointed
from tests.modes import Where
from tests.projector.registers import rows
from tests.served import Served, Servers

pytestmark = pytest.mark.embedded("compares a register in a folder with one on servers itself")

DRAWN = re.compile(rb"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[A-Z]{3}-[0-9A-Z]{4}-[0-9A-Z]{4}")
Rows = dict[str, list[tuple[object, ...]]]


@pytest.fixture(scope="module")
def servers(postgres_server: str, kafka_server: str):
    with Servers(postgres_server, kafka_server) as servers:
        yield servers


def imported(where: Where, council: str) -> dict:
    appointed(where, council)
    with assemble.open_casework(where, lambda: NOW) as casework:
        return Kept(casework, council).bring(DATA / REGISTERS[council][0]).as_json()


def numbered(database: Database) -> tuple[Rows, int]:
    """Every row of every view with what was drawn at random numbered, and how much that is."""
    numbers, following = dict[bytes, bytes](), count(1)

    def number(found: re.Match[bytes]) -> bytes:
        return numbers.setdefault(found[0], b"#%d" % next(following))

    def shown(value: object) -> object:
        if isinstance(value, bytes) and len(value) == 16:
            value = str(UUID(bytes=value))
        text = value.encode() if isinstance(value, str) else value
        return DRAWN.sub(number, text) if isinstance(text, bytes) else text

    for (body,) in database.query("SELECT body FROM events ORDER BY position"):
        DRAWN.sub(number, bytes(body))
    drawn = len(numbers)
    found = {
        name: sorted(tuple(map(shown, row)) for row in view)
        for name, view in rows(database).items()
    }
    assert len(numbers) == drawn, "a view holds an id that the record does not"
    return found, drawn


@pytest.mark.parametrize("council", REGISTERS)
def test_an_imported_register_has_the_same_rows_in_both_modes(
    tmp_path: Path, servers: Servers, council: str
) -> None:
    here = tmp_path / "register"
    served = Served(servers, servers.register(None, lambda where: None))
    assert imported(here, council) == imported(served.address, council)
    served.until_shown()
    with (
        closing(open_database(here)) as embedded,
        closing(open_database(served.address)) as there,
    ):
        bodies = "SELECT body FROM events ORDER BY position"
        assert len(embedded.query(bodies)) == len(there.query(bodies)) > 200
        (ours, drawn), (theirs, as_many) = numbered(embedded), numbered(there)
    assert drawn == as_many > 100
    assert set(ours) == set(NAMES)
    for name in NAMES:
        assert ours[name] == theirs[name], name
    assert min(len(ours[name]) for name in ("audit", "cases", "appeals", "irregular")) > 10
    served.end()
