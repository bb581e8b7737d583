"""What a stranger needs to check a case, or the whole log, on a machine of their own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from domain.calendar.london import write_moment
from services.faults import EvidenceDamaged, Fault, RegisterCorrupt
from services.proof.bundle import Bundle, new_bundle
from services.proof.checkpoints import Checkpoint, read_checkpoint
from services.proof.custody import custody
from services.proof.integrity import BATCH, IntegrityLog
from services.proof.notes import NoteInvalid, to_base64
from services.proof.page import page

if TYPE_CHECKING:
    from services.assemble import Casework
    from services.store.evidence import Evidence
from services.store.lookups import Case

FORMAT = "casebook-export/1"
MOST_CHECKPOINTS = 200


class NothingToExport(Fault):
    """There is no event yet, or no checkpoint where one was named."""

    exit_code = 2


class CheckpointElsewhere(Fault):
    """A checkpoint that somebody kept is not one of this register's log."""

    exit_code = 6


def export_case(
    casework: Casework, case: Case, place: Path, since: Path | None = None
) -> dict[str, Any]:
    """Write one case to `place`: its events, each with its proof, and all that they name."""
    log, known = casework.integrity, _kept(since)
    last = _built(log)
    with casework.database.reading(), new_bundle(place) as bundle:
        rows = [row for row in casework.register.history.of(case.stream) if row[0] <= last.size]
        events = [orjson.loads(body) for _, body in rows]
        bundle.add("events.jsonl", (_line(position, body) for position, body in rows))
        bundle.add("proofs", (_proof(log, position, last.size) for position, _ in rows))
        _common(bundle, log, last, known)
        _policies(bundle, casework, events)
        chain = custody(events)
        _evidence(bundle, casework.evidence, case, chain)
        told = {**_told(casework, last, len(rows)), "case": case.case_ref, "council": case.council}
        told["custody"] = chain
        bundle.add("case.html", [page(told, events).encode()])
        bundle.seal(log, told)
    return told | {"left_out": bundle.left_out}


def export_log(casework: Casework, place: Path, since: Path | None = None) -> dict[str, Any]:
    """Write every event to `place`, with the checkpoints, and the proofs that lead between them."""
    log, known = casework.integrity, _kept(since)
    last = _built(log)
    with casework.database.reading(), new_bundle(place) as bundle:
        adopted: list[dict[str, Any]] = []
        bundle.add("events.jsonl", _events(casework, last.size, adopted))
        bundle.add("proofs", _leaves(log, last.size))
        _common(bundle, log, last, known)
        _policies(bundle, casework, adopted)
        told = {**_told(casework, last, last.size), "case": None, "council": None}
        bundle.seal(log, told)
    return told | {"left_out": bundle.left_out}


def _told(casework: Casework, last: Checkpoint, events: int) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "origin": last.origin,
        "size": last.size,
        "events": events,
        "made_at": write_moment(casework.clock()),
    }


def _built(log: IntegrityLog) -> Checkpoint:
    last = log.build()
    if last is None:
        raise NothingToExport("There is nothing in this register yet that could be exported.")
    return last


def _kept(since: Path | None) -> Checkpoint | None:
    if since is None:
        return None
    try:
        return read_checkpoint(since.read_bytes())
    except (OSError, NoteInvalid) as error:
        raise NothingToExport(f"{since} is no checkpoint: {error}.") from None


def _common(bundle: Bundle, log: IntegrityLog, last: Checkpoint, known: Checkpoint | None) -> None:
    """The checkpoint, those before it with the proofs that lead here, the keys, the verifier."""
    first, *later = log.checkpoints.key_periods()
    keys = [f"{first.key}\n", *(f"\n\n{period.hand_over}" for period in later)]
    bundle.add("keys", [each.encode() for each in keys])
    bundle.add("checkpoint", [str(last).encode()])
    older = {size: log.checkpoints.of(size) for size in _chosen(log, last.size)}
    if known and known.size < last.size:
        older[known.size] = known
    if known and known.size <= last.size and log.tiles.root(known.size) != known.root:
        raise CheckpointElsewhere(
            f"The checkpoint over {known.size} events that was kept is of another history than "
            "this register's: one of the two was changed. Nothing was exported."
        )
    bundle.add("checkpoints.jsonl", (_older(log, each, last) for each in older.values() if each))
    bundle.add("verify.py", [(files("services.proof") / "verify.py").read_bytes()])


def _chosen(log: IntegrityLog, last: int) -> list[int]:
    """Which checkpoints before the last go along: all, or of very many an even choice."""
    sizes = [size for size in log.checkpoints.sizes() if size < last]
    step = -(-len(sizes) // MOST_CHECKPOINTS) or 1
    return sizes[::-1][::step][::-1]


def _older(log: IntegrityLog, older: Checkpoint, last: Checkpoint) -> bytes:
    proof = [to_base64(each) for each in log.consistency(older.size, last.size)]
    return orjson.dumps({"note": str(older), "proof": proof}) + b"\n"


def _proof(log: IntegrityLog, position: int, size: int) -> bytes:
    hashes = [to_base64(each) for each in log.inclusion(position, size)]
    return orjson.dumps({"position": position, "hashes": hashes}) + b"\n"


def _leaves(log: IntegrityLog, size: int) -> Iterator[bytes]:
    for first in range(0, size, BATCH):
        hashes = log.tiles.leaves(first, min(BATCH, size - first))
        yield b"".join(
            hashes[begin : begin + 32].hex().encode() + b"\n" for begin in range(0, len(hashes), 32)
        )


def _events(casework: Casework, size: int, adopted: list[dict[str, Any]]) -> Iterator[bytes]:
    after = 0
    while after < size:
        rows = casework.register.history.stored(after=after, size=min(BATCH, size - after))
        if not rows:
            raise RegisterCorrupt(f"Event {after + 1} is missing. Run `casebook verify`.")
        for row in rows:
            if row.type == "PolicyAdopted":
                adopted.append(orjson.loads(row.body))
            yield _line(row.position, row.body)
        after = rows[-1].position


def _line(position: int, body: bytes) -> bytes:
    if b"\n" in body:
        raise RegisterCorrupt(f"Event {position} is damaged. Run `casebook verify`.")
    return body + b"\n"


def _policies(bundle: Bundle, casework: Casework, events: Iterable[dict[str, Any]]) -> None:
    wanted = dict.fromkeys(
        told["sha256"]
        for event in events
        for told in (event.get("policy"), event.get("substance"), _adopted(event))
        if told and told.get("sha256")
    )
    for digest in wanted:
        content = casework.directory.policy_file(digest)
        if content is None:
            bundle.left_out[f"policies/{digest}.toml"] = "the register does not hold this file"
        else:
            bundle.add(f"policies/{digest}.toml", [content])


def _adopted(event: dict[str, Any]) -> dict[str, Any] | None:
    data: dict[str, Any] = event["data"]
    return data if event["type"] == "PolicyAdopted" else None


def _evidence(bundle: Bundle, kept: Evidence, case: Case, chain: list[dict[str, Any]]) -> None:
    for digest in dict.fromkeys(each["sha256"] for each in chain if "sha256" in each):
        name = f"evidence/{digest}"
        try:
            kept.check(case.stream, digest)
        except EvidenceDamaged as damaged:
            bundle.left_out[name] = f"the evidence could not be exported: {damaged.message}"
            continue
        bundle.add(name, kept.pieces(case.stream, digest), packed=False)
