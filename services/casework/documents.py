"""Reads a command document: sound in form, in its moments, and in one spelling throughout."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any
from uuid import uuid4

import schemas
from domain.calendar.london import london_date, parse_moment, write_moment
from domain.handles import normal_handle

ALIASES = {"twitter": "x"}
EARLIER = (("item", "posted_at"), ("seen_at",), ("captured_at",), ("changed_at",))
DATES = (
    *(("received_on",), ("review_on",), ("reply_by",), ("until",), ("from",)),
    ("length", "until"),
)


@dataclass(slots=True)
class Document:
    """A sound command: `fields` with moments in UTC, `digest` of the document as it was sent."""

    fields: dict[str, Any]
    at: datetime
    command_id: str
    digest: bytes
    id_given: bool


def read_document(sent: dict[str, Any], now: datetime) -> Document:
    """The command in a document; raises `schemas.InvalidDocument` with every fault at once."""
    fields = schemas.without_blanks(sent)
    faults: list[schemas.Fault] = []
    try:
        schemas.check_command(fields)
    except schemas.InvalidDocument as invalid:
        faults += invalid.faults
    at = _occurred_at(fields, now, faults)
    _check_moments(fields, at, faults)
    _check_handles(fields, faults)
    if faults:
        raise schemas.InvalidDocument(faults)
    account = fields.get("account")
    if account and account["platform"] in ALIASES:
        fields["account"] = account | {"platform": ALIASES[account["platform"]]}
    given = fields.get("command_id")
    digest = sha256(schemas.canonical(sent)).digest() if given else b""
    return Document(fields, at, given or str(uuid4()), digest, given is not None)


def _check_handles(fields: dict[str, Any], faults: list[schemas.Fault]) -> None:
    """A handle of which nothing is left, such as @ or a link to no account, names nobody."""
    for path in (("account", "handle"), ("handle",)):
        holder = _holder_of_text(fields, path)
        if holder and not normal_handle(holder["handle"]):
            problem = f"is {holder['handle']!r}, which names no account"
            faults.append(schemas.Fault(".".join(path), problem, "a handle, such as maple.heron"))


def _occurred_at(fields: dict[str, Any], now: datetime, faults: list[schemas.Fault]) -> datetime:
    text = fields.get("occurred_at")
    if not isinstance(text, str):
        return now
    moment = _moment(text, "occurred_at", faults)
    if moment is not None and moment > now:
        problem = f"{text} lies in the future"
        faults.append(schemas.Fault("occurred_at", problem, "now or an earlier moment"))
    return moment or now


def _check_moments(fields: dict[str, Any], at: datetime, faults: list[schemas.Fault]) -> None:
    for path in EARLIER:
        if path[0] in fields and (holder := _holder_of_text(fields, path)):
            holder[path[-1]] = _earlier(holder[path[-1]], ".".join(path), at, faults)
    for path in DATES:
        if path[0] in fields and (holder := _holder_of_text(fields, path)):
            holder[path[-1]] = _day(holder[path[-1]], ".".join(path), faults)


def _holder_of_text(fields: dict[str, Any], path: tuple[str, ...]) -> dict[str, Any] | None:
    holder: Any = fields
    for step in path[:-1]:
        holder = holder.get(step) if isinstance(holder, dict) else None
    return holder if isinstance(holder, dict) and isinstance(holder.get(path[-1]), str) else None


def _earlier(text: str, path: str, at: datetime, faults: list[schemas.Fault]) -> str:
    moment = _moment(text, path, faults)
    if moment is None:
        return text
    if moment > at:
        problem = f"{text} is after this happened, {write_moment(at)}"
        faults.append(schemas.Fault(path, problem, "an earlier moment"))
    return write_moment(moment)


def _day(text: str, path: str, faults: list[schemas.Fault]) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        faults.append(schemas.Fault(path, f"{text} is no date", "YYYY-MM-DD"))
        return text


def _moment(text: str, path: str, faults: list[schemas.Fault]) -> datetime | None:
    try:
        moment = parse_moment(text)
        london_date(moment)
    except ValueError as error:
        if all(fault.path != path for fault in faults):
            wanted = "a moment with an offset, such as 2025-03-03T10:15:00+00:00"
            faults.append(schemas.Fault(path, str(error), wanted))
        return None
    return moment
