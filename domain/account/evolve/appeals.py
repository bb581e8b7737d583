"""How appeals, agreements and complaints change a case."""

from __future__ import annotations

from dataclasses import replace

from domain.account.block import Agreement, Appeal, Complaint
from domain.account.evolve.incidents import people
from domain.account.standing import Event, Standing


def filed(case: Standing, event: Event) -> None:
    data = event["data"]
    case.appeals[data["appeal"]] = Appeal(
        data["appeal"], data["block"], data["received_on"], event["occurred_at"]
    )
    if "stands_over" in data:
        case.appeals[data["stands_over"]].stood_over = True


def received_early(case: Standing, event: Event) -> None:
    filed(case, event)
    case.appeals[event["data"]["appeal"]].status = "early"


def acknowledged(case: Standing, event: Event) -> None:
    case.appeals[event["data"]["appeal"]].acknowledged = True


def withdrawn(case: Standing, event: Event) -> None:
    _decided(case, event, "withdrawn")


def dismissed(case: Standing, event: Event) -> None:
    _decided(case, event, "dismissed")


def agreed(case: Standing, event: Event) -> None:
    data = event["data"]
    number = data.get("appeal") or data.get("complaint")
    case.agreements.append(Agreement(data["block"], data["because"], number, people(event)))


def declined(case: Standing, event: Event) -> None:
    data = event["data"]
    _lapse(case, data["because"], data.get("appeal") or data.get("complaint"), data["block"])


def complained(case: Standing, event: Event) -> None:
    data = event["data"]
    case.complaints[data["complaint"]] = Complaint(
        data["complaint"], data["received_on"], event["occurred_at"], data.get("block")
    )


def complaint_acknowledged(case: Standing, event: Event) -> None:
    case.complaints[event["data"]["complaint"]].acknowledged_on = event["occurred_at"]


def extended(case: Standing, event: Event) -> None:
    case.complaints[event["data"]["complaint"]].extended = True


def answered(case: Standing, event: Event) -> None:
    data = event["data"]
    complaint = case.complaints[data["complaint"]]
    complaint.result = data["result"]
    complaint.handled_by |= people(event)
    if data["result"] == "not_upheld":
        _lapse(case, "complaint", complaint.number, None)


def escalated(case: Standing, event: Event) -> None:
    number = event["data"]["complaint"]
    case.complaints[number] = replace(
        case.complaints[number], stage=2, acknowledged_on=None, extended=False, result=None
    )


def _decided(case: Standing, event: Event, status: str) -> None:
    appeal = case.appeals[event["data"]["appeal"]]
    appeal.status = status
    _lapse(case, "appeal", appeal.number, None)


def _lapse(case: Standing, because: str, number: int | None, block: int | None) -> None:
    case.agreements = [
        a
        for a in case.agreements
        if not (a.because == because and a.number == number and block in (None, a.block))
    ]
