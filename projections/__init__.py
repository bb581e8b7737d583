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
    columns: tuple[str, ...]
    found_by: Callable[[Row], tuple[object, ...]]
    concerns: Callable[[Event], bool] | None = None
    """Which events of the types folded can change a row; all, where there is none."""


PROJECTIONS = (
    Projection("cases", cases.FOLDS, cases.COLUMNS, cases.found_by),
    Projection(
        "appeals", appeals.FOLDS, appeals.COLUMNS, appeals.found_by, concerns=appeals.concerns
    ),
    Projection("duties", duties.FOLDS, duties.COLUMNS, duties.found_by, concerns=duties.concerns),
    Projection("complaints", complaints.FOLDS, complaints.COLUMNS, complaints.found_by),
)
"""Audit stands beside them: one row for each event, of whatever type."""
