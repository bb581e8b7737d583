"""Audit: every event as it was recorded, one row each; and what a list of them comes to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from projections import appeals, cases, complaints, content, duties, proposals, sanctions
from projections.facts import Event, Fold, Row, numbered

ALWAYS = "9999-12-31"


def state(events: Iterable[Event], at: datetime) -> Row:
    """What these events of one case come to; `at` tells what is overdue, all else is theirs."""
    events = list(events)
    case = folded(cases.FOLDS, events)
    blocked = folded(appeals.FOLDS, events)
    blocks = appeals.as_of(blocked, ALWAYS) if blocked else []
    owing = folded(duties.FOLDS, events)
    owed = [d for d in duties.as_of(owing, at) if d["status"] == duties.OWED] if owing else []
    complained = folded(complaints.FOLDS, events)
    proposed = folded(proposals.FOLDS, events)
    standing = sum(block["status"] == "blocked" for block in blocks)
    return {
        "status": cases.status(case, standing, len(owed)) if case else "open",
        "links": cases.links(case) if case else [],
        "incidents": _incidents(case, folded(content.FOLDS, events)),
        "warnings": sanctions.warnings(case) if case else [],
        "mutes": sanctions.mutes(case) if case else [],
        "blocks": [{k: v for k, v in block.items() if k != "appeals"} for block in blocks],
        "proposals": proposals.listed(proposed) if proposed else [],
        "appeals": [{"block": b["block"], **appeal} for b in blocks for appeal in b["appeals"]],
        "complaints": complaints.listed(complained) if complained else [],
        "duties": owed,
    }


def folded(folds: Mapping[str, Fold], events: Iterable[Event]) -> Row | None:
    """The row that these events of one case come to by these folds; None where none concerns."""
    row = None
    for event in events:
        if fold := folds.get(event["type"]):
            row = fold(row, event)
    return row


def _incidents(case: Row | None, seen: Row | None) -> list[Row]:
    return [
        {
            "incident": number,
            "status": cases.judgement(incident),
            "content": content.seen(seen, number),
            **({"changes": made} if (made := content.changes(seen, number)) else {}),
        }
        for number, incident in numbered(case["incidents"] if case else {})
    ]
