"""Complaints: which are open and which answered, at which stage, and by when each is due."""

from __future__ import annotations

from typing import Any

from projections.facts import Event, Fold, Row, account, amended, numbered, part, said


def received(row: Row | None, event: Event) -> Row:
    """Somebody complains; the route is open whatever the policy says of appeals (R-A53)."""
    data = event["data"]
    row = account(row, event, "complaints", "personal")
    facts = {"received_on": data["received_on"], "via": data["via"], "block": data.get("block")}
    row = amended(row, "complaints", data["complaint"], **facts)
    row = {**row, "personal": {**row["personal"], str(data["complaint"]): said(event, "about")}}
    return _begun(row, event)


def escalated(row: Row | None, event: Event) -> Row:
    """Another person looks at it anew."""
    return _begun(account(row, event, "complaints", "personal"), event)


def acknowledged(row: Row | None, event: Event) -> Row:
    """The person was told that it arrived; from here the answer is due."""
    facts = {"acknowledged_at": event["occurred_at"], "answer_by": event["data"].get("answer_by")}
    return _stage(row, event, **facts)


def extended(row: Row | None, event: Event) -> Row:
    """The answer will take longer; of two extensions the later one counts."""
    known = _known(row, event).get("extended", ["", None])
    return _stage(row, event, extended=max(known, [event["occurred_at"], event["data"]["until"]]))


def answered(row: Row | None, event: Event) -> Row:
    """The person has an answer at this stage."""
    facts = {"answered_at": event["occurred_at"], "result": event["data"]["result"]}
    return _stage(row, event, **facts)


FOLDS: dict[str, Fold] = {
    "ComplaintReceived": received,
    "ComplaintAcknowledged": acknowledged,
    "ComplaintExtended": extended,
    "ComplaintAnswered": answered,
    "ComplaintEscalated": escalated,
}


COLUMNS = ("unanswered",)


def found_by(row: Row) -> tuple[object, ...]:
    """What a table finds the row by: how many complaints are open."""
    return (sum(complaint["status"] == "open" for complaint in listed(row)),)


def listed(row: Row) -> list[Row]:
    """Every complaint at the stage it has reached, without what it was about."""
    return [_complaint(n, each) for n, each in numbered(row["complaints"]) if "received_on" in each]


def _complaint(number: int, complaint: Row) -> Row:
    stage, facts = numbered(complaint["stages"])[-1]
    return {
        "complaint": number,
        "block": complaint["block"],
        "received_on": complaint["received_on"],
        "via": complaint["via"],
        "stage": stage,
        "status": "answered" if "answered_at" in facts else "open",
        "begun_at": facts.get("begun_at"),
        "acknowledge_by": facts.get("acknowledge_by"),
        "acknowledged_at": facts.get("acknowledged_at"),
        "answer_by": facts.get("extended", [None, facts.get("answer_by")])[1],
        "answered_at": facts.get("answered_at"),
        "result": facts.get("result"),
    }


def _begun(row: Row, event: Event) -> Row:
    acknowledge_by = event["data"].get("acknowledge_by")
    return _stage(row, event, begun_at=event["occurred_at"], acknowledge_by=acknowledge_by)


def _known(row: Row | None, event: Event) -> Row:
    stages = part(row, "complaints", event["data"]["complaint"]).get("stages", {}) if row else {}
    found: Row = stages.get(str(event["data"]["stage"]), {})
    return found


def _stage(row: Row | None, event: Event, **facts: Any) -> Row:
    row, data = account(row, event, "complaints", "personal"), event["data"]
    stages = part(row, "complaints", data["complaint"]).get("stages", {})
    stages = {**stages, str(data["stage"]): {**_known(row, event), **facts}}
    return amended(row, "complaints", data["complaint"], stages=stages)
