"""Consumes a topic and commits a row for each record: the second half of the bare way."""

from __future__ import annotations

import sys

import psycopg

from bench.servers import PARTITIONS
from services.log import kafka
from services.log.settings import LogSettings

TABLES = ("bare_store", "bare_views")


def prepared(address: str) -> None:
    """Make the tables of the bare way."""
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"CREATE TABLE {TABLES[0]} (id bytea PRIMARY KEY, body bytea)")
        connection.execute(f"CREATE TABLE {TABLES[1]} (id bytea PRIMARY KEY)")


def main() -> None:
    """Consume until killed."""
    address, at, topic = sys.argv[1:]
    consumer = kafka.consumer(LogSettings(at, topic, partitions=PARTITIONS))
    places = [kafka.TopicPartition(topic, each) for each in range(PARTITIONS)]
    consumer.assign(places)
    for place in places:
        consumer.seek(place, 0)
    with psycopg.connect(address, autocommit=True) as views:
        while True:
            found = consumer.poll(timeout_ms=200)
            keys = [(record.key,) for records in found.values() for record in records]
            if keys:
                with views.transaction(), views.cursor() as cursor:
                    cursor.executemany(f"INSERT INTO {TABLES[1]} VALUES (%s)", keys)


if __name__ == "__main__":
    main()
