"""Puts evidence bytes safely on the disk before the event that tells of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID

import schemas
from domain.commands.verdict import Draft
from services.evidence import digest_of
from services.store.evidence import Evidence


def attach(
    evidence: Evidence, stream: UUID, fields: dict[str, Any], drafts: list[Draft], dry: bool
) -> None:
    """Keep the file that a capture names.

    Raises EvidenceFileMissing where it can't be read, `schemas.InvalidDocument` where it is
    another than the one of which the SHA-256 is told.
    """
    if "file" not in fields or fields["command"] != "capture":
        return
    source = Path(fields["file"])
    _check_digest(source, fields.get("sha256"))
    if dry:
        evidence.readable(source)
        return
    kept = evidence.keep(stream, source)
    for draft in drafts:
        draft.data |= {"sha256": kept.sha256, "size": kept.size, "file_name": source.name}


def _check_digest(source: Path, told: str | None) -> None:
    if told is not None and (found := digest_of(source)) != told:
        problem = f"is not that of {source.name}, which is {found}"
        fault = schemas.Fault("sha256", problem, "the SHA-256 of that file, or nothing")
        raise schemas.InvalidDocument([fault])
