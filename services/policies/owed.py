"""Whether every duty of a policy can be met by whoever owes it."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from domain.commands.keeping import OWED_TO_THE_PERSON
from domain.people.rights import Rights
from schemas.catalogue import command_names
from schemas.faults import Fault
from services.policies.persons import rights_of
from services.policies.places import Table, duties, words

_REMOVING = ("hide", "delete", "withhold", "content-gone", "removal-honoured", "not-possible")
_ASKING = ("ask-removal", "removal-honoured", "delete", "content-gone", "not-possible")

MET_BY: dict[str, tuple[str, ...]] = {
    "complete_record": ("complete-record",),
    "review_flag": ("uphold", "dismiss"),
    "capture_evidence": ("capture", "do-not-capture"),
    "remove_content": _REMOVING,
    "remove_or_block": (*_REMOVING, "block"),
    "block_account": ("block", "not-possible"),
    "restore_post": ("restore", "approve", "content-gone", "not-possible"),
    "ask_removal_public": _ASKING,
    "ask_removal_direct": _ASKING,
    "notify_block": ("notify-block", "reverse-block"),
    "notify_reversal": ("notify-block",),
    "apply_block": ("apply-block", "reverse-block", "not-possible"),
    "lift_block": ("lift-block", "not-possible"),
    "tell_service_director": ("tell-director",),
    "refer_police": ("refer-police", "not-referred"),
    "consider_police": ("refer-police", "not-referred"),
    "consider_legal": ("consider-legal",),
    "report_platform": ("report-platform", "not-possible"),
    "acknowledge_appeal": ("acknowledge-appeal",),
    "decide_appeal": ("dismiss-appeal", "reverse-block"),
    "acknowledge_complaint": ("acknowledge-complaint",),
    "answer_complaint": ("answer-complaint",),
    "review_block": ("review-block", "reverse-block"),
    "decide_proposal": ("approve-block", "decline-block"),
    "warn": ("warn",),
    "lift_mute": ("unmute",),
    "refer_authority": ("refer-authority",),
    "consider_response": ("consider-response",),
}

_OF_A_BLOCK = (
    *("notify_block", "apply_block", "lift_block", "tell_service_director", "review_block"),
    "notify_reversal",
)
_OF_A_PROPOSAL = ("decide_proposal",)
_OF_AN_APPEAL = ("acknowledge_appeal", "decide_appeal")
_OF_A_COMPLAINT = ("acknowledge_complaint", "answer_complaint")
_ABOUT = {
    "flagged": ("incident",),
    "upheld": ("incident",),
    "not_captured": ("incident",),
    "overturned": ("incident", "block"),
    "warned": ("incident",),
    "muted": ("incident",),
    "unmuted": ("incident",),
    "dismissed": ("incident",),
    "platform_acted": ("incident",),
    "content_changed": ("incident",),
    "proposed": ("proposal",),
    "intention": ("hearing",),
    "response": ("hearing",),
    "blocked": ("block",),
    "varied": ("block",),
    "review_set": ("block",),
    "unblocked": ("block",),
    "appeal_filed": ("appeal",),
    "appeal_early": ("appeal",),
    "complaint": ("complaint",),
    "complaint_acknowledged": ("complaint",),
    "second_stage_acknowledged": ("complaint",),
}
_ONLY_AFTER = {"lift_mute": "overturned"}
_ONLY_WHERE = {
    "categories": ("upheld",),
    "except_categories": ("upheld",),
    "sub_reasons": ("upheld",),
    "mark": ("upheld",),
    "unless_mark": ("upheld",),
    "occasion": ("upheld",),
    "reason_stands": ("upheld",),
    "by": ("upheld",),
    "sources": ("flagged", "dismissed", "platform_acted"),
}


def undischargeable(file: Table) -> Iterator[Fault]:
    """Duties that nobody could ever meet, or that could never arise."""
    rights = rights_of(file)
    for path, duty in duties(file):
        if isinstance(duty.get("code"), str):
            yield from _nobody(path, duty, rights)
            yield from _waived(path, duty)
            yield from _about_nothing(path, duty)
        yield from _never_raised(path, duty)


def _nobody(path: str, duty: Table, rights: Rights) -> Iterator[Fault]:
    code, owner = duty["code"], str(duty.get("owed_by", "officer"))
    if code not in MET_BY and (near := get_close_matches(code, MET_BY, n=1, cutoff=0.8)):
        yield Fault(f"{path}.code", f"is {code}, which is no duty known here", near[0])
        return
    # A duty of a council's own is met by saying how it was met.
    ways = [way for way in MET_BY.get(code, ("discharge",)) if way in command_names()]
    if not ways:
        yield Fault(f"{path}.code", f"is {code}, which nothing here can meet", "another duty")
    elif not any(way in rights.commands.get(owner, ()) for way in ways):
        able = [role for role, commands in rights.commands.items() if commands & set(ways)]
        problem = f"is owed by {owner}, who may do nothing that meets {code}"
        place = f"{path}.owed_by" if "owed_by" in duty else path
        yield Fault(place, problem, "one of: " + ", ".join(able))


def _waived(path: str, duty: Table) -> Iterator[Fault]:
    if words(duty, "waived_by") and duty["code"] in OWED_TO_THE_PERSON:
        problem = f"lets {duty['code']} be waived, which is owed to the account's owner"
        yield Fault(f"{path}.waived_by", problem, "nothing here")


def _about_nothing(path: str, duty: Table) -> Iterator[Fault]:
    code, raised = duty["code"], _ABOUT.get(str(duty.get("on")))
    if raised is None or code not in MET_BY:
        return
    about = _subject(code)
    if about not in raised:
        fitting = [on for on, subjects in _ABOUT.items() if about in subjects]
        problem = f"is raised by {duty['on']}, which is about no {about}: nothing could meet it"
        yield Fault(f"{path}.on", problem, "one of: " + ", ".join(fitting))

    elif _ONLY_AFTER.get(code, duty["on"]) != duty["on"]:
        problem = f"is raised by {duty['on']}, when there may be nothing to undo"
        yield Fault(f"{path}.on", problem, f'"{_ONLY_AFTER[code]}"')


def _subject(code: str) -> str:
    if code in _OF_A_PROPOSAL:
        return "proposal"
    if code == "consider_response":
        return "hearing"
    if code in _OF_A_BLOCK:
        return "block"
    if code in _OF_AN_APPEAL:
        return "appeal"
    return "complaint" if code in _OF_A_COMPLAINT else "incident"


def _never_raised(path: str, duty: Table) -> Iterator[Fault]:
    for key, triggers in _ONLY_WHERE.items():
        if key in duty and duty.get("on") not in triggers:
            problem = f"means nothing for a duty raised by {duty.get('on')}"
            yield Fault(f"{path}.{key}", problem, f'on = "{triggers[0]}", or nothing here')
    if "mark" in duty and duty["mark"] == duty.get("unless_mark"):
        yield Fault(f"{path}.unless_mark", "excludes what mark asks for", "one of the two")
    named, excepted = words(duty, "categories"), words(duty, "except_categories")
    if named and not set(named) - set(excepted):
        problem = "excludes every category that is named"
        yield Fault(f"{path}.except_categories", problem, "fewer categories")
