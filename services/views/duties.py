"""What is owed, by whom and by when."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from projections import duties
from services.store.database import Database
from services.views.rows import row_of

_DUTIES = """
    SELECT c.case_ref, d.body FROM view_duties d JOIN view_cases c USING (stream)
    WHERE (CAST(?1 AS TEXT) IS NULL OR c.case_ref = ?1)
    AND (CAST(?2 AS TEXT) IS NULL OR c.council = ?2)"""
_NEVER = datetime.max.replace(tzinfo=UTC)


def list_duties(
    views: Database,
    at: datetime,
    *,
    case: str | None = None,
    council: str | None = None,
    role: str | None = None,
    overdue: bool = False,
    include_ended: bool = False,
    now: bool = False,
) -> list[dict[str, Any]]:
    """What is owed at that moment, first what is due first; what has no due date comes last.

    A duty ended later was still owed then, one raised later is not there yet. `overdue` leaves
    only what is; `include_ended` adds what was done, done late or waived; `role` asks who owes it.
    `now` says that nothing recorded happened after `at`, which spares reading settled cases.
    """
    sql = _DUTIES + (" AND d.owed > 0" if now and not include_ended else "")
    found = []
    for reference, body in views.query(sql, (case, council)):
        for duty in duties.as_of(row_of(body, None), at):
            if (
                (include_ended or duty["status"] == duties.OWED)
                and (duty["overdue"] or not overdue)
                and role in (None, duty["owed_by"])
            ):
                found.append({"case": reference, **duty})
    return sorted(found, key=_urgency)


def _urgency(duty: dict[str, Any]) -> tuple[datetime, str, str]:
    due = datetime.fromisoformat(duty["due"]) if duty["due"] else _NEVER
    return (due, duty["raised_at"], duty["case"])
