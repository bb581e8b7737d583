"""Projects all of a topic into a register and prints the most memory that took, in MB."""

from __future__ import annotations

import io
import resource
import sys
from threading import Event

from bench.servers import PARTITIONS
from services import clock
from services.health.journal import Journal
from services.log.settings import LogSettings
from services.projector.service import LogProjector
from services.projector.told import Telling

if __name__ == "__main__":
    address, kafka, topic = sys.argv[1:]
    telling = Telling(Journal("projector", clock.now, io.StringIO()), clock.now)
    settings = LogSettings(kafka, topic, partitions=PARTITIONS)
    LogProjector(address, settings, telling, Event(), clock.now).run(once=True)
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
