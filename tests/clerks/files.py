"""A year's commands in one file, and what comes of it: submitted by one process or by several."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

from services import assemble
from services.cli.sharing_out import LARGE
from tests.crash.registers import submit, submit_file
from tests.year.office import Office
from tests.year.oracle import Oracle
from tests.year.test_year import begin, play
from tests.year.town import Town

Document = dict[str, Any]
REFERENCE = re.compile(r"\b[A-Z]{3}-[2-9A-Z]{4}-[2-9A-Z]{4}\b")


def half_a_year(folder: Path, copies: list[Path], commands: int, seed: int) -> list[Document]:
    """Play a year; copy the register at its half; returns the commands of the other half."""
    oracle = Oracle()
    town = Town(seed, oracle)
    office = Office(folder, lambda: town.now, oracle)
    begin(office, town)
    play(office, town, commands // 2)
    pairs = _linked(office, Random(seed), 12)
    known = {case.ref for case in oracle.cases if case.ref}
    office.casework.register.database.query("PRAGMA wal_checkpoint(TRUNCATE)")
    for copy in copies:
        shutil.copytree(folder, copy)
    first = len(office.told)
    play(office, town, commands)
    office.close()
    documents = [_named(document, case, known) for case, document in office.told[first:]]
    return _mixed(documents, pairs, Random(seed))


def _linked(office: Office, chance: Random, count: int) -> list[tuple[str, str, str]]:
    """Pairs of cases that can be linked."""
    found = []
    for council in ("ashfield", "north-northamptonshire"):
        cases = [c for c in office.oracle.cases if c.ref and c.council.id == council]
        for _ in range(count):
            here, there = chance.sample(cases, 2)
            found.append((council, here.ref, there.ref))
    return found


def _named(document: Document, case: Any, known: set[str]) -> Document:
    """The command by its account's handle, where its case was opened only after the copying."""
    if "case" not in document or document["case"] in known or case is None:
        return document
    rest = {field: value for field, value in document.items() if field != "case"}
    return rest | {"account": {"platform": case.platform, "handle": case.handle}}


def _mixed(
    documents: list[Document], pairs: list[tuple[str, str, str]], chance: Random
) -> list[Document]:
    """With links and appointments among them, as far apart as they are in life, and repetitions."""
    made = []
    at = "2025-06-02T09:00:00+00:00"
    for number, document in enumerate(documents):
        at = document.get("occurred_at", at)
        made.append(document | {"occurred_at": at})
        if number % 150 == 75 and pairs:
            council, here, other = pairs.pop()
            made.append(
                {
                    "command": "link-accounts",
                    "council": council,
                    "actor": "mia",
                    "case": here,
                    "other": other,
                    "kind": "same_account",
                    "reason": "the same picture",
                    "evidence": "two screenshots",
                    "command_id": str(UUID(int=chance.getrandbits(128))),
                    "occurred_at": at,
                }
            )
        if number % 40 == 7:
            made.append(chance.choice(made[-60:]))
        if number % 211 == 100:
            made.append({"command": "note", "council": document["council"], "text": "of nobody"})
    return made


def together(folder: Path, documents: list[Document]) -> tuple[list[Document], int]:
    """The answers of one process, to which the lines come through a pipe."""
    process = submit(folder)
    printed, errors = process.communicate(_lines(documents), timeout=300)
    assert errors == b""
    return _told(printed), process.returncode


def shared_out(folder: Path, documents: list[Document]) -> tuple[list[Document], int]:
    """The answers of several processes, from a file that is large enough."""
    file = folder.parent / f"{folder.name}.jsonl"
    file.write_bytes(large(_lines(documents)))
    process = submit_file(folder, file)
    printed, errors = process.communicate(timeout=300)
    assert errors == b""
    return _told(printed), process.returncode


def large(lines: bytes) -> bytes:
    """The same lines in a file worth several processes: blank lines are none."""
    return lines + b"\n" * max(0, LARGE - len(lines))


def recorded(folder: Path) -> list[Document]:
    """Every event in the order of recording, after a check that the register is whole."""
    with assemble.open_casework(folder) as casework:
        assert casework.differences() == []
        assert casework.integrity.findings() == []
        assert casework.database.query("PRAGMA integrity_check") == [("ok",)]
        batches = list(casework.register.history.batches())
    positions = [position for batch in batches for position, _ in batch]
    assert positions == list(range(1, len(positions) + 1))
    return [event.body for batch in batches for _, event in batch]


def by_account(events: list[Document]) -> dict[str, list[str]]:
    """The events of each account by the command that opened it, without what is random."""
    opened = {event["stream"]["id"]: event["command_id"] for event in events[::-1]}
    references = {
        event["case"]: opened[event["stream"]["id"]] for event in events if "case" in event
    }
    found: dict[str, list[str]] = {}
    for event in events:
        told = {k: v for k, v in event.items() if k not in ("stream", "recorded_at")}
        text = REFERENCE.sub(lambda m: references.get(m[0], m[0]), json.dumps(told))
        found.setdefault(opened[event["stream"]["id"]], []).append(text)
    return found


def _lines(documents: list[Document]) -> bytes:
    return b"".join(json.dumps(document).encode() + b"\n" for document in documents)


def _told(printed: bytes) -> list[Document]:
    """The answers, with each case by the order of its first mention: a reference is random."""
    cases: dict[str, str] = {}
    text = REFERENCE.sub(lambda m: cases.setdefault(m[0], f"case {len(cases)}"), printed.decode())
    return [json.loads(line) for line in text.splitlines()]
