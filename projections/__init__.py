"""The questions people ask of the register, each answered by a pure fold over its events."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from projections import appeals, cases, complaints, duties
from projections.facts import Event, Fold, Row


@dataclass(frozen=True, slots=True)
class Projection:
    """One view with a row for each account: which events change it, how, and what finds a row."""

    name: str
    folds: Mapping[str, Fold]
    columns: Mapping[str, Callable[[Row], object]]
    concerns: Callable[[Event], bool] = lambda event: True


PROJECTIONS = (
    Projection(
        "cases",
        cases.FOLDS,
        {
            "case_ref": lambda row: row["case"],
            "council": lambda row: row["council"],
            "platform": lambda row: row["platform"],
            "unreviewed": lambda row: len(cases.unreviewed(row)),
        },
    ),
    Projection("appeals", appeals.FOLDS, {"standing": appeals.standing}, appeals.concerns),
    Projection(
        "duties",
        duties.FOLDS,
        {
            "owed": lambda row: len(duties.owed_codes(row)),
            "incomplete": lambda row: "complete_record" in duties.owed_codes(row),
        },
        duties.concerns,
    ),
    Projection("complaints", complaints.FOLDS, {"unanswered": complaints.unanswered}),
)
"""Audit stands beside them: one row for each event, of whatever type."""
