"""Publishes all of a register to a new topic and prints the most memory that took, in MB."""

from __future__ import annotations

import io
import sys
from threading import Event

from bench.peak import peak
from bench.servers import PARTITIONS
from services import clock
from services.health.journal import Journal
from services.log.settings import LogSettings
from services.publisher.service import Publisher
from services.publisher.told import Telling

if __name__ == "__main__":
    address, kafka, topic = sys.argv[1:]
    telling = Telling(Journal("publisher", clock.now, io.StringIO()), clock.now)
    settings = LogSettings(kafka, topic, partitions=PARTITIONS)
    Publisher(address, settings, telling, Event()).run(once=True)
    print(telling.gauges.value("casebook_published_position"), peak())
