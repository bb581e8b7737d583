"""Makes whole events out of what a row tells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain.account.user_account import UserAccount
from domain.calendar.london import write_moment
from domain.people.council import Council
from services.importing.past import Happening, reference

Body = dict[str, Any]
LONGEST_NAME = 300


@dataclass(frozen=True, slots=True)
class Importer:
    """Who imports, and in which role."""

    id: str
    role: str

    def as_actor(self) -> Body:
        """As events name who acted."""
        return {"id": self.id, "role": self.role, "kind": "import"}


def record_all(
    account: UserAccount,
    case_ref: str,
    council: Council,
    told: Sequence[Happening],
    importer: Importer,
    row_id: str,
    place: str,
    notes: str,
    now: datetime,
) -> list[Body]:
    """The events of one row, taken by the account as they are made."""
    made = []
    for each in told:
        body = _body(account, case_ref, council, each, importer, row_id, now)
        body["note"] = notes if each.type == "CommentFlagged" else place
        account.record(body)
        made.append(body)
    return made


def _body(
    account: UserAccount,
    case_ref: str,
    council: Council,
    told: Happening,
    importer: Importer,
    row_id: str,
    now: datetime,
) -> Body:
    sequence, at = account.version + 1, write_moment(told.at)
    body = {
        "type": told.type,
        "version": 1,
        "stream": {"kind": "account", "id": str(account.id)},
        "sequence": sequence,
        "case": case_ref,
        "council": council.id,
        "occurred_at": at,
        "precision": told.precision,
        "recorded_at": write_moment(now),
        "late": at < account.standing.last_occurred,
        "actor": importer.as_actor(),
        "policy": reference(told.policy if told.held else None, council),
        "rules": told.rules,
        "duties": [
            {"duty": f"{sequence}.{number}", **duty} for number, duty in enumerate(told.duties, 1)
        ],
        "discharges": [],
        "command_id": row_id,
        "correlation_id": row_id,
        "irregular": [
            {"rule": rule, "what": "; ".join(what)} for rule, what in told.irregular.items()
        ],
        "data": told.data,
    }
    if told.substance:
        body["substance"] = told.substance
    if told.behalf:
        body["on_behalf_of"] = told.behalf[:LONGEST_NAME]
    return body
