"""An embedded register that several processes decide for at once."""

from __future__ import annotations

import time
from typing import Any

from eventsourcing.persistence import IntegrityError

from services.faults import Busy
from services.store.elsewhere import Elsewhere, last_position, names_of, recorded_since
from services.store.proposals import Proposal
from services.store.sqlite import BUSY_SECONDS, SQLiteDatabase
from services.store.transactions import Kind, Scope


class SharedDatabase(SQLiteDatabase):
    """An open register file, of which `deciding()` holds no lock while it decides.

    What was decided is recorded under the lock if others have changed nothing meanwhile that it
    rested on.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._deciding = Scope(self._transaction, Kind.DECIDING)

    def deciding(self) -> Scope:
        """Decide without the lock; at the end, record it if all of it still holds."""
        return self._deciding

    def begin(self, kind: Kind) -> None:
        """Begin a transaction; one that decides reads what is there at each moment.

        It is no transaction of SQLite's: the log of writes can't begin anew while one reads.
        """
        self.roll_back()
        if kind is Kind.READING:
            super().begin(kind)
        elif kind is Kind.WRITING:
            self._lock()
        else:
            self.proposal = Proposal(after=last_position(self))

    def commit(self, kind: Kind) -> None:
        """Keep what it did, or raise and keep nothing."""
        if kind is Kind.DECIDING:
            self._propose()
        super().commit(kind)

    def _propose(self) -> None:
        """Record what was decided; IntegrityError where something it rested on did not hold."""
        proposal, self.proposal = self.proposal, None
        assert proposal is not None
        assert proposal.after is not None
        try:
            self._lock()
            elsewhere = recorded_since(self, proposal.after)
            if elsewhere.streams:
                self._check(proposal, elsewhere)
            self._record(proposal, elsewhere.last)
            if proposal.recorded:
                proposal.recorded(elsewhere)
        finally:
            self.proposal = proposal

    def _lock(self) -> None:
        """Take the write lock within a millisecond of its becoming free.

        SQLite's own waiting looks up to 25 ms late, and would leave a processor idle meanwhile.
        """
        until = time.monotonic() + BUSY_SECONDS
        self._run("PRAGMA busy_timeout = 1")
        try:
            while True:
                try:
                    self._run("BEGIN IMMEDIATE")
                    return
                except Busy:
                    if time.monotonic() > until:
                        raise
        finally:
            self._run(f"PRAGMA busy_timeout = {int(BUSY_SECONDS * 1000)}")

    def _check(self, proposal: Proposal, elsewhere: Elsewhere) -> None:
        """Raise where what others recorded may be what the decision rested on."""
        used = {stream for _, stream, *_ in proposal.events}
        used.update(stream.bytes for stream in proposal.rests_on)
        if elsewhere.office or not used.isdisjoint(elsewhere.streams):
            raise IntegrityError("decided on what is stale by now")
        if proposal.names_changed or not proposal.names_read.isdisjoint(
            names_of(self, elsewhere.streams)
        ):
            raise IntegrityError("decided on names that are changed by now")
        if self._any_answered(proposal.unanswered):
            raise IntegrityError("decided on what is answered by now")

    def _any_answered(self, commands: list[tuple[str, str]]) -> bool:
        sql = "SELECT 1 FROM commands WHERE council = ? AND command_id = ?"
        return any(self.one(sql, command) for command in commands)

    def _record(self, proposal: Proposal, last: int) -> None:
        self.executemany(
            "INSERT INTO events (position, stream, sequence, type, body) VALUES (?, ?, ?, ?, ?)",
            [(last + place, *event) for place, *event in proposal.events],
        )
        self.executemany(
            "INSERT INTO commands (council, command_id, document_sha256, answer) "
            "VALUES (?, ?, ?, ?)",
            proposal.answers,
        )
        self.executemany(
            "UPDATE known_as SET given_up = 1 WHERE council = ? AND platform = ? AND kind = ? "
            "AND value = ? AND given_up = 0",
            proposal.given_up,
        )
        self.executemany(
            "INSERT INTO cases (case_ref, council, stream) VALUES (?, ?, ?)",
            [(each.case_ref, each.council, each.stream.bytes) for each in proposal.cases],
        )
        self.executemany(
            "INSERT INTO known_as (council, platform, kind, value, stream, case_ref, given_up, "
            "from_position) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    *each.name,
                    each.case.stream.bytes,
                    each.case.case_ref,
                    int(each.given_up),
                    last + each.offset,
                )
                for each in proposal.names
            ],
        )
        proposal.last = last + len(proposal.events)

    def changed_elsewhere(self) -> int:
        """Always the same: what others changed is told by stream, to who asks the register."""
        return 0

    def _must_be_writing(self) -> None:
        super()._must_be_writing()
        if self.proposal is not None:
            raise RuntimeError("a decision is recorded by what it proposes, not by statements")
