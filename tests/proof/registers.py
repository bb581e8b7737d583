"""Registers to export from, and exports in memory that a test may damage."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from services.proof import verify
from services.proof.exporting import export_case, export_log
from tests.scenarios import Scenario

EVENTS = 98
COUNCIL = "ashfield"
Files = dict[str, bytes]


def long_case(folder: Path) -> Scenario:
    """A register with one case of over 100 events, evidence, six checkpoints and two keys."""
    made = Scenario(folder / "register", COUNCIL)
    shot = folder / "shot.png"
    shot.write_bytes(bytes(range(256)))
    incident = made.flagged("2026-03-02")
    made.given("capture", "2026-03-02", incident=incident, file=str(shot), lawful_to_hold=True)
    for number in range(EVENTS):
        made.given("note", "2026-03-03", text=f"note {number} – again")
        if number % 25 == 0:
            made.casework.integrity.build()
        if number == 60:
            made.casework.integrity.rotate()
    return made


def exported_case(made: Scenario, place: Path, since: Path | None = None) -> Path:
    """The present case, exported to a new file."""
    case = made.casework.reading.find_case(None, made.case)
    export_case(made.casework, case, place, since)
    return place


def exported_log(made: Scenario, place: Path) -> Path:
    """The whole log, exported to a new file."""
    export_log(made.casework, place)
    return place


def files_of(bundle: Path) -> Files:
    """What is in an export, by name."""
    with zipfile.ZipFile(bundle) as zip_file:
        return {name: zip_file.read(name) for name in zip_file.namelist()}


def written(files: Files, place: Path) -> Path:
    """A zip file of these files."""
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as zip_file:
        for name, content in files.items():
            zip_file.writestr(name, content)
    return place


def copied(made: Scenario, place: Path) -> Path:
    """The register's folder as it lies there now, copied while it is open."""
    shutil.copytree(made.casework.database.folder, place)
    return place


class InMemory(verify.Bundle):
    """An export whose files are held in memory."""

    def __init__(self, files: Files) -> None:
        self.held = files
        self.sizes = {name: len(content) for name, content in files.items()}

    def pieces(self, name: str) -> Iterator[bytes]:
        if name not in self.held:
            raise verify.Wrong(f"{name} is missing from the bundle")
        yield self.held[name]


def checked(files: Files, known: bytes = b"", trusted: str = "") -> verify.Check:
    """What the verifier says of these files."""
    return verify.Check(InMemory(files), known, trusted)


def quick_ed25519(public: bytes, text: bytes, signature: bytes) -> bool:
    """The signature checked by a library: as `verify.ed25519`, in a fiftieth of the time."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, text)
    except (InvalidSignature, ValueError):
        return False
    return True


def flips(content: bytes) -> Iterator[bytes]:
    """The content with one bit changed, for every bit of it."""
    held = bytearray(content)
    for place in range(len(held)):
        for bit in range(8):
            held[place] ^= 1 << bit
            yield bytes(held)
            held[place] ^= 1 << bit


def refused(step: Callable[..., object], *words: object) -> bool:
    """Whether the verifier calls it wrong."""
    try:
        step(*words)
    except (verify.Wrong, LookupError, TypeError, AttributeError, ValueError, RecursionError):
        return True  # what `verify.Check.attempt` tells as malformed
    return False
