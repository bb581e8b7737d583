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
    moment = write_moment(now)
    stream = {"kind": "account", "id": str(account.id)}
    actor = importer.as_actor()
    made = []
    for each in told:
        sequence, at = account.version + 1, write_moment(each.at)
        body = {
            "type": each.type,
            "version": 1,
            "stream": stream,
            "sequence": sequence,
            "case": case_ref,
            "council": council.id,
            "occurred_at": at,
            "precision": each.precision,
            "recorded_at": moment,
            "late": at < account.standing.last_occurred,
            "actor": actor,
            "policy": reference(each.policy if each.held else None, council),
            "rules": each.rules,
            "duties": _numbered(sequence, each.duties),
            "discharges": [],
            "command_id": row_id,
            "correlation_id": row_id,
            "irregular": _irregular(each),
            "data": each.data,
            "note": notes if each.type == "CommentFlagged" else place,
        }
        if each.substance:
            body["substance"] = each.substance
        if each.behalf:
            body["on_behalf_of"] = each.behalf[:LONGEST_NAME]
        account.record(body)
        made.append(body)
    return made


def _numbered(sequence: int, duties: Sequence[Body]) -> list[Body]:
    if not duties:
        return []
    return [{"duty": f"{sequence}.{number}", **duty} for number, duty in enumerate(duties, 1)]


def _irregular(told: Happening) -> list[Body]:
    if not told.irregular:
        return []
    return [{"rule": rule, "what": "; ".join(what)} for rule, what in told.irregular.items()]
