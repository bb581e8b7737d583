"""How a proposal and its hearing change a case: proposed, approved, declined."""

from __future__ import annotations

from domain.account.evolve.incidents import people
from domain.account.proposal import Proposal
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
