"""How far a check of the register came, kept beside it so that it can go on from there."""

from __future__ import annotations

import json
from pathlib import Path

from services.proof.checking import Reached

FILE = "verify-progress.json"


def keep(folder: Path, reached: Reached) -> None:
    """Keep how far the check is; what was there before is replaced."""
    told = {
        "position": reached.position,
        "hashes": [each.hex() for each in reached.hashes],
        "findings": reached.findings,
    }
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    partial = folder / f".{FILE}"
    partial.write_text(json.dumps(told), encoding="utf-8")
    partial.replace(folder / FILE)


def kept(folder: Path) -> Reached | None:
    """How far an earlier check came that did not end; None where there is none, or no sound one."""
    try:
        told = json.loads((folder / FILE).read_text(encoding="utf-8"))
        hashes = [bytes.fromhex(each) for each in told["hashes"]]
        found = Reached(int(told["position"]), hashes, list(told["findings"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return found if len(hashes) == found.position.bit_count() else None


def forget(folder: Path) -> None:
    """The check ended: the next begins at the beginning."""
    (folder / FILE).unlink(missing_ok=True)
