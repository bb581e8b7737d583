"""The item that a row is about: what was posted, when it was seen, the evidence kept of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from domain.account.incident import PAGELESS
from domain.policy.needs import Need
from services.importing.past import Happening, Past, lacking, not_recorded, rule_at
from services.importing.rows import OTHER_DATES, yes_or_no
from services.importing.wording import is_one_of, meaning, plain

# As a policy names what a record must hold, and where a row would have it.
_RECORD = {
    "account.name": "name",
    "account.handle": "handle",
    "item.posted_at": "posted_at",
    "item.post": "text",
    "why": "why",
}


def flag(past: Past, incident: int, account: dict[str, str], source: dict[str, str]) -> Happening:
    """That the item came to the council's notice, on the day it was seen where that is known."""
    row = past.row
    posted, seen = row.days.get("posted_at"), row.days.get("seen_at")
    data: dict[str, Any] = {"incident": incident, "item": _item(past), "source": source}
    data |= {"account": account} if account else {}
    data |= {"why": row.said["why"]} if "why" in row.said else {}
    data |= {"seen_at": seen.written()} if seen else {}
    if kind := meaning("targets", row.said.get("why", "")):
        data["target"] = {"kind": kind}
    if seen:
        told = past.tell("CommentFlagged", data, seen)
    else:
        told = past.tell("CommentFlagged", data, None, posted.at if posted else None)
    told.behalf = row.said.get("seen_by")
    _irregular(told, past)
    return told


def capture(past: Past, flagged: Happening, incident: int) -> Happening | None:
    """The evidence, where the row says that some was kept; its file lies elsewhere."""
    text = past.row.said.get("evidence", "")
    if not text or yes_or_no(text) is False or is_one_of("nothing", text):
        return None
    number = past.case.evidence_count + 1
    data: dict[str, Any] = {"incident": incident, "evidence": number, "description": text}
    where = "" if is_one_of("yes", text) else _without_yes(text)
    data |= {"held_at": where} if where else {}
    told = past.tell("EvidenceCaptured", data, None, flagged.at)
    missing = [*lacking(data, "held_at"), "captured_at", "captured_by"]
    rule = evidence_rule(told.policy.removal_needs) or rule_at(told.policy, "record", "rules")
    told.breaks(rule, not_recorded(missing))
    return told


def evidence_rule(needs: Iterable[Need], categories: frozenset[str] = frozenset()) -> str | None:
    """The rule that, of what an act needs, asks for evidence of an item in these categories."""
    found = [n for n in needs if n.what == "evidence" and n.concerns(categories)]
    return found[-1].rules[-1].id if found else None


def _item(past: Past) -> dict[str, Any]:
    row = past.row
    item: dict[str, Any] = {"where": "own_page"}
    if row.platform in PAGELESS:
        item |= {
            "where": "own_message",
            "kind": "text_message" if row.platform == "sms" else "direct_message",
        }
    if "posted_at" in row.days:
        item["posted_at"] = row.days["posted_at"].written()
    item |= {name: row.said[name] for name in ("text", "url") if name in row.said}
    return item


def _irregular(told: Happening, past: Past) -> None:
    row, policy = past.row, told.policy
    posted, seen = row.days.get("posted_at"), row.days.get("seen_at")
    known = row.said.keys() | row.days.keys() | ({"handle"} if row.handle else set())
    if "url" in known:
        known = known | {"text"}
    asked = [name for name in policy.at("record", "fields") or () if _RECORD.get(name) not in known]
    asked += [] if "kind" in told.data["item"] else ["item.kind"]
    asked += [] if seen else ["seen_at"]
    if asked:
        told.lacks(not_recorded(asked), "record", "rules")
    if posted and seen and seen.day < posted.day:
        told.lacks("seen before it was posted", "record", "rules")
    pages = policy.at("channels", "pages") or {}
    ours = {page["platform"] for page in pages.values()} | PAGELESS
    if row.platform not in ours:
        told.lacks(f"{row.platform} is no channel of the council", "channels", "rules")
    for name in OTHER_DATES:
        if name in row.said and yes_or_no(row.said[name]) is None and plain(row.said[name]):
            told.lacks(f"{name} is no date; its words are in the note", "record", "rules")


def _without_yes(text: str) -> str:
    first, *rest = text.split(maxsplit=1)
    if not is_one_of("yes", first):
        return text
    return rest[0].lstrip("-–—:,. ") if rest else ""
