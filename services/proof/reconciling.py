"""Whether the store, the views and every other copy of the events agree, position by position."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Protocol

from services.projector.rebuilding import SourceLacks
from services.views.projector import ViewsOutOfStep
from services.views.tables import LIVE

if TYPE_CHECKING:
    from services.assemble import Casework
    from services.store.database import Database

Finding = dict[str, str]
MOST = 100


class Copy(Protocol):
    """A place beside the store that holds the events, such as a topic that others read."""

    def findings(self, casework: Casework) -> Iterator[Finding]:
        """Where it differs from the store, by position."""


def reconcile(casework: Casework, copies: Sequence[Copy] = ()) -> list[Finding]:
    """Where they differ, and what to do; none when all agree."""
    found = list(_store(casework.database))
    found += list(_views(casework, whole=not found))
    for copy in copies:
        found += list(copy.findings(casework))
    return found


def _store(database: Database) -> Iterator[Finding]:
    gaps = database.query(
        "SELECT e.position + 1 FROM events e WHERE e.position < (SELECT max(position) FROM events) "
        "AND NOT EXISTS (SELECT 1 FROM events n WHERE n.position = e.position + 1) "
        "ORDER BY e.position LIMIT ?",
        (MOST,),
    )
    first = database.one("SELECT min(position) FROM events")
    if first and first[0] and first[0] > 1:
        gaps = [(1,), *gaps]
    for (position,) in gaps:
        yield _finding("an event is missing", f"position {position}", "Put back the last backup.")
    holes = database.query(
        "SELECT stream, count(*), max(sequence) FROM events GROUP BY stream "
        "HAVING count(*) <> max(sequence) LIMIT ?",
        (MOST,),
    )
    for stream, count, last in holes:
        where = case_of(database, bytes(stream))
        what = f"of {last} events, {count} are there"
        yield _finding(what, where, "Put back the last backup.")


def _views(casework: Casework, *, whole: bool) -> Iterator[Finding]:
    database = casework.database
    last = casework.register.recorder.max_notification_id() or 0
    shown = casework.projector.position
    if shown > last:
        what = f"the views are ahead: they hold {shown} events, the store {last}"
        yield _finding(what, f"position {last + 1}", "Put back the last backup.")
    for (position,) in database.query(
        f"SELECT v.position FROM {LIVE('audit')} v WHERE NOT EXISTS "
        "(SELECT 1 FROM events e WHERE e.position = v.position) ORDER BY v.position LIMIT ?",
        (MOST,),
    ):
        what = "an event is in the view audit that the store does not hold"
        yield _finding(what, f"position {position}", "Put back the last backup.")
    if not whole or shown > last:
        return  # what to fold the views from anew is not there
    try:
        different = casework.differences()
    except (ViewsOutOfStep, SourceLacks) as out_of_step:
        different = [out_of_step.message]
    do = "casebook rebuild"
    if casework.views_are_elsewhere:
        do = f"See that casebook project runs. If it does: {do}"
    yield from (_finding(line.rstrip("."), "views", do) for line in different)


def case_of(database: Database, stream: bytes) -> str:
    """What people call a stream: the case, or whose events these are."""
    row = database.one("SELECT case_ref FROM cases WHERE stream = ?", (stream,))
    if row is None:
        row = database.one(
            "SELECT kind || ' ' || name FROM other_streams WHERE stream = ?", (stream,)
        )
    return str(row[0]) if row else stream.hex()


def _finding(what: str, where: str, do: str) -> Finding:
    return {"finding": what, "where": where, "do": do}
