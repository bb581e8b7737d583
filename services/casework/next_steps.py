"""What may be done next with a case, and under which rule: the policy asked about each command."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from domain.account.proposal import Proposal
from domain.account.standing import Standing
from domain.calendar.london import london_date
from domain.commands.deciders import deciders
from domain.commands.proposing import as_proposed
from domain.commands.verdict import Verdict
from domain.policy.block_grounds import BlockGround
from domain.policy.policy import Policy
from services.casework.accounts import AccountCommands
from services.casework.documents import Document
from services.casework.offices import Office
from services.casework.sanction_steps import sanctions_worth_asking
from services.store.lookups import Case

Candidate = dict[str, Any]
# What a person would still fill in; only the rules decide whether the act is open.
ABOUT_INCIDENT: dict[str, Candidate] = {
    "capture": {"held_at": "…", "lawful_to_hold": True},
    "do-not-capture": {"ground": "technical", "description": "…"},
    "dismiss": {"reason": "no_breach"},
    "overturn": {"because": "error", "reasons": "…"},
    "hide": {},
    "delete": {},
    "restore": {"reason": "…"},
    "report-platform": {},
    "close-incident": {},
}
ABOUT_BLOCK: dict[str, Candidate] = {
    "notify-block": {"via": "email", "delivery": "sent"},
    "agree-reversal": {"because": "error", "reasons": "…"},
    "review-block": {"reasons": "…"},
}
ABOUT_APPEAL: dict[str, Candidate] = {
    "acknowledge-appeal": {},
    "withdraw-appeal": {},
    "dismiss-appeal": {"reasons": "…"},
}


def candidates(case: Standing, policy: Policy, day: str) -> Iterator[Candidate]:
    """The commands worth asking about, filled as far as the case tells."""
    for number, incident in case.incidents.items():
        here: Candidate = {"incident": number}
        if incident.status == "flagged":
            yield {"command": "uphold", **here}
        for command, fields in ABOUT_INCIDENT.items():
            if not (incident.captured and "capture" in command):
                yield {"command": command, **here, **fields}
        if policy.obligations.get("content_changed") and incident.captured:
            yield {"command": "content-changed", **here, "by": "author"}
        if incident.content in ("held", "withheld"):
            yield from ({"command": each, **here} for each in ("approve", "withhold"))
        if policy.at("automation", "filter"):
            yield {"command": "platform-acted", **here, "action": "hidden", "because": "filter"}
        for via in policy.at("asking", "ways") or ():
            yield {"command": "ask-removal", **here, "via": via, "delivery": "sent"}
    upheld = [number for number, incident in case.incidents.items() if incident.upheld]
    yield from sanctions_worth_asking(case, policy, upheld)
    for code, ground in policy.block_grounds.items():
        length = _length(ground, day)
        yield {
            "command": "propose-block" if ground.approval else "block",
            "ground": code,
            "incidents": upheld,
            "scope": ground.scopes[0],
            "channels": "all",
            "reason": "…",
            "proportionality": {"aim": "…", "less_intrusive": "…"},
            "viewpoint_neutral": True,
            **({"length": length} if length else {}),
        }
    for code in policy.authorities:
        yield {
            "command": "refer-authority",
            "authority": code,
            "incidents": upheld or list(case.incidents),
            "legal_basis": "…",
        }
    for proposal in case.open_proposals():
        yield from _decisions(proposal, policy, day)
    for number, block in case.blocks.items():
        for command, fields in ABOUT_BLOCK.items():
            yield {"command": command, "block": number, **fields}
        length = {"kind": "fixed", "until": day}
        yield {"command": "vary-block", "block": number, "reasons": "…", "length": length}
        for channel in block.channels:
            about: Candidate = {"block": number, "channel": channel}
            yield {"command": "apply-block", **about, "result": "applied"}
            yield {"command": "lift-block", **about, "result": "lifted"}
        yield {
            "command": "complain",
            "block": number,
            "received_on": day,
            "via": "email",
            "about": "…",
        }
        yield {
            "command": "file-appeal",
            "block": number,
            "received_on": day,
            "via": "email",
            "appellant": {"kind": "owner", "checked": "…"},
            **({"because": reasons[0]} if (reasons := policy.at("appeals", "because")) else {}),
        }
    for link in case.links:
        if link.stands:
            other: Candidate = {"other": link.other, "kind": link.kind}
            yield {"command": "unlink-accounts", **other, "reason": "…"}
    for number in case.appeals:
        for command, fields in ABOUT_APPEAL.items():
            yield {"command": command, "appeal": number, **fields}


def _decisions(proposal: Proposal, policy: Policy, day: str) -> Iterator[Candidate]:
    here: Candidate = {"block": proposal.number, "reasons": "…"}
    ground = policy.block_grounds.get(proposal.terms["ground"])
    if ground:
        asked = ground.approval is not None and ground.approval.sets_length
        length = (_length(ground, day) or {"kind": "indefinite"}) if asked else None
        yield {"command": "approve-block", **here, **({"length": length} if length else {})}
    yield {"command": "decline-block", **here}
    hearing = ground.hearing if ground else None
    if hearing:
        told: Candidate = {"via": "email", "delivery": "sent", "states": list(hearing.states)}
        told["reply_by"] = "9999-12-31"
        yield {"command": "notify-intention", "block": proposal.number, **told}
        response: Candidate = {"received_on": day}
        yield {"command": "receive-response", "block": proposal.number, **response}
        yield {"command": "consider-response", **here}


def _length(ground: BlockGround, day: str) -> Candidate | None:
    """A length that the ground allows, where it allows no block without one."""
    if ground.fixed_months or ("indefinite" in ground.lengths and not ground.at_most_months):
        return None
    if "fixed" in ground.lengths:
        return {"kind": "fixed", "until": day}
    return {"kind": ground.lengths[0]}


ALSO_NAMED = {
    "warn": ("incidents", "level"),
    "mute": ("incidents", "channels"),
    "unmute": ("channels",),
    "refer-authority": ("incidents", "authority"),
}
NAMED = ("incident", "block", "appeal", "channel", "via", "ground", "other", "kind")


def next_steps(
    accounts: AccountCommands, office: Office, case: Case, now: datetime
) -> list[Candidate]:
    """The commands that the policy would allow now, each with the rules that allow it."""
    standing = accounts.account(case).standing
    day = london_date(now)
    policy = office.council.procedure(day)
    found = []
    for candidate in candidates(standing, policy, day.isoformat()):
        fields = {"council": office.council.id, "actor": "-", "case": case.case_ref, **candidate}
        document = Document(fields, now, "", b"", id_given=False)
        verdict = (
            Verdict(True, list(policy.cited("record", "rules")))
            if candidate["command"] == "uphold"
            else accounts.verdict(document, office, case, now)
        )
        if verdict.allowed:
            named = ("command", *NAMED, *ALSO_NAMED.get(candidate["command"], ()))
            step = {key: candidate[key] for key in named if key in candidate}
            step["rules"] = [rule.as_json() for rule in verdict.rules]
            step["by"] = sorted(deciders(policy, as_proposed(fields, standing))[0])
            found.append(step)
    return found
