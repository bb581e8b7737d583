"""What follows from an act under the policy: the duties it raises, unless met already."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from domain.account.incident import PAGELESS, Incident
from domain.commands.channels import can_reach
from domain.commands.due_times import due_of
from domain.commands.holding import can_be_put_back
from domain.commands.inquiry import Inquiry
from domain.commands.verdict import Draft, Owed
from domain.policy.obligations import Obligation
from domain.policy.policy import Policy

REMOVED = frozenset({"hidden", "deleted", "gone", "honoured", "edited", "withheld"})
REMOVED_FOR_ALL = frozenset({"deleted", "gone", "honoured", "edited", "withheld"})


def raise_duties(
    inquiry: Inquiry,
    draft: Draft,
    on: str,
    about: dict[str, object],
    suits: Callable[[Obligation], bool] = lambda _: True,
    received: date | None = None,
) -> None:
    """Attach to the event every duty that any version of the policy lets follow (D-21)."""
    for policy in inquiry.policies:
        for duty in policy.obligations.get(on, ()):
            if duty.during and not inquiry.world.council.period_open(duty.during, inquiry.day):
                continue
            if suits(duty) and not any(_forbids(p, duty.code) for p in inquiry.policies):
                due, calendar = due_of(inquiry, policy, duty, about, received)
                inquiry.owe(
                    draft, Owed(duty.code, duty.rule, duty.owed_by, due, calendar, dict(about))
                )


def raise_unblocked(inquiry: Inquiry, draft: Draft, number: int, channels: Iterable[str]) -> None:
    """Attach what follows from a block's end: the lifting on each channel, anything else once."""
    about: dict[str, object] = {"block": number}
    raise_duties(inquiry, draft, "unblocked", about, lambda duty: not lifts(duty))
    for channel in channels:
        raise_duties(inquiry, draft, "unblocked", about | {"channel": channel}, lifts)


def lifts(duty: Obligation) -> bool:
    """Whether the duty is to lift a block, which is owed channel by channel."""
    return duty.code == "lift_block"


def follows_from_finding(inquiry: Inquiry, incident: Incident) -> Callable[[Obligation], bool]:
    """Whether a duty follows from what was found, is not met, and can be done at all."""

    def suits(duty: Obligation) -> bool:
        found = incident.categories - duty.except_categories
        return (
            bool(found)
            and (not duty.categories or bool(duty.categories & found))
            and (not duty.sub_reasons or bool(duty.sub_reasons & incident.sub_reasons))
            and (duty.mark is None or incident.marked(duty.mark))
            and (duty.unless_mark is None or not incident.marked(duty.unless_mark))
            and (duty.occasion is None or duty.occasion == occasion_of(inquiry, incident))
            and can_be_done(inquiry, duty, incident)
            and not is_met(inquiry, duty, incident)
        )

    return suits


def occasion_of(inquiry: Inquiry, incident: Incident) -> str:
    """Whether another incident of the account counts already: a first breach, or a repeat."""
    others = (strike for strike in inquiry.case.strikes() if strike.number != incident.number)
    return "repeat" if next(others, None) else "first"


NO_BREACH = frozenset({"no_breach", "mistaken", "before_policy"})


def follows_without_finding(
    inquiry: Inquiry, incident: Incident, reason: str | None = None
) -> Callable[[Obligation], bool]:
    """Whether a duty follows where nothing was found; `reason` is that of dismissing it now.

    What is no breach is put back, unless it was removed on a ground that needs none.
    """
    innocent = reason in NO_BREACH if reason else incident.status in ("dismissed", "overturned")

    def suits(duty: Obligation) -> bool:
        if duty.sources and incident.source["kind"] not in duty.sources:
            return False
        if duty.code == "restore_post" and (not innocent or incident.removal_ground):
            return False
        return can_be_done(inquiry, duty, incident) and not is_met(inquiry, duty, incident)

    return suits


def can_be_done(inquiry: Inquiry, duty: Obligation, incident: Incident) -> bool:
    """Whether the act that would discharge it exists for that item."""
    if duty.code == "remove_content":
        never = any(p.never_removes(incident.categories) for p in inquiry.policies)
        return incident.has_public_post and not never
    if duty.code in ("ask_removal_public", "ask_removal_direct"):
        way = WAYS[duty.code]
        return way_exists(incident, way) and can_reach(inquiry.policy, incident.platform, way)
    if duty.code == "report_platform":
        return inquiry.case.platform not in PAGELESS
    return True


WAYS = {"ask_removal_public": "public_reply", "ask_removal_direct": "direct_message"}


def way_exists(incident: Incident, way: str) -> bool:
    """Whether its author can be asked that way to remove the item (R-N3, R-N20)."""
    if incident.where == "elsewhere" or incident.platform in PAGELESS:
        return False
    return way != "public_reply" or incident.where != "own_message"


def is_met(inquiry: Inquiry, duty: Obligation, incident: Incident) -> bool:
    """Whether what the duty asks has been done already."""
    blocked = any(True for _ in inquiry.case.standing_blocks())
    gone = REMOVED_FOR_ALL if duty.by == "delete" else REMOVED
    content = content_for(inquiry, incident)
    met = {
        "review_flag": incident.status != "flagged",
        "remove_content": content in gone,
        "remove_or_block": content in REMOVED or blocked,
        "block_account": blocked,
        "capture_evidence": incident.captured,
        "refer_police": incident.police == "referred",
        "consider_police": incident.police is not None,
        "refer_authority": duty.authority in incident.authorities,
        "consider_legal": incident.considered_legal,
        "report_platform": incident.reported,
        "restore_post": not can_be_put_back(inquiry.policy, incident),
    }
    if duty.code in WAYS:
        asked = incident.asked if asks_any_way(inquiry) else WAYS[duty.code] in incident.asked
        return content in REMOVED_FOR_ALL or bool(asked)
    return met.get(duty.code, False)


def content_for(inquiry: Inquiry, incident: Incident) -> str:
    """What can be seen of an item: still all of it where editing it cures nothing.

    The version kinder to its author says whether it does (D-21).
    """
    if incident.content == "edited" and not any(p.edit_cures for p in inquiry.policies):
        return "visible"
    return incident.content


def asks_any_way(inquiry: Inquiry) -> bool:
    """Whether asking in one of the ways is enough."""
    return bool(inquiry.policy.at("asking", "all_or_any") == "any")


def _forbids(policy: Policy, code: str) -> bool:
    if code == "notify_block":
        return bool(policy.at("blocks", "notice", "force") == "never")
    if code == "notify_reversal":
        return bool(policy.at("blocks", "notice", "after_reversal") == "never")
    if code == "warn":
        return policy.warnings is None or policy.warnings.never
    return False


def numbers(owed: Iterable[Owed]) -> list[dict[str, object]]:
    """The duties as a verdict and an event list them."""
    return [
        {
            "duty": duty.id,
            "code": duty.code,
            "rule": duty.rule.id,
            "owed_by": duty.owed_by,
            "due": duty.due,
            "calendar": duty.calendar,
            "about": duty.about,
        }
        for duty in owed
    ]
