"""What is true at the end: of the store, of the topic and of the views."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from uuid import UUID

from services import clock
from services.log.counting import Standing, those_that_count
from services.log.reading import TopicReader
from services.projector.sources import from_record
from services.store.database import Database
from services.store.postgres import PostgresDatabase
from tests.soak.town import Town
from tests.soak.writer import Answer, answers_in


@dataclass
class Verdict:
    """How many commands were answered, and whatever is wrong, in words."""

    commands: int = 0
    again: int = 0
    events: int = 0
    records: int = 0
    counted: Counter[Standing] = field(default_factory=Counter)
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    out_of_order: list[str] = field(default_factory=list)
    views: list[str] = field(default_factory=list)

    @property
    def wrong(self) -> list[str]:
        """All that is wrong."""
        return [*self.lost, *self.doubled, *self.out_of_order, *self.views]


def judged(town: Town) -> Verdict:
    """Compare what the writers were answered with the store, the topic and the views."""
    verdict = Verdict()
    views = PostgresDatabase.open_views(town.address)
    try:
        _store(verdict, views, [each for path in town.journals for each in answers_in(path)])
        _topic(verdict, views, town)
        _views(verdict, views, town)
    finally:
        views.close()
    return verdict


def _store(verdict: Verdict, database: Database, answers: list[Answer]) -> None:
    """Every answer that was given as accepted is in the store once."""
    rows = database.query("SELECT position, sequence, type, body FROM events ORDER BY position")
    verdict.events = len(rows)
    if [row[0] for row in rows] != list(range(1, len(rows) + 1)):
        verdict.lost.append("positions have gaps")
    stored: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for _, sequence, type, body in rows:
        stored[json.loads(body)["command_id"]].append((sequence, type))
    for answer in answers:
        verdict.commands += 1
        verdict.again += answer["again"]
        command, told = answer["command_id"], answer["events"]
        if answer["outcome"] != "accepted":
            verdict.lost.append(f"{command} was {answer['outcome']}: {answer.get('why')}")
        held = sorted(stored[command])
        wanted = sorted((event["sequence"], event["type"]) for event in told)
        if missing := [each for each in wanted if each not in held]:
            verdict.lost.append(f"{command}: {missing} was answered and is not stored")
        if len(held) > len(wanted):
            verdict.doubled.append(f"{command}: answered {wanted}, stored {held}")
    verdict.doubled += [
        f"{command} was answered {times} times"
        for command, times in Counter(answer["command_id"] for answer in answers).items()
        if times > 1
    ]


def _topic(verdict: Verdict, database: Database, town: Town) -> None:
    """Everything stored is in the topic, in order per account, with the same bytes."""
    with TopicReader(town.log, town.log.partitions) as reader:
        ends = reader.ends().following
        records = [each for read in reader.raw(dict.fromkeys(ends, 0), ends) for each in read]
    verdict.records = len(records)
    log: dict[bytes, list[tuple[int, bytes]]] = defaultdict(list)
    for record in those_that_count(records, {}, verdict.counted):
        log[record.stream].append((record.sequence, record.body))
    stored: dict[bytes, list[tuple[int, bytes]]] = defaultdict(list)
    sql = "SELECT stream, sequence, body FROM events ORDER BY stream, sequence"
    for stream, sequence, body in database.query(sql):
        stored[stream].append((sequence, body))
    for stream, events in stored.items():
        if log[stream] == events:
            continue
        found = [sequence for sequence, _ in log[stream]]
        where = verdict.out_of_order if sorted(found) == [s for s, _ in events] else verdict.lost
        where.append(f"account {UUID(bytes=stream)}: {len(events)} events, in the topic {found}")


def _views(verdict: Verdict, database: Database, town: Town) -> None:
    """Each view equals the fold of the record."""
    held = database.query("SELECT count(*) FROM view_audit")[0][0]
    if held != verdict.events:
        verdict.views.append(f"the views hold {held} events of {verdict.events}")
    with from_record(town.address, clock.now, lambda _: None) as rebuilding:
        verdict.views += rebuilding.differences()
