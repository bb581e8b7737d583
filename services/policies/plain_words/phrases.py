"""The words of a policy file as a person would say them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from services.policies.plain_words.counting import counted, earlier_step

NEEDS = {
    "record": "the record is complete",
    "finding": "a breach was found",
    "evidence": "evidence was captured, or a reason recorded why not",
    "finding_or_unlawful": "a breach was found, or the content may not lawfully be held",
    "incidents": "the incidents it rests on are listed",
    "removed": "each of them was hidden or deleted, is gone, or could not be removed",
    "viewpoint": "the view expressed was not the reason",
    "asked_all_ways": "the author was asked in each way that is needed, or the attempt failed",
    "window_passed": "the time to comply has passed",
    "heard": "the person was told of the intention and heard, or had the time to reply",
    "not_complied": "the author has not complied, and still could",
    "warning_window_passed": "the time that a warning gives to mend it has passed",
}
TRIGGERS = {
    "flagged": "When something is flagged",
    "upheld": "When a breach is found",
    "not_captured": "When the content may not lawfully be held",
    "overturned": "When a finding is overturned",
    "warned": "When somebody is warned",
    "muted": "When somebody is muted",
    "unmuted": "When a mute ends",
    "dismissed": "When something flagged is found to be no breach",
    "content_changed": "When a post is found changed after it was posted",
    "platform_acted": "When the platform has acted by itself",
    "proposed": "When a block is proposed",
    "intention": "When the person is told that a block is intended",
    "response": "When the person replies to that",
    "blocked": "When somebody is blocked",
    "varied": "When a block is varied",
    "review_set": "When a date of review is set",
    "unblocked": "When a block is reversed or has ended",
    "appeal_filed": "When an appeal comes",
    "appeal_early": "When an appeal comes too early",
    "complaint": "When a complaint comes, or goes to stage 2",
    "complaint_acknowledged": "When a complaint is acknowledged",
    "second_stage_acknowledged": "When it is acknowledged at stage 2",
}
DUTIES = {
    "complete_record": "complete the record",
    "review_flag": "review it: breach or not",
    "capture_evidence": "capture evidence, or record why not",
    "remove_content": "remove it",
    "remove_or_block": "remove it or block its author",
    "block_account": "block its author",
    "restore_post": "put back what was hidden or deleted",
    "ask_removal_public": "ask the author in public to remove it",
    "ask_removal_direct": "ask the author by direct message to remove it",
    "warn": "warn the person",
    "lift_mute": "end the mute, where it rests on nothing else",
    "decide_proposal": "decide the proposed block",
    "consider_response": "consider what they replied",
    "notify_block": "tell the person of the block",
    "notify_reversal": "tell the person that the block has ended",
    "apply_block": "apply the block on each channel",
    "lift_block": "lift the block on each channel",
    "tell_service_director": "tell the Service Director",
    "refer_police": "refer it to the police",
    "consider_police": "consider the police, and record the outcome with a reason",
    "consider_legal": "consider legal action, and record the outcome with a reason",
    "report_platform": "report it to the platform",
    "refer_authority": "refer it to the authority",
    "acknowledge_appeal": "acknowledge the appeal",
    "decide_appeal": "decide the appeal",
    "acknowledge_complaint": "acknowledge the complaint",
    "answer_complaint": "answer the complaint",
    "review_block": "review the block",
}
UNITS = ("working_hours", "hours", "working_days", "days", "months")
FORCES = {"must": "will", "may": "may", "never": "never", "info": "says"}
FOLLOWS = {"refused": "So {} is refused.", "allowed": "So {} is left open."}
MATTERS = {
    "appeals": "an appeal",
    "asking": "asking first",
    "authority": "telling any other authority",
    "block_decider": "who decides",
    "block_ground": "any other ground",
    "block_length": "a length that is not named here",
    "complaints": "a complaint",
    "director": "telling a director",
    "mark": "any other fast path",
    "notice": "telling the person",
    "police_ground": "any other ground",
    "record": "what a record holds",
    "removal_ground": "any other ground",
    "reversal": "taking a block back",
    "warning": "warning anybody",
    "muting": "muting anybody",
}
NOTICES = {"must": "will tell them", "may": "may tell them", "never": "never tells them"}
SCOPES = {
    "interacting": "interacting with the council",
    "access": "access to the council's accounts",
    "commenting": "commenting",
    "viewing": "viewing",
    "messaging": "messaging",
    "restricted": "being seen by others",
}


def plain(code: object) -> str:
    """A code as words."""
    return str(code).replace("_", " ").replace(".", ": ")


def either(codes: Iterable[object], last: str = "or") -> str:
    """Several codes as one phrase."""
    words = [plain(code) for code in codes]
    return f" {last} ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def need_in_words(need: Mapping[str, Any]) -> str:
    """What must be true, as a clause of a sentence."""
    what, months = need["what"], need.get("within_months")
    within = f" within {months} months" if months else ""
    if what in ("earlier_strike", "strikes"):
        said = counted(need) + within
    elif what in ("warned", "muted"):
        said = earlier_step(need) + within
    elif what == "marked":
        said = f"it is marked {need['mark']}"
    elif what == "period":
        said = f"a {plain(need['period']).replace(' ', '-')} period is declared"
    else:
        said = NEEDS[what]
    held = applies_to(need)
    return said + (f" ({held})" if held else "")


def applies_to(entry: Mapping[str, Any]) -> str:
    """For which items a need or a duty holds; nothing where for all."""
    parts = [
        f"{said} {either(entry[key], last)}"
        for key, said, last in (
            ("categories", "for", "or"),
            ("except_categories", "for all but", "and"),
            ("kinds", "for", "or"),
            ("except_kinds", "not for", "or"),
            ("sub_reasons", "for", "or"),
        )
        if entry.get(key)
    ]
    parts += [f"where marked {entry['mark']}"] if entry.get("on") and entry.get("mark") else []
    return ", ".join(parts + ([f"unless marked {m}"] if (m := entry.get("unless_mark")) else []))


def needs_in_words(step: Mapping[str, Any]) -> Iterator[str]:
    """What a step needs, one line a need; nothing where it needs nothing."""
    if step.get("needs"):
        yield "    needs that:"
        for need in step["needs"]:
            yield f"      - {need_in_words(need)} [{', '.join(need['rules'])}]"


def decided(step: Mapping[str, Any]) -> Iterator[str]:
    """Who decides, where not everybody who may do the act."""
    if step.get("decided_by"):
        yield f"    decided by: {either(step['decided_by'])}"


def silence_follows(silence: Mapping[str, Any]) -> str:
    """What follows from a silence, and for what."""
    matter = MATTERS.get(silence["about"], plain(silence["about"]))
    return FOLLOWS[silence["follows"]].format(matter)


def day_in_words(day: date) -> str:
    """A date as a person writes it."""
    return f"{day.day} {day:%B %Y}"


def days_in_words(count: int) -> str:
    """So many working days."""
    return span_in_words(count, "working_days")


def months_in_words(count: int) -> str:
    """So many calendar months."""
    return span_in_words(count, "months")


def span_in_words(count: int, unit: str) -> str:
    """So many of a unit of time."""
    words = plain(unit)
    return f"{count} {words.removesuffix('s') if count == 1 else words}"
