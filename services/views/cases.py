"""Which cases there are: the cases view, asked as an officer asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import orjson

from domain.handles import normal_handle
from projections import cases, sanctions
from projections.facts import Row
from services.store.database import Database
from services.views.rows import row_of

_FOUND = """
    SELECT c.stream, c.body, c.personal, coalesce(a.standing, 0), coalesce(d.owed, 0)
    FROM view_cases c
    LEFT JOIN view_appeals a USING (stream)
    LEFT JOIN view_duties d USING (stream)
    WHERE {conditions} ORDER BY c.council, c.case_ref"""
_POST = ("data.item.text", "data.value")
_REASONS = ("reason", "reasons", "why", "unremoved_because")


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFilter:
    """What a case must be to be listed; what is left out asks for nothing."""

    council: str | None = None
    status: str | None = None
    platform: str | None = None
    category: str | None = None
    text: str | None = None
    incomplete: bool = False
    unreviewed: bool = False
    irregular: bool = False


def list_cases(views: Database, wanted: CaseFilter | None = None) -> list[dict[str, Any]]:
    """Every case that fits, by council and reference; `status` is open, blocked or closed.

    `text` is looked for, whatever its case, in handles (old ones too), names, posts and reasons.
    """
    wanted = wanted or CaseFilter()
    sql, parameters = _query(wanted)
    needle = wanted.text.casefold() if wanted.text else None
    told = _streams_telling(views, needle) if needle else set()
    found = []
    for stream, body, personal, standing, owed in views.query(sql, parameters):
        row = row_of(body, personal)
        row.setdefault("personal", {})
        listed = _listed(row, standing, owed)
        if (
            wanted.status in (None, listed["status"])
            and (wanted.category is None or wanted.category in cases.categories(row))
            and (needle is None or stream in told or _named(row, needle))
        ):
            found.append(listed)
    return found


def owners(views: Database, *, council: str | None = None) -> dict[bytes, dict[str, Any]]:
    """Of each account stream its case, council, platform and present handle."""
    conditions = " WHERE council = ?" if council else ""
    rows = views.query(
        f"SELECT stream, body, personal FROM view_cases{conditions}", (council,) if council else ()
    )
    return {stream: owner(row_of(body, personal)) for stream, body, personal in rows}


def owner(row: Row) -> dict[str, Any]:
    """The words by which every list names a case."""
    row.setdefault("personal", {})
    return {
        "case": row["case"],
        "council": row["council"],
        "platform": row["platform"],
        "handle": cases.handle(row),
    }


def _query(wanted: CaseFilter) -> tuple[str, list[str]]:
    conditions, parameters = ["1 = 1"], []
    for column in ("council", "platform"):
        if value := getattr(wanted, column):
            conditions.append(f"c.{column} = ?")
            parameters.append(value)
    if wanted.incomplete:
        conditions.append("d.incomplete = 1")
    if wanted.unreviewed:
        conditions.append("c.unreviewed > 0")
    if wanted.irregular:
        conditions.append("c.stream IN (SELECT stream FROM view_irregular)")
    return _FOUND.format(conditions=" AND ".join(conditions)), parameters


def _listed(row: Row, standing: int, owed: int) -> dict[str, Any]:
    return {
        **owner(row),
        "name": cases.name(row),
        "status": cases.status(row, standing, owed),
        "incidents": len(row["incidents"]),
        "unreviewed": cases.unreviewed(row),
        "muted_on": [mute["channel"] for mute in sanctions.mutes(row)],
        "links": cases.links(row),
    }


def _named(row: Row, needle: str) -> bool:
    known = [fact[1] for history in row["personal"].values() for fact in history if fact[1]]
    if any(needle in name.casefold() for name in known):
        return True
    # As handles are looked up: an @, a link's host and full-width letters make no difference.
    plain = normal_handle(needle)
    return bool(plain) and any(plain in normal_handle(name) for name in known)


def _streams_telling(views: Database, needle: str) -> set[bytes]:
    """The streams in whose posts and reasons it stands."""
    written = orjson.dumps(needle)[1:-1].decode()
    found = set()
    # Looking in the bytes first spares reading most events; JSON writes quotation marks otherwise.
    rows = views.each("SELECT stream, personal FROM view_audit WHERE personal IS NOT NULL")
    for stream, personal in rows:
        if stream not in found and written in personal.decode().casefold():
            values = orjson.loads(personal).items()
            if any(needle in str(value).casefold() for path, value in values if _searched(path)):
                found.add(stream)
    return found


def _searched(path: str) -> bool:
    return path in _POST or path.rpartition(".")[2] in _REASONS
