"""Before a projector folds: the views are its own, and their offsets are those of this topic."""

from __future__ import annotations

from services.projector.tables import hand_over, is_handed_over
from services.store.database import Database
from services.store.opening import open_database

_TOPIC = "projected_topic_id"


def take_views(address: str) -> None:
    """Have the views folded from the log from now on, if they were folded with the record."""
    database = open_database(address)
    try:
        if not is_handed_over(database):
            with database.writing():
                hand_over(database)
    finally:
        database.close()


def follow_topic(database: Database, id: str) -> None:
    """Read the topic of that id; of another one than before from its beginning.

    What is in the views already comes again then, and is dropped.
    """
    with database.writing():
        known = database.query("SELECT value FROM meta WHERE key = ? FOR UPDATE", (_TOPIC,))
        if known == [(id,)]:
            return
        database.execute(
            "UPDATE projection_offsets SET next_offset = 0, epoch = 0, position = 0, "
            "generation = generation + 1"
        )
        database.execute(
            "INSERT INTO meta (key, value) VALUES (?, ?) "
            "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            (_TOPIC, id),
        )


def lose_nothing_but_time(database: Database) -> None:
    """Have commits on this connection not wait for the disk.

    What a crash of the server undoes, it undoes with its offsets: it is folded again.
    """
    database.at_once("SET synchronous_commit TO off")
