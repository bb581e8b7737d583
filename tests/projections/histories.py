"""Short histories of one account, built by hand, each event as it would be stored."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID, uuid5

import schemas
from projections.facts import Event, Fold, Row
from schemas.personal import split

CASEBOOK = UUID("6f1c0c1e-8a52-4c0b-9d57-0f6f3d0a9b11")
ENVELOPE = ("note", "already_done", "irregular", "rules", "actor", "on_behalf_of", "recorded_at")


class History(list[dict[str, Any]]):
    """Events in the order of recording; each call adds one, filled up from its schema's example."""

    def __init__(self, case: str = "ASH-7KQ2-M9XA", council: str = "ashfield") -> None:
        super().__init__()
        self.case, self.council = case, council
        self.stream = uuid5(CASEBOOK, case)

    def __call__(
        self,
        type: str,
        occurred_at: str = "2024-03-04T10:00",
        *,
        duties: Iterable[Mapping[str, Any]] = (),
        discharges: Iterable[str] = (),
        **data: Any,
    ) -> dict[str, Any]:
        example = schemas.event_schema(type)["examples"][0]
        sequence, moment = len(self) + 1, f"{occurred_at}:00+00:00"
        event = {
            **{word: value for word, value in example.items() if word not in ENVELOPE[:2]},
            "irregular": [],
            "stream": {"kind": example["stream"]["kind"], "id": str(self.stream)},
            **({"case": self.case} if "case" in example else {}),
            "council": self.council,
            "sequence": sequence,
            "occurred_at": moment,
            "recorded_at": moment,
            "duties": [_duty(sequence, n, duty) for n, duty in enumerate(duties, 1)],
            "discharges": list(discharges),
            **{word: data.pop(word) for word in ENVELOPE if word in data},
        }
        event["data"] = _without_none({**example["data"], **data})
        schemas.check_event(event)
        self.append(event)
        return event

    def opened(self, at: str = "2024-03-01T09:00", **data: Any) -> History:
        self("AccountOpened", at, **data)
        self("CommentFlagged", at, incident=1, account=None)
        return self

    def blocked(self, at: str = "2024-03-22T10:00", **data: Any) -> History:
        self("Blocked", at, **data)
        return self


def told(event: Mapping[str, Any]) -> Event:
    """An event as folds get it, its personal values apart."""
    clear, personal = split(dict(event))
    return {**clear, "personal": personal}


def folded(folds: Mapping[str, Fold], events: Iterable[Mapping[str, Any]]) -> Row:
    row: Row | None = None
    for event in events:
        if fold := folds.get(event["type"]):
            row = fold(row, event if "personal" in event else told(event))
    assert row is not None
    return row


def _duty(sequence: int, number: int, duty: Mapping[str, Any]) -> dict[str, Any]:
    empty = {"rule": "R-A12", "owed_by": "officer", "due": None, "calendar": None, "about": {}}
    return {"duty": f"{sequence}.{number}", **empty, **duty}


def _without_none(data: dict[str, Any]) -> dict[str, Any]:
    return {word: value for word, value in data.items() if value is not None}
