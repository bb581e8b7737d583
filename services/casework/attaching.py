"""Puts evidence bytes safely on the disk before the event that tells of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID

from domain.commands.verdict import Draft
from services.store.evidence import Evidence


def attach(
    evidence: Evidence, stream: UUID, fields: dict[str, Any], drafts: list[Draft], dry: bool
) -> None:
    """Keep the file that a capture names; raises EvidenceFileMissing where it can't be read."""
    if "file" not in fields or fields["command"] != "capture":
        return
    source = Path(fields["file"])
    if dry:
        evidence.readable(source)
        return
    kept = evidence.keep(stream, source)
    for draft in drafts:
        draft.data |= {"sha256": kept.sha256, "size": kept.size, "file_name": source.name}
