"""Whose turn it is to publish: one publisher at a time, the others wait until it is gone."""

from __future__ import annotations

from fcntl import LOCK_EX, LOCK_NB, flock
from pathlib import Path
from typing import Protocol

from services.faults import Fault, ServerUnreachable
from services.store.database import Database
from services.store.sqlite import SQLiteDatabase

LOCK = (1128354629, 2)
"""PostgreSQL's advisory lock of the publisher: "CASE", and the second of its kind."""
STANDSTILL_SECONDS = 30.0
# Of those that wait for nothing of the server: for their next word, or to take what it answered.
_STANDING_STILL = """
    SELECT locks.pid FROM pg_locks locks JOIN pg_stat_activity activity USING (pid)
    WHERE locks.locktype = 'advisory' AND locks.granted AND locks.objsubid = 2
    AND locks.classid = ?::bigint::oid AND locks.objid = ?::bigint::oid
    AND locks.database = (SELECT oid FROM pg_database WHERE datname = current_database())
    AND activity.wait_event_type = 'Client'
    AND clock_timestamp() - activity.state_change > make_interval(secs => ?)
"""


class TurnLost(Fault):
    """Another publisher has taken over; what this one sends counts for nobody."""

    def __init__(self) -> None:
        super().__init__(
            "Another publisher has taken over while this one stood still, and goes on where it "
            "was. This one stops; started again, it waits for its turn."
        )


class Turn(Protocol):
    """The right to publish from one register."""

    def take(self) -> bool:
        """Take it if it is free; False while another publisher has it."""

    def check(self) -> None:
        """Show that we are there; raises a fault where the register can't be reached any more.

        Called at least every few seconds: who stands still for longer loses the turn.
        """

    def release(self) -> None:
        """Let the next in line have it."""


def turn_of(database: Database, standstill: float = STANDSTILL_SECONDS) -> Turn:
    """The turn at publishing what a register holds."""
    if isinstance(database, SQLiteDatabase):
        return FolderTurn(database.folder)
    return PostgresTurn(database, standstill)


class PostgresTurn:
    """A lock of the session: it goes with the connection by which the events are read too.

    A publisher that stands still keeps its session; the next in line then ends that session.
    """

    def __init__(self, database: Database, standstill: float) -> None:
        self._database = database
        self._standstill = standstill
        self._taken_by = 0

    def take(self) -> bool:
        """Take it if it is free, or if whoever has it has stood still for long."""
        if self._try():
            return True
        for (pid,) in self._database.query(_STANDING_STILL, (*LOCK, self._standstill)):
            self._database.query("SELECT pg_terminate_backend(?::integer, 5000)", (pid,))
        return self._try()

    def check(self) -> None:
        """Ask the server whether this is still the session that took the lock."""
        if self._session() != self._taken_by:
            raise ServerUnreachable(
                f"The connection to {self._database.where} was cut and made anew, and the turn at "
                "publishing went with it."
            )

    def release(self) -> None:
        """It goes with the connection."""

    def _try(self) -> bool:
        sql = "SELECT pg_try_advisory_lock(?::integer, ?::integer)"
        [(taken,)] = self._database.query(sql, LOCK)
        self._taken_by = self._session()
        return bool(taken)

    def _session(self) -> int:
        [(pid,)] = self._database.query("SELECT pg_backend_pid()")
        return int(pid)


class FolderTurn:
    """A locked file beside an embedded register; the system frees it when the publisher ends."""

    def __init__(self, folder: Path) -> None:
        self._file = (folder / "publisher.lock").open("w")

    def take(self) -> bool:
        """Take it if it is free."""
        try:
            flock(self._file, LOCK_EX | LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def check(self) -> None:
        """Nothing can take the file from us."""

    def release(self) -> None:
        """Let go of the file."""
        self._file.close()
