"""A register by where it is: in a folder, or on a PostgreSQL server."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from services.faults import NotInstalled
from services.store.database import Database

if TYPE_CHECKING:
    from services.store.moving import Moved


def open_database(where: Path | str) -> Database:
    """The register in that folder, or at that `postgresql://` address; raises `services.faults`."""
    if isinstance(where, str):
        _check_installed()
        from services.store.postgres import PostgresDatabase

        return PostgresDatabase.open(where)
    from services.store.sqlite import SQLiteDatabase

    return SQLiteDatabase.open(where)


def open_shared(folder: Path) -> Database:
    """The embedded register in that folder, to decide for it beside other processes."""
    from services.store.shared import SharedDatabase

    return SharedDatabase.open(folder)


def create_database(where: Path | str) -> Database:
    """Make the register there, or open the one that is there."""
    if isinstance(where, str):
        _check_installed()
        from services.store.postgres import PostgresDatabase

        return PostgresDatabase.create(where)
    from services.store.sqlite import SQLiteDatabase

    return SQLiteDatabase.create(where)


def migrate_database(address: str, *, roles: bool = False) -> list[str]:
    """Bring a register on a server to the tables that this Casebook knows; the steps taken."""
    _check_installed()
    from services.store.postgres import PostgresDatabase

    return PostgresDatabase.migrate(address, roles=roles)


def move_register(folder: Path, address: str, progress: Callable[[int, int], None]) -> Moved:
    """Take the register in `folder` to the database at `address`; see `services.store.moving`."""
    _check_installed()
    from services.store.moving import move

    return move(folder, address, progress)


def _check_installed() -> None:
    try:
        import services.store.connection  # noqa: F401 - the one that needs it
    except ImportError:
        raise NotInstalled(
            "A register on PostgreSQL needs the extra `production`: "
            "pip install 'council-casebook[production]'"
        ) from None
