"""Where the events of each council and each member of staff are, and the policy files adopted."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from services.store.database import Database

_LAY = "policy file "
"""Before a SHA-256: the key under which `meta` tells where that policy file lay."""


class Directory:
    """Streams that belong to no account; changed inside `database.writing()`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def councils(self) -> list[str]:
        """The councils of this register, in alphabetical order."""
        rows = self._database.query(
            "SELECT council FROM other_streams WHERE kind = 'council' ORDER BY council"
        )
        return [council for (council,) in rows]

    def council(self, council: str) -> UUID | None:
        """The stream of a council's own events, or None where the register has no such council."""
        return self._stream(council, "council", council)

    def staff_of(self, council: str) -> dict[str, UUID]:
        """The stream of each member of staff, by staff id."""
        rows = self._database.query(
            "SELECT name, stream FROM other_streams WHERE council = ? AND kind = 'staff' "
            "ORDER BY name",
            (council,),
        )
        return {name: UUID(bytes=stream) for name, stream in rows}

    def staff(self, council: str, staff: str) -> UUID | None:
        """The stream of one member of staff, or None where nobody was ever appointed so."""
        return self._stream(council, "staff", staff)

    def add_council(self, council: str, stream: UUID) -> None:
        """Enter a council; raises IntegrityError if it is there."""
        self._add(council, "council", council, stream)

    def add_staff(self, council: str, staff: str, stream: UUID) -> None:
        """Enter a member of staff; raises IntegrityError if they are there."""
        self._add(council, "staff", staff, stream)

    def keep_policy_file(self, content: bytes, path: Path | None = None) -> str:
        """Keep a policy file's bytes for good; returns their SHA-256 in hexadecimal.

        Where it lay is noted too, so that a doctor can look whether it was changed there.
        """
        digest = sha256(content)
        self._database.execute(
            "INSERT INTO policy_files (sha256, bytes) VALUES (?, ?) ON CONFLICT DO NOTHING",
            (digest.digest(), content),
        )
        if path:
            self._database.execute(
                "INSERT INTO meta (key, value) VALUES (?, ?) "
                "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                (_LAY + digest.hexdigest(), str(path.absolute())),
            )
        return digest.hexdigest()

    def policy_file(self, sha256_hex: str) -> bytes | None:
        """The bytes kept under this SHA-256, or None."""
        row = self._database.one(
            "SELECT bytes FROM policy_files WHERE sha256 = ?", (bytes.fromhex(sha256_hex),)
        )
        return bytes(row[0]) if row else None

    def policy_files(self) -> Iterator[tuple[str, bytes, Path | None]]:
        """Every policy file kept: the SHA-256 it is kept under, its bytes, and where it lay."""
        rows = self._database.query("SELECT sha256, bytes FROM policy_files ORDER BY sha256")
        for digest, content in rows:
            key = _LAY + digest.hex()
            lay = self._database.one("SELECT value FROM meta WHERE key = ?", (key,))
            yield digest.hex(), bytes(content), Path(lay[0]) if lay else None

    def _stream(self, council: str, kind: str, name: str) -> UUID | None:
        row = self._database.one(
            "SELECT stream FROM other_streams WHERE council = ? AND kind = ? AND name = ?",
            (council, kind, name),
        )
        return UUID(bytes=row[0]) if row else None

    def _add(self, council: str, kind: str, name: str, stream: UUID) -> None:
        self._database.execute(
            "INSERT INTO other_streams (council, kind, name, stream) VALUES (?, ?, ?, ?)",
            (council, kind, name, stream.bytes),
        )
