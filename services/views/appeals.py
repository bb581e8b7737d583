"""Who may appeal, since when and why: every block on a given day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from projections import appeals
from services.store.database import Database
from services.views.cases import owner
from services.views.incomplete import incomplete_since
from services.views.rows import row_of

AppealTerms = Callable[[str, dict[str, Any], date], dict[str, Any]]
"""From a council, the facts of a block and a day to `eligible`, `eligible_from`,
`eligible_until`, `because`, `agreement_needed`, `complaint_route` and `other_routes`: what the
policy makes of the facts."""

_BLOCKS = """
    SELECT a.body, c.body, c.personal, a.stream FROM view_appeals a JOIN view_cases c USING (stream)
    WHERE (CAST(?1 AS TEXT) IS NULL OR c.case_ref = ?1)
    AND (CAST(?2 AS TEXT) IS NULL OR c.council = ?2)"""
_SHOWN = (
    "block",
    "decided_on",
    "clock_started",
    "ground",
    "scope",
    "length",
    "status",
    "channels",
    "policy",
    "substance",
)
_TERMS = (
    "eligible",
    "eligible_from",
    "eligible_until",
    "because",
    "agreement_needed",
    "complaint_route",
    "other_routes",
)
_APPEAL = ("appeal", "received_on", "status", "acknowledge_by", "decide_by")


def list_appeals(
    views: Database,
    at: date,
    terms: AppealTerms,
    *,
    case: str | None = None,
    council: str | None = None,
    eligible: bool = False,
) -> list[dict[str, Any]]:
    """Every block decided by that London day, as it stood at its end, oldest decision first.

    A block taken back later still stands that day, and an appeal received later is not there yet.
    `terms` gets those facts, with `decided_at`, `decided_by`, `incidents`, `policy`, `substance`,
    `reversed_at` and `agreements` too. With `eligible`, only blocks that may be appealed against.
    """
    found = []
    incomplete = incomplete_since(views)
    for body, case_body, personal, stream in views.query(_BLOCKS, (case, council)):
        whose = owner(row_of(case_body, personal))
        for block in appeals.as_of(row_of(body, None), at.isoformat()):
            complete = stream not in incomplete
            listed = listed_block(whose, block, terms(whose["council"], block, at), complete)
            if listed["eligible"] or not eligible:
                found.append((block["decided_at"], whose["case"], block["block"], listed))
    return [entry[-1] for entry in sorted(found, key=lambda entry: entry[:3])]


def block_facts(views: Database, case: str, at: date) -> list[dict[str, Any]]:
    """The blocks of one case as `terms` gets them."""
    rows = views.query(_BLOCKS, (case, None))
    return [block for row in rows for block in appeals.as_of(row_of(row[0], None), at.isoformat())]


def listed_block(
    whose: dict[str, Any], block: dict[str, Any], terms: dict[str, Any], complete: bool
) -> dict[str, Any]:
    """A block as the appeals view lists it: whose it is, its facts, what the policy makes of it."""
    return {
        **whose,
        **{word: block[word] for word in _SHOWN},
        **{word: terms[word] for word in _TERMS},
        "appeals": [{word: appeal[word] for word in _APPEAL} for appeal in block["appeals"]],
        "complete": complete,
    }
