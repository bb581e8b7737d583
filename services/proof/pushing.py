"""Checkpoints taken out of the operator's reach, and witnesses' signatures brought back."""

from __future__ import annotations

import os
from pathlib import Path

from services.faults import Fault
from services.proof.checkpoints import Checkpoint, Checkpoints
from services.proof.keys import VerifierKey
from services.proof.notes import NoteInvalid, check_note, read_note
from services.store.database import Database

TIMEOUT_SECONDS = 30


class NotPushed(Fault):
    """The checkpoint is not at the place where it should be kept."""


class OtherCheckpoint(Fault):
    """At the place where checkpoints are kept there is another one of the same size."""

    exit_code = 6


class CosignatureRefused(Fault):
    """The witness's signature is not added."""

    exit_code = 2


def push(checkpoint: Checkpoint, where: str) -> str:
    """Take the checkpoint to a folder or an https:// address; says where it is.

    Raises NotPushed, and OtherCheckpoint where the folder holds another one of that size.
    """
    if "://" in where:
        return _post(checkpoint, where)
    folder = Path(where).expanduser()
    place = folder / f"{checkpoint.origin.replace('/', '-')}-{checkpoint.size}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if place.exists():
            if not place.read_text(encoding="utf-8").startswith(checkpoint.note.text + "\n"):
                raise OtherCheckpoint(
                    f"{place} is another checkpoint of {checkpoint.size} events: of two histories "
                    "one is false. Nothing was pushed; keep both."
                )
            return str(place)
        partial = place.with_name(f".{place.name}.{os.getpid()}")
        with partial.open("w", encoding="utf-8") as file:
            file.write(str(checkpoint))
            file.flush()
            os.fsync(file.fileno())
        partial.replace(place)
    except (OSError, UnicodeDecodeError) as error:
        raise NotPushed(f"The checkpoint can't be kept at {place} ({error}).") from None
    return str(place)


def add_cosignatures(
    database: Database, checkpoints: Checkpoints, content: bytes, witness: str
) -> int:
    """Keep the witness's signatures in a note that holds one of our checkpoints; how many.

    `witness` is the witness's public key. Raises CosignatureRefused.
    """
    try:
        note, key = read_note(content), VerifierKey.read(witness)
        size = int(note.text.split("\n")[1])
        ours = checkpoints.of(size)
        if ours is None or ours.note.text != note.text:
            raise CosignatureRefused("That is no checkpoint that this register signed.")
        check_note(note, [key])
    except (NoteInvalid, ValueError, IndexError) as error:
        raise CosignatureRefused(f"The cosignature is not added: {error}.") from None
    theirs = [
        each for each in note.signatures if (each.name, each.key_id) == (key.name, key.key_id)
    ]
    with database.writing():
        for each in theirs:
            checkpoints.cosign(size, each.line().rstrip("\n"))
    return len(theirs)


def _post(checkpoint: Checkpoint, address: str) -> str:
    from urllib.error import URLError
    from urllib.request import Request, urlopen

    if not address.startswith(("https://", "http://")):
        raise NotPushed(f"{address} is neither a folder nor an https:// address.")
    request = Request(
        address,
        data=str(checkpoint).encode(),
        headers={"Content-Type": "text/plain; charset=utf-8"},
    )
    try:
        with urlopen(request, timeout=TIMEOUT_SECONDS) as answer:
            answer.read(1)
    except (URLError, OSError, ValueError) as error:
        raise NotPushed(f"{address} did not take the checkpoint: {error}.") from None
    return address
