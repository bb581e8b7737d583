"""Appeals against a block as they come: in time, too early, too late, or none at all."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from domain.account.block import Block
from domain.calendar.london import london_date
from domain.calendar.working_days import PastCalendarError
from domain.commands.appealing import early_rules, received_on
from domain.commands.duties import raise_duties
from domain.commands.inquiry import Inquiry
from domain.policy.appeals import Right, earliest, rights
from domain.policy.policy import Policy
from domain.policy.rules import Rule, way_on

TOLD = ("block", "received_on", "via", "appellant", "because", "grounds")


def clock_started(block: Block) -> date:
    """The London date from which the months count (D-3)."""
    return london_date(datetime.fromisoformat(block.clock_started))


def file_appeal(inquiry: Inquiry) -> None:
    """Record an appeal; one that comes too early is recorded as early (R-A27, D-4)."""
    block = inquiry.block()
    received = received_on(inquiry, block)
    found = rights(inquiry.policies, clock_started(block), _last_appeal(inquiry, block))
    if not found:
        _no_appeal_here(inquiry)
        return
    right = _that_serves(inquiry, found, received)
    inquiry.allow(right.policy.cited("appeals", "rules"))
    if not block.stands:
        inquiry.refuse_state(f"Block {block.number} was {block.status} on {block.ended_at}")
    _check_who_and_why(inquiry, right)
    _check_standing_over(inquiry, received, right)
    if right.still_opens_after(received):
        _file_early(inquiry, received, right)
    elif right.open_on(received):
        _file(inquiry, received, right.policy)
    else:
        _refuse_too_late(inquiry, right)


def _last_appeal(inquiry: Inquiry, block: Block) -> date | None:
    """When the last appeal came that counts for how often: not early, not withdrawn."""
    came = [
        date.fromisoformat(appeal.received_on)
        for appeal in inquiry.case.appeals.values()
        if appeal.block == block.number and appeal.status not in ("early", "withdrawn")
    ]
    return max(came, default=None)


def _that_serves(inquiry: Inquiry, found: list[Right], received: date) -> Right:
    """The kindest: one open for this appeal, else one that will be, else any (D-21)."""
    suiting = [right for right in found if not _against(inquiry, right)] or found
    opened = [right for right in suiting if right.open_on(received)]
    coming = [right for right in suiting if right.still_opens_after(received)]
    return (opened or [earliest(coming) or suiting[0]])[0]


def _against(inquiry: Inquiry, right: Right) -> list[tuple[str, str]]:
    """What this appeal lacks for that right: the field, and why."""
    lacking = []
    kind = inquiry.command["appellant"]["kind"]
    if kind not in right.by:
        why = "only the owner of the account, or who acts for them, may appeal"
        lacking.append(("appellant.kind", why))
    if right.because and inquiry.command.get("because") not in right.because:
        lacking.append(("because", f"an appeal is heard for {_either(right.because)} only"))
    return lacking


def _check_who_and_why(inquiry: Inquiry, right: Right) -> None:
    for field, why in _against(inquiry, right):
        inquiry.refuse(
            right.policy.cited("appeals", "rules"), why, [field], instead=_ways_on(right.policy)
        )


def _refuse_too_late(inquiry: Inquiry, right: Right) -> None:
    rules, instead = right.policy.cited("appeals", "rules"), _ways_on(right.policy)
    inquiry.refuse(rules, f"it could be made until {right.closes}", instead=instead)


def _file(inquiry: Inquiry, received: date, policy: Policy) -> None:
    number = len(inquiry.present.appeals) + 1
    draft = inquiry.record(
        "AppealFiled",
        appeal=number,
        kind=_kind(policy),
        acknowledge_by=_after(inquiry, policy, received, "acknowledge_working_days"),
        decide_by=_after(inquiry, policy, received, "decide_working_days"),
        **inquiry.fields(*TOLD, "stands_over"),
    )
    about: dict[str, object] = {"appeal": number, "block": inquiry.command["block"]}
    raise_duties(inquiry, draft, "appeal_filed", about, received=received)


def _file_early(inquiry: Inquiry, received: date, right: Right) -> None:
    policy, opening = right.policy, right.opens.isoformat()
    number = len(inquiry.present.appeals) + 1
    inquiry.allow(early_rules(policy))
    inquiry.opens_on = opening
    inquiry.instead.append(_complain(policy))
    draft = inquiry.record(
        "AppealReceivedEarly",
        appeal=number,
        kind=_kind(policy),
        opens_on=opening,
        acknowledge_by=_after(inquiry, policy, received, "acknowledge_working_days"),
        **inquiry.fields(*TOLD),
    )
    about: dict[str, object] = {"appeal": number, "block": inquiry.command["block"]}
    raise_duties(inquiry, draft, "appeal_early", about, received=received)


def _kind(policy: Policy) -> str | None:
    """What it asks, where that is something else than whether the block was right."""
    kind: str = policy.at("appeals", "kind") or "appeal"
    return None if kind == "appeal" else kind


def _complain(policy: Policy) -> tuple[str, Rule]:
    rule = policy.cited("complaints", "rules")[0]
    return "complain", way_on(rule.id, policy.at("complaints", "route"))


def _ways_on(policy: Policy) -> list[tuple[str, Rule]]:
    rule = (policy.cited("appeals", "rules") or policy.silence("appeals"))[0]
    mistake = way_on(rule.id, "A block made in error can be reversed")
    return [_complain(policy), ("reverse-block", mistake)]


def _either(words: Iterable[str]) -> str:
    return " or ".join(sorted(word.replace("_", " ") for word in words))


def _after(inquiry: Inquiry, policy: Policy, received: date, clock: str) -> str | None:
    days = policy.at("appeals", clock)
    if days is None:
        return None
    try:
        return inquiry.world.calendar_of(policy).add_working_days(received, days).isoformat()
    except PastCalendarError:
        return None


def _no_appeal_here(inquiry: Inquiry) -> None:
    policy = inquiry.policy
    why = "this policy knows no appeal"
    inquiry.refuse(policy.silence("appeals"), why, instead=_ways_on(policy))


def _check_standing_over(inquiry: Inquiry, received: date, right: Right) -> None:
    number = inquiry.command.get("stands_over")
    if number is None:
        return
    early = inquiry.appeal(number, "stands_over")
    if early.block != inquiry.command["block"] or early.status != "early" or early.stood_over:
        inquiry.refuse_state(f"Appeal {number} is no early appeal that could stand over")
    if right.still_opens_after(received):
        opening, rules = right.opens.isoformat(), early_rules(right.policy)
        inquiry.refuse(rules, f"it opens on {opening}", ["received_on"], allowed_from=opening)
