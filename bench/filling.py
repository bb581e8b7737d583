"""A long register made quickly: real cases, written again and again under other names."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import NamedTuple
from uuid import UUID

import orjson

from bench.casework import STEPS, commands
from bench.registers import fitting_council, new_register
from services.assemble import Casework
from services.store.database import Database

MODELS = 8
BLOCK = 1_000

_EVENT = "INSERT INTO events (position, stream, sequence, type, body) VALUES (?, ?, ?, ?, ?)"
_CASE = "INSERT INTO cases (case_ref, council, stream) VALUES (?, ?, ?)"
_KNOWN = (
    "INSERT INTO known_as (council, platform, kind, value, stream, case_ref, from_position) "
    "VALUES (?, 'facebook', 'handle', ?, ?, ?, ?)"
)


class Model(NamedTuple):
    """The events of one real case, and the names to be replaced in them."""

    stream: bytes
    case: bytes
    handle: bytes
    events: list[tuple[str, bytes]]


def long_register(folder: Path, events: int) -> int:
    """A register of about so many events in whole cases; how many there are.

    The views are not made: a rebuild does that.

    Cases run side by side, a thousand at a time, so that the events of one lie far apart.
    """
    council = fitting_council()
    with new_register(folder, council) as casework:
        models = _models(casework, council)
        position = casework.projector.position
        chance = Random(11)
        while position < events:
            block = [(models[number % MODELS], _names(chance)) for number in range(BLOCK)]
            position = _write(casework.database, council, block, position)
    return position


def _models(casework: Casework, council: str) -> list[Model]:
    answers = [casework.handle(command) for command in commands(council, MODELS)]
    if any(answer["outcome"] not in ("accepted", "refused") for answer in answers):
        raise RuntimeError("the cases to copy were not accepted")
    rows = casework.database.query("SELECT stream, type, body FROM events ORDER BY position")
    found: dict[bytes, Model] = {}
    for stream, type_, body in rows:
        event = orjson.loads(body)
        if event["stream"]["kind"] != "account":
            continue
        if event["sequence"] == 1:
            handle = event["data"]["handle"].encode()
            name = event["stream"]["id"].encode()
            found[stream] = Model(name, event["case"].encode(), handle, [])
        found[stream].events.append((type_, body))
    return list(found.values())


def _names(chance: Random) -> tuple[UUID, str, str]:
    number = chance.getrandbits(128)
    case = f"BEN-{number % 10**4:04}-{(number >> 20) % 10**8:08}"
    return UUID(int=number, version=4), case, f"copied.heron.{number % 10**15}"


def _write(
    database: Database,
    council: str,
    block: list[tuple[Model, tuple[UUID, str, str]]],
    position: int,
) -> int:
    events, cases, known = [], [], []
    for step in range(STEPS + 2):
        for model, (stream, case, handle) in block:
            if step >= len(model.events):
                continue
            position += 1
            type_, body = model.events[step]
            written = body.replace(model.stream, str(stream).encode())
            written = written.replace(model.case, case.encode())
            written = written.replace(b'"' + model.handle + b'"', b'"%b"' % handle.encode())
            events.append((position, stream.bytes, step + 1, type_, written))
            if step == 0:
                cases.append((case, council, stream.bytes))
                known.append((council, handle, stream.bytes, case, position))
    with database.writing():
        for sql, rows in ((_EVENT, events), (_CASE, cases), (_KNOWN, known)):
            database.executemany(sql, rows)
    return position
