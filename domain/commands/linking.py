"""Saying that two cases are of one account or of one person, and taking it back (D-26)."""

from __future__ import annotations

from domain.account.link import SAME_ACCOUNT, SAME_PERSON
from domain.account.standing import Standing
from domain.commands.inquiry import Inquiry
from domain.commands.outcomes import InvalidCommand, NothingThere
from domain.policy.rules import Rules, way_on

KINDS = {SAME_ACCOUNT: "the same account", SAME_PERSON: "the same person"}
FIELDS = ("kind", "reason", "evidence")


def link_accounts(inquiry: Inquiry) -> None:
    """Hold two cases to be one, only on evidence in hand and with a reason (D-26)."""
    other, kind = _other(inquiry), inquiry.command["kind"]
    if other.case == inquiry.present.case:
        inquiry.refuse_state("A case can't be linked with itself")
        return
    if link := inquiry.case.link(other.case, kind):
        inquiry.refuse_state(f"Case {other.case} is {KINDS[kind]} already, since {link.since}")
    elif kind == SAME_ACCOUNT and other.platform != inquiry.present.platform:
        person = way_on("STATE", f"Link them as {KINDS[SAME_PERSON]}")
        platforms = f"{inquiry.present.platform} and {other.platform}"
        what = f"One account is on one platform, and these are on {platforms}"
        inquiry.refuse_state(what, [("link-accounts", person)])
    _check_nothing_later(inquiry, other)
    _check_evidence(inquiry)
    if kind == SAME_ACCOUNT:
        inquiry.warnings.append(
            f"from now on strikes and standing blocks of {other.case} count here, and these there"
        )
    _record(inquiry, "AccountsLinked", other)


def unlink_accounts(inquiry: Inquiry) -> None:
    """Hold two cases to be one no more; from then on nothing of one counts in the other."""
    other, kind = _other(inquiry), inquiry.command["kind"]
    if inquiry.case.link(other.case, kind) is None:
        inquiry.refuse_state(f"Case {other.case} is not linked with this one as {KINDS[kind]}")
    _check_nothing_later(inquiry, other)
    _check_no_later_block(inquiry, other)
    _check_evidence(inquiry)
    _record(inquiry, "AccountsUnlinked", other)


def _other(inquiry: Inquiry) -> Standing:
    """The other case as it is recorded now; it must have been there at the time of the act."""
    named = inquiry.command["other"]
    found = inquiry.world.standing_of(named, None)
    if found is None:
        raise NothingThere(f"there is no case of {named}")
    if found.opened_at > inquiry.moment:
        problem = f"case {found.case} was opened on {found.opened_at}, later"
        raise InvalidCommand("other", problem, "a moment not before it, or the case that was meant")
    return found


def _check_nothing_later(inquiry: Inquiry, other: Standing) -> None:
    """A late entry neither repeats nor undoes what was linked or unlinked after it."""
    for link in inquiry.present.links:
        if (link.other, link.kind) == (other.case, inquiry.command["kind"]):
            for word, at in (("linked", link.since), ("unlinked", link.until)):
                if at and at > inquiry.moment:
                    inquiry.refuse_state(f"Case {other.case} was {word} after this, on {at}")


def _check_no_later_block(inquiry: Inquiry, other: Standing) -> None:
    """A block decided after a late unlinking may rest on what the link made count."""
    for case in (inquiry.present, other):
        for block in case.blocks.values():
            if inquiry.command["kind"] == SAME_ACCOUNT and block.decided_at > inquiry.moment:
                what = f"Block {block.number} of case {case.case} was decided after this"
                inquiry.refuse_state(f"{what}, on {block.decided_at}, and may rest on the link")


def _check_evidence(inquiry: Inquiry) -> None:
    numbers = inquiry.command.get("evidence", "")
    if isinstance(numbers, str):
        return
    kept = {n for incident in inquiry.case.incidents.values() for n in incident.evidence}
    for number in numbers:
        if number not in kept:
            raise NothingThere(f"case {inquiry.present.case} has no evidence {number}")


def _record(inquiry: Inquiry, type_: str, other: Standing) -> None:
    inquiry.allow(_rules(inquiry))
    said, here = inquiry.fields(*FIELDS), inquiry.present.case
    inquiry.record(type_, other=other.case, **said)
    if not isinstance(numbers := said.get("evidence", ""), str):
        # A number says nothing in the other case, which has evidence of its own.
        said["evidence"] = f"evidence {', '.join(map(str, numbers))} of case {here}"
    inquiry.record(type_, other=here, **said).case = other.case


def _rules(inquiry: Inquiry) -> Rules:
    rule = inquiry.policy.rules.get("D-26")
    return (rule,) if rule else ()
