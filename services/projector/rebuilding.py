"""Views that are folded from the log, made anew beside those that are read, or compared."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from domain.calendar.london import write_moment
from services.faults import Fault
from services.log.counting import Place
from services.log.partitions import partition_of
from services.log.port import EventLog
from services.projector.arriving import DUPLICATE, FOLDED
from services.projector.committing import Committing
from services.projector.offsets import all_places, take_over
from services.projector.parking import NothingWaits
from services.projector.projecting import Folded, Projecting
from services.projector.tables import make_streams, mark_handed_over, streams_table
from services.projector.waiting_room import given_up, waiting_streams
from services.store.postgres import PostgresDatabase
from services.views.differing import differing
from services.views.rebuild import Tell, begin_anew
from services.views.tables import LIVE, NAMES, REBUILT

_APART = "not_compared"
_LACKING = """
    SELECT read.stream, coalesce(made.sequence, 0), read.sequence
    FROM projection_streams read LEFT JOIN projection_streams_rebuilt made USING (stream)
    WHERE coalesce(made.sequence, 0) < read.sequence LIMIT 1"""
_LAGGING = """
    SELECT made.stream, audit.position
    FROM projection_streams_rebuilt made LEFT JOIN projection_streams read USING (stream)
    JOIN view_audit_rebuilt audit
    ON audit.stream = made.stream AND audit.sequence = coalesce(read.sequence, 0) + 1
    WHERE made.sequence > coalesce(read.sequence, 0)"""


class SourceLacks(Fault):
    """The log holds less of an account than the views do already."""


class LogRebuilding:
    """Fills new tables from a log; casework and the projectors go on meanwhile.

    One that was interrupted is gone on with. `of_the_topic` says that the log's offsets are those
    by which the projectors read; `source` tells one log from another.
    """

    def __init__(
        self,
        database: PostgresDatabase,
        log: EventLog,
        source: str,
        clock: Callable[[], datetime],
        *,
        of_the_topic: bool,
        tell: Tell | None = None,
    ) -> None:
        self._database = database
        self._clock = clock
        self._log = log
        self._source = source
        self._of_the_topic = of_the_topic
        self._tell = tell or (lambda _: None)
        self._read = 0
        self._nothing_waits = NothingWaits(given_up(database))
        self._projecting = Projecting(database, clock, tables=REBUILT, parking=self._nothing_waits)

    def rebuild(self) -> int:
        """Put the new tables in place of those that are read; how many events they hold."""
        self._fill()
        with self._database.writing():
            take_over(self._database)
            self._read_on()
            self._check()
            REBUILT.index(self._database)
            REBUILT.become(self._database, LIVE)
            self._switch()
            mark_handed_over(self._database)
        held: int = self._database.query(f"SELECT count(*) FROM {LIVE('audit')}")[0][0]
        return held

    def differences(self) -> list[str]:
        """Where the views that are read differ from new ones: none, or one line for each.

        Accounts of which the projector has not folded all, or of which events wait, are told and
        not compared.
        """
        self._fill()
        with self._database.writing():
            take_over(self._database)
            self._read_on()
            self._check()
            REBUILT.index(self._database)
            found = self._leave_apart()
            compared = f"stream NOT IN (SELECT stream FROM {_APART})"
            for name in NAMES:
                found += differing(self._database, name, compared)
            self._drop()
        return found

    def _fill(self) -> None:
        if begin_anew(self._database, self._source):
            with self._database.writing():
                self._database.execute(f"DROP TABLE IF EXISTS {streams_table(REBUILT)}")
                make_streams(self._database, REBUILT)
                self._forget_offsets()
        self._projecting.start(range(self._log.partitions))
        with Committing(self._database.beside(), self._clock) as committing:
            for read in self._log.read(self._projecting.places):
                self._told(committing.hand_over(self._projecting.folded(*read)))
            self._told(committing.settle())

    def _read_on(self) -> None:
        """Fold what has come meanwhile, in the open transaction."""
        for read in self._log.read(self._projecting.places):
            folded = self._projecting.folded(*read)
            folded.write(self._database, self._clock())
            self._told(folded)

    def _told(self, folded: Folded | None) -> None:
        if folded:
            self._read += sum(folded.counted[word] for word in (FOLDED, DUPLICATE))
            self._tell(self._read)

    def _check(self) -> None:
        lacking = self._database.one(_LACKING)
        if lacking:
            stream, made, read = lacking
            raise SourceLacks(
                f"The {self._source} holds {made} events of account {UUID(bytes=stream)}, of which "
                f"the views hold {read} already. Rebuild them --from record."
            )

    def _switch(self) -> None:
        """Go on by the new tables' places, or by those there are: what comes twice is dropped."""
        write = self._database.execute
        write("DROP TABLE projection_streams")
        write("ALTER TABLE projection_streams_rebuilt RENAME TO projection_streams")
        if self._of_the_topic:
            write(
                "INSERT INTO projection_offsets SELECT ?, partition, next_offset, epoch, position, "
                "1 FROM projection_offsets WHERE tables = ? ON CONFLICT (tables, partition) DO "
                "UPDATE SET next_offset = excluded.next_offset, epoch = excluded.epoch, "
                "position = excluded.position",
                (LIVE.suffix, REBUILT.suffix),
            )
        self._forget_offsets()
        write("DELETE FROM parked_events")
        write("DELETE FROM incomplete_accounts")
        now = write_moment(self._clock())
        self._database.executemany(
            "INSERT INTO incomplete_accounts VALUES (?, ?) ON CONFLICT (stream) DO NOTHING",
            [(stream, now) for stream in self._nothing_waits.left_out],
        )

    def _leave_apart(self) -> list[str]:
        """Put what can't be compared now in a table; in words, how much that is."""
        places = all_places(self._database)
        behind = [
            stream
            for stream, position in self._database.query(_LAGGING)
            if position > places.get(partition_of(stream, len(places) or 1), Place()).position
        ]
        waiting = waiting_streams(self._database)
        self._database.execute(f"CREATE TEMPORARY TABLE {_APART} (stream BYTEA) ON COMMIT DROP")
        self._database.append(_APART, ("stream",), [(each,) for each in {*behind, *waiting}])
        told = []
        if waiting:
            told.append(f"Not compared: {len(waiting)} accounts wait (casebook parked list).")
        if behind:
            told.append(f"Not compared: of {len(behind)} accounts the views lack what came last.")
        return told

    def _drop(self) -> None:
        REBUILT.drop(self._database)
        self._database.execute(f"DROP TABLE IF EXISTS {streams_table(REBUILT)}")
        self._forget_offsets()

    def _forget_offsets(self) -> None:
        self._database.execute("DELETE FROM projection_offsets WHERE tables = ?", (REBUILT.suffix,))
