"""A register by where it is: in a folder, or on a PostgreSQL server."""

from __future__ import annotations

from pathlib import Path

from services.faults import NotInstalled
from services.store.database import Database


def open_database(where: Path | str) -> Database:
    """The register in that folder, or at that `postgresql://` address; raises `services.faults`."""
    if isinstance(where, str):
        _check_installed()
        from services.store.postgres import PostgresDatabase

        return PostgresDatabase.open(where)
    from services.store.sqlite import SQLiteDatabase

    return SQLiteDatabase.open(where)


def create_database(where: Path | str) -> Database:
    """Make the register there, or open the one that is there."""
    if isinstance(where, str):
        _check_installed()
        from services.store.postgres import PostgresDatabase

        return PostgresDatabase.create(where)
    from services.store.sqlite import SQLiteDatabase

    return SQLiteDatabase.create(where)


def _check_installed() -> None:
    from importlib.util import find_spec

    if find_spec("psycopg") is None:
        raise NotInstalled(
            "A register on PostgreSQL needs the extra `production`: "
            "pip install 'council-casebook[production]'"
        )
