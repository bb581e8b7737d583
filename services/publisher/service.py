"""The publisher as it runs: waits for its turn and for Kafka, publishes, begins anew, stops."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event
from time import monotonic

from services.faults import Busy, ServerUnreachable
from services.log.faults import LogAway
from services.log.reading import TopicReader
from services.log.sending import NotSent, Sender
from services.log.settings import LogSettings
from services.log.topic import (
    Topic,
    check_same,
    check_whole,
    checked_settings,
    find_topic,
    make_topic,
)
from services.publisher.publishing import Publishing
from services.publisher.remembered import Remembered
from services.publisher.tail import Tail, read_tail
from services.publisher.told import Telling
from services.publisher.turn import STANDSTILL_SECONDS, Turn, TurnLost, turn_of
from services.store.database import Database
from services.store.log import Log
from services.store.mapper import EventMapper
from services.store.opening import open_database

AGAIN_SECONDS = 1.0
CACHE_MEGABYTES = 8
SHOWN_EVERY = 5.0
NOTED_EVERY = 10.0
LONGEST_PAUSE = 0.1
SHORTEST_PAUSE = 0.002


class Publisher:
    """Publishes one register to one topic until `stop` is set."""

    def __init__(
        self,
        where: Path | str,
        settings: LogSettings,
        telling: Telling,
        stop: Event,
        *,
        standstill: float = STANDSTILL_SECONDS,
    ) -> None:
        self._where = where
        self._settings = settings
        self._telling = telling
        self._stop = stop
        self._standstill = standstill
        self._had_a_turn = False
        self._refill = False
        self._once = False

    def run(self, *, once: bool = False, refill: bool = False) -> None:
        """Publish until told to stop; with `once`, until all that is recorded is in Kafka.

        Waits while another publisher is at work, and while the register or Kafka is away. Raises
        the fault where only a person can help: TurnLost, TopicMissing, TopicNotOurs, LogRefuses,
        RecordTooLarge. With `refill`, a new topic is taken, and filled from the beginning.
        """
        self._once, self._refill = once, refill
        while not self._stop.is_set():
            try:
                if self._in_turn():
                    return
            except (ServerUnreachable, Busy) as fault:
                self._telling.waits("register_away", fault.message)
                self._stop.wait(AGAIN_SECONDS)
            finally:
                self._telling.ended()

    def _in_turn(self) -> bool:
        """Open the register, wait for the turn, publish; whether all is done."""
        database = open_database(self._where)
        database.cache_at_most(CACHE_MEGABYTES)
        turn = turn_of(database, self._standstill)
        try:
            if not self._taken(turn):
                return True
            epoch = Remembered(database).next_epoch()
            while not self._stop.is_set():
                try:
                    return self._publish(database, turn, epoch)
                except LogAway as fault:
                    self._telling.waits("kafka_away", fault.message)
                except NotSent as failed:
                    if not isinstance(failed.fault, LogAway):
                        raise failed.named from failed
                    self._telling.waits("not_sent", failed.fault.message)
                    self._telling.gauges.add("casebook_publisher_retries_total", 1)
                turn.check()
                self._stop.wait(AGAIN_SECONDS)
            return True
        finally:
            turn.release()
            database.close()

    def _taken(self, turn: Turn) -> bool:
        """Wait for the turn; who has had one and lost it to another stops instead."""
        while not turn.take():
            if self._had_a_turn:
                raise TurnLost
            self._telling.waits("standing_by", "another publisher is at work")
            if self._stop.wait(AGAIN_SECONDS):
                return False
        self._had_a_turn = True
        return True

    def _publish(self, database: Database, turn: Turn, epoch: int) -> bool:
        remembered = Remembered(database)
        shown = _Every(SHOWN_EVERY, turn.check)
        settings, known = self._settings, remembered.topic_id()
        topic = self._topic(known)
        if topic.id != known:
            known = None
        largest = checked_settings(settings)
        turn.check()
        with TopicReader(settings, topic.partitions) as reader:
            check_whole(reader.ends(), known, settings)
            if known is None:
                remembered.remember_topic(topic.id)
            self._refill = False
            tail = read_tail(reader, remembered.progress(), database, settings, shown)
            following = reader.ends().following
        self._telling.began(epoch, tail.complete)
        with Sender(settings, following) as sender:
            log = Log(database, EventMapper())
            publishing = Publishing(log, sender, settings, epoch, tail, largest, shown)
            return self._steps(database, publishing, remembered, epoch, tail, shown)

    def _steps(
        self,
        database: Database,
        publishing: Publishing,
        remembered: Remembered,
        epoch: int,
        tail: Tail,
        shown: Callable[[], object],
    ) -> bool:
        told, pause = tail.complete, SHORTEST_PAUSE
        note = _Every(NOTED_EVERY, lambda: remembered.remember_progress(publishing.progress, epoch))
        noted = publishing.progress
        while not self._stop.is_set():
            shown()
            done = publishing.step()
            position = publishing.progress.position
            self._telling.answered(database, position, told, publishing.case, at_end=not done)
            told = position
            if publishing.progress != noted and note():
                noted = publishing.progress
            if done:
                pause = SHORTEST_PAUSE
            elif self._once:
                break
            else:
                self._stop.wait(pause)
                pause = min(LONGEST_PAUSE, pause * 1.5)
        publishing.finish()
        position = publishing.progress.position
        self._telling.answered(database, position, told, publishing.case, at_end=False)
        remembered.remember_progress(publishing.progress, epoch)
        return True

    def _topic(self, known: str | None) -> Topic:
        topic = find_topic(self._settings)
        check_same(topic, None if self._refill else known, self._settings)
        return topic or make_topic(self._settings)


class _Every:
    """Calls something, but no more often than so many seconds apart; says whether it did."""

    def __init__(self, seconds: float, what: Callable[[], None]) -> None:
        self._seconds = seconds
        self._what = what
        self._last = monotonic()

    def __call__(self) -> bool:
        if monotonic() - self._last < self._seconds:
            return False
        self._what()
        self._last = monotonic()
        return True
