"""Judges a command: may this person do this, now, to this account, and what follows?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from domain.account.standing import Standing
from domain.calendar.london import london_date
from domain.commands import (
    appealing,
    authorities,
    blocking,
    carrying_out,
    changing,
    complaining,
    evidence,
    filing_appeals,
    findings,
    flagging,
    hearing,
    keeping,
    linking,
    moderating,
    muting,
    others,
    platform,
    proposing,
    removal,
    reversing,
    warning,
)
from domain.commands.deciders import acting_role, who_decided, why_forbidden
from domain.commands.discharge import ended_by
from domain.commands.inquiry import Inquiry, World
from domain.commands.lateness import check_what_came_after
from domain.commands.listing import plainly
from domain.commands.outcomes import InvalidCommand, NotAllowed, NothingThere
from domain.commands.proposing import as_proposed
from domain.commands.varying import as_varied, vary_block
from domain.commands.verdict import Draft, Verdict, against
from domain.commands.versions import Judging, deciders_in_all, of_the_words, versions
from domain.policy.policy import Policy
from domain.policy.rules import Rule, distinct

COMMANDS: dict[str, Callable[[Inquiry], None]] = {
    "flag": flagging.flag,
    "complete-record": flagging.complete_record,
    "dismiss": flagging.dismiss,
    "close-incident": flagging.close_incident,
    "capture": evidence.capture,
    "do-not-capture": evidence.do_not_capture,
    "uphold": findings.uphold,
    "overturn": findings.overturn,
    "hide": removal.hide,
    "delete": removal.delete,
    "restore": removal.restore,
    "content-changed": changing.content_changed,
    "approve": moderating.approve,
    "withhold": moderating.withhold,
    "content-gone": removal.content_gone,
    "platform-acted": platform.platform_acted,
    "not-possible": removal.not_possible,
    "ask-removal": removal.ask_removal,
    "removal-honoured": removal.removal_honoured,
    "warn": warning.warn,
    "mute": muting.mute,
    "unmute": muting.unmute,
    "block": blocking.block,
    "propose-block": proposing.propose_block,
    "approve-block": proposing.approve_block,
    "decline-block": proposing.decline_block,
    "notify-intention": hearing.notify_intention,
    "receive-response": hearing.receive_response,
    "consider-response": hearing.consider_response,
    "vary-block": vary_block,
    "review-block": blocking.review_block,
    "notify-block": carrying_out.notify_block,
    "apply-block": carrying_out.apply_block,
    "lift-block": carrying_out.lift_block,
    "tell-director": carrying_out.tell_director,
    "director-acknowledges": carrying_out.director_acknowledges,
    "refer-police": others.refer_police,
    "not-referred": others.not_referred,
    "report-platform": others.report_platform,
    "consider-legal": others.consider_legal,
    "refer-authority": authorities.refer_authority,
    "disclose": authorities.disclose,
    "file-appeal": filing_appeals.file_appeal,
    "acknowledge-appeal": appealing.acknowledge_appeal,
    "withdraw-appeal": appealing.withdraw_appeal,
    "dismiss-appeal": appealing.dismiss_appeal,
    "agree-reversal": reversing.agree_reversal,
    "decline-reversal": reversing.decline_reversal,
    "reverse-block": reversing.reverse_block,
    "complain": complaining.complain,
    "acknowledge-complaint": complaining.acknowledge_complaint,
    "extend-complaint": complaining.extend_complaint,
    "answer-complaint": complaining.answer_complaint,
    "escalate-complaint": complaining.escalate_complaint,
    "change-handle": keeping.change_handle,
    "link-accounts": linking.link_accounts,
    "unlink-accounts": linking.unlink_accounts,
    "note": keeping.note,
    "correct": keeping.correct,
    "waive": keeping.waive,
    "discharge": keeping.discharge,
}


@dataclass(slots=True)
class Judgement:
    """What came of judging a command; `drafts` are the events to record."""

    outcome: str
    verdict: Verdict
    why: list[str] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)
    role: str = ""
    policy: Policy | None = None
    substance: Policy | None = None
    irregular: list[dict[str, str]] = field(default_factory=list)
    error: InvalidCommand | None = None


def judge(
    command: dict[str, Any],
    at: datetime,
    case: Standing,
    present: Standing,
    world: World,
    *,
    by_anyone: bool = False,
) -> Judgement:
    """Judge an account command; `case` is the case at `at`, `present` the case as recorded.

    With `by_anyone` the rules alone are asked, not whether this actor holds a role that may.
    """
    command = as_varied(as_proposed(plainly(command, present), case), case)
    judging = versions(command, at, case, world)
    inquiry = Inquiry(command, world, at, case, present, tuple(each.policy for each in judging))
    inquiry.substance = of_the_words(judging)
    among, rules = deciders_in_all(judging, command)
    role = _role(inquiry, among)
    inquiry.role = role or ""
    if inquiry.already_done and not _was_entitled(inquiry, among):
        inquiry.find_irregular(rules, "who did it held no role that may")
    missing: NothingThere | None = None
    not_allowed: NotAllowed | None = None
    try:
        inquiry.check_nothing_came_later()
        _check_platform(inquiry)
        COMMANDS[command["command"]](inquiry)
        for draft in inquiry.drafts:
            check_what_came_after(inquiry, draft)
    except InvalidCommand as error:
        return Judgement("invalid", Verdict(False), [str(error)], error=error)
    except NothingThere as found:
        missing = found
    except NotAllowed as found:
        not_allowed = found
    if role is None and not by_anyone:
        why = why_forbidden(command, inquiry.day, london_date(world.now))
        return _by(judging, _forbidden(inquiry, why, rules))
    if missing:
        return Judgement("not_found", Verdict(False), [str(missing)])
    if not_allowed:
        return _by(judging, _forbidden(inquiry, str(not_allowed), not_allowed.rules))
    return _by(judging, _decided(inquiry))


def _by(judging: tuple[Judging, ...], judgement: Judgement) -> Judgement:
    judgement.verdict.judged_by = [each.as_json() for each in judging]
    return judgement


def _decided(inquiry: Inquiry) -> Judgement:
    if inquiry.objections:
        verdict = against(inquiry.objections, inquiry.warnings)
        why = [o.why for o in inquiry.objections if o.why]
        return Judgement("refused", verdict, why, role=inquiry.role, policy=inquiry.policy)
    for draft in inquiry.drafts:
        draft.ends = list(dict.fromkeys(draft.ends + ended_by(inquiry, draft)))
    verdict = Verdict(
        True,
        distinct(inquiry.allowing),
        allowed_from=inquiry.opens_on,
        instead=inquiry.instead,
        warnings=inquiry.warnings,
    )
    return Judgement(
        "accepted",
        verdict,
        drafts=inquiry.drafts,
        role=inquiry.role,
        policy=inquiry.policy,
        substance=inquiry.substance,
        irregular=inquiry.irregular,
    )


def _forbidden(inquiry: Inquiry, why: str, rules: tuple[Any, ...]) -> Judgement:
    verdict = Verdict(False, distinct(r for r in rules if isinstance(r, Rule)))
    return Judgement("forbidden", verdict, [why], role=inquiry.role, policy=inquiry.policy)


def _check_platform(inquiry: Inquiry) -> None:
    """An account that is named beside its case is on the platform of that case."""
    named = inquiry.command.get("account", {}).get("platform")
    there = inquiry.present.platform
    if named and there and named != there:
        problem = f"is {named}, and case {inquiry.present.case} is on {there}"
        raise InvalidCommand("account.platform", problem, there)


def _was_entitled(inquiry: Inquiry, among: frozenset[str]) -> bool:
    """Whether who did an act already done held a role, then, that may."""
    command = inquiry.command
    doer = command.get("on_behalf_of", command["actor"])
    conflicted = who_decided(inquiry.case, command)
    held = inquiry.world.appointments.roles(doer, inquiry.day, conflicted)
    return inquiry.policy.rights.lowest(held, command["command"], among) is not None


def _role(inquiry: Inquiry, among: frozenset[str]) -> str | None:
    command, world = inquiry.command, inquiry.world
    conflicted = who_decided(inquiry.case, command)
    recorded = london_date(world.now)
    rights, people = inquiry.policy.rights, world.appointments
    inquiry.roles, role = acting_role(
        rights, people, command, inquiry.day, recorded, among, conflicted
    )
    return role
