"""A topic filled by the publisher, and projectors that run in this process or in their own."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from time import monotonic, sleep

from services import clock
from services.health.journal import Journal
from services.log.settings import LogSettings
from services.projector.service import LogProjector
from services.projector.told import Telling
from services.publisher.service import Publisher
from services.publisher.told import Telling as PublisherTelling
from services.store.database import Database

PATIENCE = 60.0
ROOT = Path(__file__).parents[2]


def publish(address: str, settings: LogSettings, *, refill: bool = False) -> None:
    """Send all that is recorded on to the topic."""
    telling = PublisherTelling(Journal("publisher", clock.now, io.StringIO()), clock.now)
    Publisher(address, settings, telling, Event()).run(once=True, refill=refill)


def project(address: str, settings: LogSettings) -> Telling:
    """Fold all that is in the topic; what it told."""
    telling = Telling(Journal("projector", clock.now, io.StringIO()), clock.now)
    LogProjector(address, settings, telling, Event(), clock.now).run(once=True)
    return telling


@contextmanager
def projecting(address: str, settings: LogSettings) -> Iterator[Telling]:
    """A projector that runs meanwhile; what made it stop is raised at the end."""
    telling = Telling(Journal("projector", clock.now, io.StringIO()), clock.now)
    stop, failed = Event(), list[BaseException]()

    def run() -> None:
        try:
            LogProjector(address, settings, telling, stop, clock.now).run()
        except BaseException as error:
            failed.append(error)

    thread = Thread(target=run, daemon=True)
    thread.start()
    try:
        yield telling
    finally:
        stop.set()
        thread.join(PATIENCE)
    for error in failed:
        raise error


def started(address: str, settings: LogSettings, *words: str) -> subprocess.Popen[bytes]:
    """`casebook WORDS` as a process of its own."""
    environment = {
        **os.environ,
        "CASEBOOK_REGISTER": address,
        "CASEBOOK_KAFKA": settings.address,
        "CASEBOOK_TOPIC": settings.topic,
        "CASEBOOK_KAFKA_PARTITIONS": str(settings.partitions),
        "PYTHONPATH": str(ROOT),
    }
    program = [sys.executable, "-c", "from services.cli.main import main; main()", *words]
    both = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen(program, env=environment, **both)


def until(holds: Callable[[], bool], what: str, patience: float = PATIENCE) -> None:
    """Wait until something holds, or fail saying what did not."""
    end = monotonic() + patience
    while not holds():
        assert monotonic() < end, f"after {patience:g} s still not: {what}"
        sleep(0.05)


def caught_up(views: Database) -> bool:
    """Whether the views hold as many events as the record."""
    held, recorded = (
        views.query(f"SELECT count(*) FROM {table}")[0][0] for table in ("view_audit", "events")
    )
    return bool(held == recorded)
