"""What was found of the item, and what was done with it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from domain.policy.categories import Category
from domain.policy.needs import Need
from domain.policy.policy import Policy
from services.importing.flagged import evidence_rule
from services.importing.past import Happening, Past, not_recorded
from services.importing.wording import is_one_of, meaning, phrases, squeezed, table

_BETWEEN = re.compile(r"[/;,+&]| and ", re.I)
REMOVALS = {"hidden": "PostHidden", "deleted": "PostDeleted"}


def action_of(past: Past) -> str | None:
    """hidden, deleted or none, where the row says one of them."""
    return meaning("actions", past.row.said.get("action", ""))


def judge(past: Past, flagged: Happening, incident: int) -> Happening | None:
    """The finding: a breach as written, no breach, or nothing where the row says neither."""
    why, action = past.row.said.get("why", ""), action_of(past)
    if _is_no_breach(why) or (not why and action == "none" and not past.row.blocks):
        told = past.tell("FlagDismissed", {"incident": incident}, None, flagged.at)
        told.data |= {"reason": "no_breach"} if why else {}
        if not why:
            told.lacks(not_recorded(["reason"]), "record", "rules")
    elif why or action in REMOVALS or past.row.blocks:
        told = _uphold(past, flagged, incident, why)
    else:
        return None
    return told


def remove(past: Past, flagged: Happening, found: Happening | None, incident: int) -> None:
    """That the item was hidden or deleted, where the row says so."""
    row, action = past.row, action_of(past)
    if action not in REMOVALS:
        if "action" in row.said and action is None:
            flagged.lacks(
                "the action taken is none that is known; its words are in the note",
                "removal",
                "rules",
            )
        return
    told = past.tell(
        REMOVALS[action], {"incident": incident}, row.days.get("removed_on"), flagged.at
    )
    missing = [] if "removed_on" in row.days else ["when it was done"]
    told.lacks(not_recorded(["whose_view", *missing]), "removal", "rules")
    cannot = told.policy.at("platforms", row.platform, "cannot") or ()
    if action == "deleted" and "delete" in cannot:
        told.lacks("a post of somebody else can't be deleted there", "removal", "rules")
    check_needs(past, told, found, told.policy.removal_needs)


def check_needs(
    past: Past, told: Happening, found: Happening | None, needs: Iterable[Need]
) -> None:
    """Mark an act that needs evidence, or a finding behind it, and had none."""
    needs = list(needs)
    findings = [need for need in needs if need.what == "finding"]
    if findings and (found is None or found.type != "FlagUpheld"):
        told.breaks(findings[0].rules[0].id, "done without a breach being found")
    if all(each.type != "EvidenceCaptured" for each in past.told):
        categories = frozenset(
            finding["category"] for finding in (found.data.get("findings", ()) if found else ())
        )
        if rule := evidence_rule(needs, categories):
            told.breaks(rule, "no evidence was recorded")


def _is_no_breach(why: str) -> bool:
    first = re.split(r"[-–—:;,.(]", why, maxsplit=1)[0]
    return bool(why) and (is_one_of("no_breach", why) or is_one_of("no_breach", first))


def _uphold(past: Past, flagged: Happening, incident: int, why: str) -> Happening:
    posted = past.row.days.get("posted_at") or past.row.days["seen_at"]
    data: dict[str, Any] = {"incident": incident, "apparent_nature": "unknown"}
    told = past.tell("FlagUpheld", data, None, flagged.at)
    words = past.council.in_force(posted.day) or told.policy
    if words is not told.policy or (told.held and not past.council.in_force(posted.day)):
        told.substance = past.version(posted)
    data["findings"] = list(_findings(words, why, told))
    known = [words.categories.get(finding["category"]) for finding in data["findings"]]
    data["strike"] = any(category.strike for category in known if category)
    told.lacks(not_recorded(["viewpoint_neutral"]), "viewpoint", "rules")
    if not why:
        told.lacks(not_recorded(["why"]), "record", "rules")
    return told


def _findings(policy: Policy, why: str, told: Happening) -> Iterator[dict[str, Any]]:
    parts = [why] if not why or _code(policy, why, whole=True) else _BETWEEN.split(why)
    named = {code: part for part in parts if (code := _code(policy, part))}
    for code, part in named.items():
        name, _, sub_reason = code.partition("/")
        if category := policy.categories.get(name):
            yield _finding(category, sub_reason, part, told)
        else:
            told.lacks(
                "a category that the policy lacks, kept as written", "findings", "not_a_category"
            )
            yield {"category": part.strip()[:4000]}
    if why and not named:
        told.lacks(
            "a category that the policy lacks, kept as written", "findings", "not_a_category"
        )
        yield {"category": why[:4000]}


def _code(policy: Policy, part: str, *, whole: bool = False) -> str | None:
    codes = _codes(tuple(policy.categories))
    if whole:
        return _whole(part) or codes.get(squeezed(part))
    own = (codes[phrase] for phrase in phrases(part) if phrase in codes)
    return meaning("breaches", part) or next(own, None)


@lru_cache
def _codes(categories: tuple[str, ...]) -> dict[str, str]:
    return {squeezed(code): code for code in categories}


def _whole(part: str) -> str | None:
    return table("breaches").get(squeezed(part))


def _finding(category: Category, sub_reason: str, part: str, told: Happening) -> dict[str, Any]:
    finding: dict[str, Any] = {"category": category.code}
    if sub_reason in category.sub_reasons:
        finding["sub_reason"] = sub_reason
    said = set(phrases(part))
    for asked in category.asks:
        if asked.choices and asked.field == "characteristics":
            chosen = [code for word, code in asked.choices.items() if squeezed(word) in said]
            finding |= {"characteristics": sorted(set(chosen))} if chosen else {}
        concerns = not asked.sub_reasons or finding.get("sub_reason") in asked.sub_reasons
        if asked.field not in finding and not asked.optional and concerns:
            told.breaks(asked.rules[0].id, not_recorded([f"findings.{asked.field}"]))
    if category.sub_reason_required and "sub_reason" not in finding:
        told.breaks(category.rules[0].id, not_recorded(["findings.sub_reason"]))
    if category.linked_posts > 1:
        told.breaks(category.rules[0].id, not_recorded(["linked_incidents"]))
    return finding
