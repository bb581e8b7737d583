"""What a block may cover and how long it may last: scope, channels, length, under its ground."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from domain.account.incident import Incident
from domain.calendar.months import corresponding_date
from domain.commands.inquiry import Inquiry
from domain.commands.outcomes import InvalidCommand
from domain.policy.block_grounds import BlockGround
from domain.policy.needs import Ground
from domain.policy.policy import Policy

Length = dict[str, Any]


def check_last_day(inquiry: Inquiry) -> None:
    """Say that the command is wrong where a fixed length has no day, or one that has passed."""
    length = inquiry.command.get("length", {})
    if length.get("kind") == "fixed" and "until" not in length:
        raise InvalidCommand("length.until", "is missing", "the last day of the block")
    if "until" in length and date.fromisoformat(length["until"]) < inquiry.day:
        raise InvalidCommand("length.until", "is before the block", "a later day")


def length_of(inquiry: Inquiry) -> Length:
    """How long the block lasts: as the command says, else as the ground alone allows."""
    ground = inquiry.policy.block_grounds.get(inquiry.command["ground"])
    given: Length | None = inquiry.command.get("length")
    if given is None and ground and ground.fixed_months and "interim" not in inquiry.command:
        given = {"kind": "fixed", "until": last_day(inquiry.day, ground.fixed_months).isoformat()}
    given = given or {}
    length = {"kind": "fixed" if "until" in given else "indefinite"} | given
    ends = _ends(length["kind"], ground.ends if ground else ())
    return {"ends": ends} | length if ends else length


def _ends(kind: str, allowed: tuple[str, ...]) -> str | None:
    """How a length ends where the command doesn't say."""
    if kind == "fixed" and (not allowed or "by_itself" in allowed):
        return "by_itself"
    return next((each for each in allowed if each != "by_itself"), None)


def last_day(day: date, months: int) -> date:
    """The last day of so many months: the day before the corresponding date."""
    return corresponding_date(day, months) - timedelta(days=1)


def check_categories(inquiry: Inquiry, ground: Ground, incidents: Sequence[Incident]) -> None:
    """Object to each incident that was found in none of the categories that the ground is for."""
    for incident in incidents:
        if ground.categories and incident.upheld and not ground.categories & incident.categories:
            words = " or ".join(sorted(ground.categories)).replace("_", " ")
            why = f"this ground is for {words}, and incident {inquiry.called(incident)} is not"
            inquiry.refuse(ground.rules, why, ["incidents"])


def check_cover(inquiry: Inquiry, ground: BlockGround, scope: str, channels: list[str]) -> None:
    """Refuse a scope that the ground doesn't allow, and more channels than it does."""
    if scope not in ground.scopes:
        why = f"this ground allows {', '.join(ground.scopes)}, not {scope}"
        inquiry.refuse(ground.rules, why, ["scope"])
    if ground.one_channel and len(channels) > 1:
        why = f"one decision on this ground covers one channel, not {len(channels)}"
        inquiry.refuse(ground.rules, why, ["channels"])


def check_length(
    inquiry: Inquiry,
    policy: Policy,
    ground: BlockGround,
    length: Length,
    interim: bool,
    start: date,
) -> None:
    """Refuse a length that the policy doesn't know for this ground, or one that is too long.

    Months count from `start`, the day on which it was decided to block.
    """
    if length["kind"] not in ground.lengths:
        rules = policy.silence("block_length")
        if "block_length" not in policy.silences:
            rules = ground.rules
        inquiry.refuse(rules, "no such length here", ["length.kind"])
        return
    if ground.ends and length.get("ends") not in (None, *ground.ends):
        why = f"a block on this ground ends {' or '.join(map(_plain, ground.ends))}"
        inquiry.refuse(ground.rules, why, ["length.ends"])
    until = date.fromisoformat(length["until"]) if "until" in length else None
    if ground.fixed_months and not interim:
        wanted = last_day(start, ground.fixed_months)
        if until != wanted:
            why = f"a block on this ground lasts {ground.fixed_months} months, until {wanted}"
            inquiry.refuse(ground.rules, why, ["length"])
    months = ground.interim_at_most_months if interim else ground.at_most_months
    if months and (until is None or until > last_day(start, months)):
        kind = "an interim block" if interim else "a block"
        why = f"{kind} on this ground lasts {months} months at most: until"
        inquiry.refuse(ground.rules, f"{why} {last_day(start, months)}", ["length.until"])


def check_interim(inquiry: Inquiry, policy: Policy, ground: BlockGround) -> None:
    """Refuse an interim block where the policy knows none."""
    if inquiry.command.get("interim") and not ground.interim:
        inquiry.refuse(policy.silence("interim"), "no interim block here", ["interim"])


def _plain(code: str) -> str:
    return code.replace("_", " ")
