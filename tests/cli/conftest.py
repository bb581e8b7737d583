"""A register in a folder, and the command line in this process or in one of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from services import assemble
from services.cli.main import run
from services.store.opening import open_database
from tests.modes import Where, register_at, until_shown

ROOT = Path(__file__).parents[2]
STAFF = {
    "jo.p": "officer",
    "pat.o": "officer",
    "mia.m": "communications_manager",
    "sam.d": "service_director",
    "aud.i": "auditor",
}
COMPLETE = (
    *("--item.kind", "comment", "--item.text", "f*** the lot of you"),
    *("--item.posted-at", "2025-03-03T09:40:00+00:00", "--at", "2025-03-03T10:15:00+00:00"),
    *("--account.name", "Maple Heron", "--source.kind", "officer", "--why", "swearing at staff"),
)
PROGRAM = "import sys; sys.argv[0] = 'casebook'; from services.cli.main import main; main()"


class Ran(NamedTuple):
    """What a command line ended with and printed."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Casebook = Callable[..., Ran]


def founded(where: Where, *councils: str) -> Where:
    """A register with staff in every post of each council."""
    assemble.found(where, list(councils), "ad.min")
    with assemble.open_casework(where) as casework:
        for council in councils:
            for staff, role in STAFF.items():
                document = {"command": "appoint", "council": council, "actor": "ad.min"}
                post = {"staff": staff, "role": role, "from": "2012-01-01"}
                assert casework.handle(document | post)["outcome"] == "accepted"
    return where


def register_of(folder: Path, *councils: str) -> Where:
    """The same where this run has its registers: in that folder, or on servers."""
    return register_at(folder, same=("cli", councils), make=lambda where: founded(where, *councils))


@pytest.fixture
def casebook(capsysbinary: pytest.CaptureFixture[bytes]) -> Casebook:
    """Run a command line in this process."""

    def ran(*words: str) -> Ran:
        capsysbinary.readouterr()
        code = run(words)
        out, err = capsysbinary.readouterr()
        assert b"Traceback" not in err
        return Ran(code, out.decode(), err.decode())

    return ran


@pytest.fixture
def register(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Where:
    """A register of Ashfield alone, in which jo.p acts unless somebody else is named."""
    where = register_of(tmp_path / "register", "ashfield")
    monkeypatch.setenv("CASEBOOK_REGISTER", str(where))
    monkeypatch.setenv("CASEBOOK_ACTOR", "jo.p")
    monkeypatch.chdir(tmp_path)
    return where


@pytest.fixture
def maple(register: Where, casebook: Casebook) -> str:
    """The case of an account with one flag."""
    answer = casebook("flag", "facebook/maple.heron", *COMPLETE, "--json").json
    assert answer["outcome"] == "accepted", answer
    case: str = answer["case"]
    return case


def process(
    *words: str, before: str = "", stdin: bytes | None = None, **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """Run a command line in a process of its own, once the views hold all that is recorded."""
    until_shown(os.environ.get("CASEBOOK_REGISTER", ""))
    return subprocess.run(
        [sys.executable, "-c", f"{before}\n{PROGRAM}", *words],
        input=stdin,
        capture_output=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        timeout=120,
    )


def asked(where: Where, sql: str, *values: Any) -> list[Any]:
    """Rows of a register's own tables."""
    with closing(open_database(where)) as database:
        return database.query(sql, values)


def changed(where: Where, sql: str, *values: Any) -> None:
    """Change a register's own tables, as no Casebook would."""
    with closing(open_database(where)) as database, database.writing():
        database.execute(sql, values)


def everything(where: Where) -> dict[str, list[Any]]:
    """All that a register holds, to compare before and after."""
    with assemble.open_casework(where) as casework:
        query = casework.database.query
        tables = ("events", "commands", "cases", "known_as", "other_streams", "policy_files")
        return {table: sorted(query(f"SELECT * FROM {table}")) for table in tables}
