"""Counts the breaches that stand against an account, as a policy says which of them count."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from typing import NamedTuple

from domain.account.incident import Incident
from domain.account.together import Together
from domain.commands.earlier_steps import within
from domain.commands.inquiry import Inquiry
from domain.policy.needs import Need
from domain.policy.policy import Policy


class Counted(NamedTuple):
    """An incident that counts, and the moment from which it does."""

    incident: Incident
    at: str


def earlier_strike(
    inquiry: Inquiry, policy: Policy, need: Need, incidents: Sequence[Incident]
) -> None:
    """Object unless so many upheld incidents that count lie before the latest of those listed."""
    if not incidents:
        return
    latest = max(incidents, key=lambda i: (i.judged_by_date_of, i.number))
    before = [
        strike
        for strike in inquiry.together.strikes()
        if strike is not latest and strike.judged_by_date_of <= latest.judged_by_date_of
    ]
    if len(before) < need.at_least:
        inquiry.refuse(need.rules, "no earlier upheld incident that counts", ["incidents"])


def strikes(inquiry: Inquiry, policy: Policy, need: Need, incidents: Sequence[Incident]) -> None:
    """Object unless so many incidents count, in the way, the time and the likeness asked for."""
    counted = _counted(inquiry.together, need)
    if need.within_months:
        counted = [c for c in counted if within(inquiry.day, c.at, need.within_months)]
    if need.since_last_block:
        blocks = (block for case in inquiry.together.cases for block in case.blocks.values())
        last = max((block.decided_at for block in blocks), default="")
        counted = [c for c in counted if c.at > last]
    found = len(counted)
    if need.similar or need.same_channel:
        found = _most_alike(need, counted, incidents)
    if found < need.at_least:
        why = f"{found} upheld incidents count, {need.at_least} are needed"
        inquiry.refuse(need.rules, why, ["incidents"])


def _counted(together: Together, need: Need) -> list[Counted]:
    """The breaches that count: found, or also moderated, or also warned of."""
    found = together.strikes()
    if need.counting == "moderated":
        return [Counted(i, i.moderated_at) for i in found if i.moderated_at]
    if need.counting == "warned":
        warned: dict[int, str] = {}
        for case in together.cases:
            for warning in case.warnings:
                known = (case.incidents.get(n) for n in warning.incidents if warning.sent)
                for incident in map(id, filter(None, known)):
                    warned[incident] = min(warning.at, warned.get(incident, warning.at))
        return [Counted(i, warned[id(i)]) for i in found if id(i) in warned]
    return [Counted(i, i.status_at) for i in found]


def _most_alike(need: Need, counted: Iterable[Counted], listed: Iterable[Incident]) -> int:
    """How many are like one another and like a listed one: the most of any kind."""
    kinds = {kind for incident in listed for kind in _kinds(need, incident)}
    sizes = dict.fromkeys(kinds, 0)
    for each in counted:
        for kind in _kinds(need, each.incident) & kinds:
            sizes[kind] += 1
    return max(sizes.values(), default=0)


def _kinds(need: Need, incident: Incident) -> set[Hashable]:
    """What an incident shares with those that are like it."""
    page = (incident.item.get("channel") or incident.platform) if need.same_channel else None
    if need.similar is None:
        return {page}
    sub_reasons = need.similar == "sub_reason"
    return {
        (page, finding["category"], finding.get("sub_reason") if sub_reasons else None)
        for finding in incident.findings
    }
