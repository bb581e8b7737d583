"""Complaints, open and answered."""

from __future__ import annotations

from typing import Any

from projections import complaints
from services.store.database import Database
from services.views.cases import owner
from services.views.rows import row_of

_COMPLAINTS = """
    SELECT p.body, p.personal, c.body, c.personal
    FROM view_complaints p JOIN view_cases c USING (stream)
    WHERE (CAST(?1 AS TEXT) IS NULL OR c.case_ref = ?1)
    AND (CAST(?2 AS TEXT) IS NULL OR c.council = ?2)"""


def list_complaints(
    views: Database, *, case: str | None = None, council: str | None = None
) -> list[dict[str, Any]]:
    """Every complaint at the stage it has reached, in the order of receipt."""
    found = []
    for body, about, case_body, personal in views.query(_COMPLAINTS, (case, council)):
        row, whose = row_of(body, about), owner(row_of(case_body, personal))
        for complaint in complaints.listed(row):
            abouts = row.get("personal", {})
            found.append({**whose, **complaint, "about": abouts.get(str(complaint["complaint"]))})
    return sorted(found, key=lambda each: (each["received_on"], each["case"], each["complaint"]))
