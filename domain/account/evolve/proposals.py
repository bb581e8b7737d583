"""How a proposal and its hearing change a case: proposed, decided, notified, replied."""

from __future__ import annotations

from domain.account.evolve.incidents import people
from domain.account.proposal import Hearing, Proposal
from domain.account.standing import Event, Standing


def proposed(case: Standing, event: Event) -> None:
    data = event["data"]
    case.proposals[data["block"]] = Proposal(
        number=data["block"],
        proposed_at=event["occurred_at"],
        proposed_by=people(event),
        terms=data,
    )


def approved(case: Standing, event: Event) -> None:
    _decided(case, event, "approved")


def declined(case: Standing, event: Event) -> None:
    _decided(case, event, "declined")


def _decided(case: Standing, event: Event, status: str) -> None:
    proposal = case.proposals[event["data"]["block"]]
    proposal.status, proposal.decided_at = status, event["occurred_at"]


def intention_notified(case: Standing, event: Event) -> None:
    data = event["data"]
    hearing = case.hearings.setdefault(data["block"], Hearing())
    hearing.reply_by = max(hearing.reply_by or "", data["reply_by"])


def response_received(case: Standing, event: Event) -> None:
    case.hearings.setdefault(event["data"]["block"], Hearing()).responses += 1


def response_considered(case: Standing, event: Event) -> None:
    hearing = case.hearings.setdefault(event["data"]["block"], Hearing())
    hearing.considered = hearing.responses
