"""Makes whole events out of what was decided: numbers, moments, rules, duties."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.calendar.london import write_moment
from domain.commands.duties import numbers
from domain.commands.judging import Judgement
from domain.commands.verdict import Draft
from domain.policy.policy import Policy
from services.casework.documents import Document

Body = dict[str, Any]


def actor_of(document: Document, role: str | None) -> Body:
    """The person who acts, and the role that they act in."""
    return {"id": document.fields["actor"], "role": role or None, "kind": "person"}


def timer(role: None = None) -> Body:
    """The timer, which ends what runs out."""
    return {"id": "casebook", "role": role, "kind": "timer"}


def bodies(
    stream: UUID,
    case_ref: str,
    council: str,
    version: int,
    last_occurred: str,
    judgement: Judgement,
    drafts: Sequence[Draft],
    document: Document,
    actor: Body,
    now: datetime,
) -> list[Body]:
    """The events of one command, numbered on from `version`; duties get their ids here."""
    at = write_moment(document.at)
    rules = [rule.id for rule in judgement.verdict.rules if rule.id != "STATE"]
    made = []
    for sequence, draft in enumerate(drafts, version + 1):
        number = 0
        for duty in draft.owes:
            if duty.id is None:
                number += 1
                duty.id = f"{sequence}.{number}"
        body = {
            "type": draft.type,
            "version": 1,
            "stream": {"kind": "account", "id": str(stream)},
            "sequence": sequence,
            "case": case_ref,
            "council": council,
            "occurred_at": at,
            "precision": "time",
            "recorded_at": write_moment(now),
            "late": at < last_occurred,
            "actor": actor,
            "rules": rules,
            "duties": numbers(draft.owes),
            "discharges": draft.ends,
            "command_id": document.command_id,
            "correlation_id": document.command_id,
            "irregular": judgement.irregular,
            "data": draft.data,
        }
        _add_optional(body, judgement.policy, judgement.substance, document.fields)
        made.append(body)
    return made


def _add_optional(
    body: Body, policy: Policy | None, substance: Policy | None, fields: dict[str, Any]
) -> None:
    if policy:
        body["policy"] = policy.as_reference()
        if substance and substance.sha256 != policy.sha256:
            body["substance"] = substance.as_reference()
    for name in ("on_behalf_of", "note"):
        if name in fields:
            body[name] = fields[name]
    if "already_done" in fields:
        body["already_done"] = fields["already_done"]["reason"]


def office_body(
    kind: str,
    stream: UUID,
    sequence: int,
    council: str,
    type_: str,
    data: Body,
    document: Document,
    actor: Body,
    now: datetime,
) -> Body:
    """An event of a member of staff or of the council itself."""
    body: Body = {
        "type": type_,
        "version": 1,
        "stream": {"kind": kind, "id": str(stream)},
        "sequence": sequence,
        "council": council,
        "occurred_at": write_moment(document.at),
        "precision": "time",
        "recorded_at": write_moment(now),
        "late": False,
        "actor": actor,
        "rules": [],
        "duties": [],
        "discharges": [],
        "command_id": document.command_id,
        "correlation_id": document.command_id,
        "irregular": [],
        "data": data,
    }
    _add_optional(body, None, None, document.fields)
    return body
