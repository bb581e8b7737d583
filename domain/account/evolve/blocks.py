"""How block events change a case: decided, told, applied, lifted, ended."""

from __future__ import annotations

from domain.account.block import Block
from domain.account.evolve.incidents import people
from domain.account.standing import Event, Standing


def blocked(case: Standing, event: Event) -> None:
    data = event["data"]
    proposal = case.proposals.get(data["block"])
    proposed_by = proposal.proposed_by if proposal else frozenset()
    if proposal and proposal.open:
        proposal.status, proposal.decided_at = "decided", event["occurred_at"]
    case.blocks[data["block"]] = Block(
        number=data["block"],
        sequence=event["sequence"],
        decided_at=event["occurred_at"],
        deciders=people(event) | proposed_by,
        ground=data.get("ground", ""),
        incidents=tuple(data["incidents"]),
        scope=data.get("scope", ""),
        length=data["length"],
        channels=dict.fromkeys(data["channels"], "pending"),
        interim=data.get("interim", False),
        proposed_by=proposed_by,
        length_set_by=people(event),
    )


def varied(case: Standing, event: Event) -> None:
    data = event["data"]
    block = case.blocks[data["block"]]
    block.scope = data.get("scope", block.scope)
    block.interim = data.get("interim", block.interim)
    if "length" in data:
        block.length, block.length_set_by = data["length"], people(event)
    if "channels" in data:
        for channel in data["channels"]:
            if block.channels.get(channel) not in ("applied", "partly"):
                block.channels[channel] = "pending"
        block.dropped = block.channels.keys() - set(data["channels"])


def noticed(case: Standing, event: Event) -> None:
    case.blocks[event["data"]["block"]].noticed = True


def applied(case: Standing, event: Event) -> None:
    data = event["data"]
    block = case.blocks[data["block"]]
    # What is in place in part is so still, where trying again failed: it is to be lifted one day.
    if not (data["result"] == "failed" and data["channel"] in block.reached):
        block.channels[data["channel"]] = data["result"]
    if data["result"] == "applied":
        earlier = block.first_applied or event["occurred_at"]
        block.first_applied = min(earlier, event["occurred_at"])


def lifted(case: Standing, event: Event) -> None:
    data = event["data"]
    if data["result"] == "lifted":
        case.blocks[data["block"]].channels[data["channel"]] = "lifted"


def reversed_(case: Standing, event: Event) -> None:
    data = event["data"]
    _ended(case, event, "reversed")
    for appeal in case.appeals.values():
        if appeal.block == data["block"] and appeal.status == "open":
            appeal.status = "upheld"
    case.agreements = [a for a in case.agreements if a.block != data["block"]]


def ran_out(case: Standing, event: Event) -> None:
    _ended(case, event, "ended")


def director_told(case: Standing, event: Event) -> None:
    if event["data"]["delivery"] in ("delivered", "sent"):
        case.blocks[event["data"]["block"]].told = True


def director_acknowledged(case: Standing, event: Event) -> None:
    case.blocks[event["data"]["block"]].acknowledged = True


def _ended(case: Standing, event: Event, status: str) -> None:
    block = case.blocks[event["data"]["block"]]
    block.status, block.ended_at = status, event["occurred_at"]
