"""Figures, counted from the register up to a cut-off.

They are not kept in step like the other views, because each cut-off has its own: what was known
then is counted from the events recorded by then, one account at a time. They are read from the
audit view, out of which whatever is personal has been cut.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

import orjson

from domain.calendar.london import london_date, write_moment
from domain.policy.policy import Policy
from projections.figures import Figure, Period, Tally, count_account, published
from projections.figures.tally import MONTH, NOT_KNOWN, months
from services.store.database import Database

AT_ONCE = 200

_STREAMS = "SELECT stream FROM view_cases WHERE council = ? AND stream > ? ORDER BY stream LIMIT ?"
_EVENTS = "SELECT stream, body FROM view_audit WHERE stream IN ({marks}) ORDER BY stream, sequence"
_COUNCILS = "SELECT council, stream FROM other_streams WHERE kind = 'council' ORDER BY council"


@dataclass(frozen=True, slots=True)
class CouncilFigures:
    """What is told of one council, and what it rests on."""

    council: str
    cut_off: str
    first: str
    last: str
    policies: list[dict[str, Any]]
    figures: list[Figure]


def council_figures(
    views: Database,
    policy: Callable[[str], Policy],
    at: datetime,
    *,
    period: tuple[date, date] | None = None,
    council: str | None = None,
    exact: bool = False,
) -> list[CouncilFigures]:
    """The figures of each council that there was at the cut-off, or of the one asked for.

    They count what was recorded by `at` and happened in the period, both days inclusive; without
    one, all that was. `policy` gives the policy by the SHA-256 of its file.
    """
    with views.reading():
        found = []
        for name, stream in views.query(_COUNCILS):
            adopted = _adopted(views, stream, at) if council in (None, name) else []
            if adopted:
                texts = [policy(each["sha256"]) for each in adopted]
                counted = _counted(views, name, at, _words(texts), period)
                found.append(_told(name, at, period, adopted, _words(texts), counted, exact))
        return found


def _told(
    council: str,
    at: datetime,
    period: tuple[date, date] | None,
    adopted: list[dict[str, Any]],
    words: dict[str, tuple[str, ...]],
    tally: Tally,
    exact: bool,
) -> CouncilFigures:
    today = london_date(at).isoformat()
    known = [cell.row for cell in tally if cell.table == MONTH and cell.row != NOT_KNOWN]
    first, last = (day.isoformat() for day in period) if period else ("", "")
    listed = months(first or min(known, default=today), min(last or today, today))
    figures = published(tally, listed, words, exact=exact)
    return CouncilFigures(council, write_moment(at), first, last, adopted, figures)


def _counted(
    views: Database,
    council: str,
    at: datetime,
    words: dict[str, tuple[str, ...]],
    period: tuple[date, date] | None,
) -> Tally:
    tally = Tally()
    asked = Period(*(day.isoformat() for day in period)) if period else None
    after = b""
    while streams := [row[0] for row in views.query(_STREAMS, (council, after, AT_ONCE))]:
        sql = _EVENTS.format(marks=", ".join("?" * len(streams)))
        for _, rows in groupby(views.each(sql, streams), key=lambda row: row[0]):
            if events := list(_known(rows, at)):
                count_account(tally, events, at, words, asked)
        after = streams[-1]
    return tally


def _adopted(views: Database, stream: bytes, at: datetime) -> list[dict[str, Any]]:
    """The policy versions that the council was known to have adopted."""
    found = [
        event["data"] for event in _known(views.query(_EVENTS.format(marks="?"), [stream]), at)
    ]
    return [data for data in found if "policy_version" in data]


def _known(rows: Iterable[tuple[Any, ...]], at: datetime) -> Iterator[dict[str, Any]]:
    cut_off = write_moment(at)
    for _, body in rows:
        event = orjson.loads(body)
        if event["recorded_at"] <= cut_off:
            yield {**event, "personal": {}}


def _words(policies: Iterable[Policy]) -> dict[str, tuple[str, ...]]:
    """The channels, categories and grounds of all these versions, in their order."""
    words: dict[str, dict[str, None]] = {"channel": {}, "category": {}, "ground": {}}
    for policy in policies:
        words["channel"] |= dict.fromkeys(policy.at("channels", "pages") or ())
        words["category"] |= dict.fromkeys(policy.categories)
        words["ground"] |= dict.fromkeys(policy.block_grounds)
    return {table: tuple(rows) for table, rows in words.items()}
