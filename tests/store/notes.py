"""The smallest aggregate there is, to try the store with: a pad of notes."""

from __future__ import annotations

import contextlib
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from uuid import UUID

from domain.recorded import Recorded
from services.store.database import Database
from services.store.opening import open_database
from services.store.register import Register

ROOT = Path(__file__).parents[2]


class Pad:
    """Notes on one account, each an event."""

    def __init__(self, id: UUID) -> None:
        self.id = id
        self.texts: list[str] = []
        self._new: list[Recorded] = []

    @property
    def version(self) -> int:
        return len(self.texts)

    def write(self, text: str) -> None:
        event = note(self.id, len(self.texts) + 1, text)
        self.apply(event)
        self._new.append(event)

    def apply(self, event: Recorded) -> None:
        self.texts.append(event.body["data"]["text"])

    def collect_events(self) -> list[Recorded]:
        new, self._new = self._new, []
        return new


def read_pad(pad: Pad | None, events: Iterable[Recorded]) -> Pad | None:
    for event in events:
        pad = pad or Pad(event.originator_id)
        pad.apply(event)
    return pad


def note(stream: UUID, sequence: int, text: str) -> Recorded:
    return Recorded(
        stream,
        sequence,
        {
            "type": "NoteAdded",
            "version": 1,
            "stream": {"kind": "account", "id": str(stream)},
            "sequence": sequence,
            "case": "ASH-7KQ2-M9XA",
            "council": "ashfield",
            "occurred_at": "2025-03-03T10:15:00+00:00",
            "precision": "time",
            "recorded_at": "2025-03-03T10:15:00+00:00",
            "late": False,
            "actor": {"id": "jo.p", "role": "officer", "kind": "person"},
            "policy": {"id": "ashfield", "version": "2024-10", "sha256": "ab" * 32},
            "rules": [],
            "duties": [],
            "discharges": [],
            "command_id": "0b6f0e3c-6a4f-4c6e-9a53-6d3f5a1f2b10",
            "correlation_id": "0b6f0e3c-6a4f-4c6e-9a53-6d3f5a1f2b10",
            "irregular": [],
            "data": {"text": text},
        },
    )


def add_note(register: Register, stream: UUID, text: str) -> None:
    """Write one note in a transaction of its own."""
    with register.database.writing():
        pad = register.load(stream, read_pad)
        pad.write(text)
        register.save(pad)


def new_pad(register: Register, stream: UUID) -> None:
    pad = Pad(stream)
    pad.write("first")
    register.save(pad)


class CutShort(Exception):
    """What stops a transaction in these tests."""


def cut_short(database: Database, *steps: Callable[[], object]) -> None:
    """Take the steps in a transaction that fails after the last of them."""
    with contextlib.suppress(CutShort), database.writing():
        for step in steps:
            step()
        raise CutShort


def opened(where: Path | str) -> Register:
    return Register(open_database(where))


def start(script: str, *arguments: object) -> subprocess.Popen[str]:
    """Run a Python script as another process that sees this repository."""
    return subprocess.Popen(
        [sys.executable, "-c", script, *map(str, arguments)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
