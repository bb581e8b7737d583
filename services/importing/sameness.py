"""When two rows are the same: by reference, else by account, dates and text, as cells mean."""

from __future__ import annotations

import re
from hashlib import sha256
from uuid import UUID, uuid5

import schemas
from services.importing.rows import Row, yes_or_no
from services.importing.wording import meaning, one_line, squeezed

_ROWS = UUID("5d7b0f0e-6a53-5d0f-9d0c-8f5a3b6f2c11")
Place = tuple[int, tuple[str | int, ...]]


def row_id(council: str, row: Row) -> str:
    """The id under which the register keeps that this row was recorded."""
    return str(uuid5(_ROWS, f"{council} row {'|'.join(_identity(row))}"))


def person_id(council: str, platform: str, name: str) -> str:
    """The id of an account of which a register tells the name only."""
    return str(uuid5(_ROWS, f"{council} person {platform} {one_line(name).casefold()}"))


def digest(row: Row) -> bytes:
    """The SHA-256 of what the row's cells mean, however they are typed."""
    said = {name: _meant(name, text) for name, text in row.said.items()}
    if row.ref is None:
        # Without a reference a note more is no other incident.
        said = {name: said[name] for name in ("why", "action", "appeal_outcome") if name in said}
    said |= {name: when.written() for name, when in row.days.items()}
    said |= {"platform": row.platform, "handle": row.handle or "", "blocks": str(row.blocks)}
    said.pop("blocked", None)
    return sha256(schemas.canonical(said)).digest()


def place(row: Row) -> Place:
    """Where the row comes in the order of recording, however its register is sorted."""
    if row.ref:
        return 0, tuple(_natural(row.ref))
    return 1, _identity(row)


def _identity(row: Row) -> tuple[str, ...]:
    if row.ref:
        return ("ref", one_line(row.ref).casefold())
    days = [
        row.days[name].written() if name in row.days else "" for name in ("seen_at", "posted_at")
    ]
    who = row.said.get("account_id") or row.handle or one_line(row.said.get("name", "")).casefold()
    return (days[1] or days[0], days[0], row.platform, who, one_line(row.said.get("text", "")))


def _natural(text: str) -> list[str | int]:
    parts = re.split(r"(\d+)", one_line(text).casefold())
    return [int(part) if part.isdecimal() else part for part in parts]


def _meant(name: str, text: str) -> str:
    if name == "action":
        return meaning("actions", text) or squeezed(text)
    if name == "evidence":
        answer = yes_or_no(text) if len(text) <= 4 else None
        return squeezed(text) if answer is None else str(answer)
    return one_line(text)
