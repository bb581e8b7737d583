"""That the account was blocked, and what followed: the director told, the police, an unblocking."""

from __future__ import annotations

from typing import Any

from services.importing.judged import check_needs
from services.importing.past import Happening, Past, not_recorded
from services.importing.rows import yes_or_no
from services.importing.wording import is_one_of


def block(past: Past, flagged: Happening, found: Happening | None, incident: int) -> Happening:
    """The block of a row that blocks, also while another stands; applied as it was decided."""
    row, number = past.row, past.case.next_block()
    data: dict[str, Any] = {
        "block": number,
        "incidents": [incident],
        "channels": [],
        "length": {"kind": "indefinite"},
    }
    data |= {"reason": row.said["block_reason"]} if "block_reason" in row.said else {}
    when = row.days.get("blocked_on")
    # A block keeps its own date even where its item was seen later: the appeal clock hangs on it.
    told = past.tell("Blocked", data, when, None if when else past.told[-1].at)
    data["channels"] = channels(past, told)
    told.behalf = row.said.get("decided_by")
    if told.at < flagged.at:
        told.lacks("blocked before the item was seen", "blocks", "rules")
    _irregular(past, told)
    # The ground isn't recorded, so that nothing more is asked than any of them asks.
    grounds = told.policy.block_grounds.values()
    check_needs(past, told, found, next((ground.needs for ground in grounds), ()))
    for channel in data["channels"]:
        applied = {"block": number, "channel": channel, "result": "applied"}
        past.tell("BlockApplied", applied, when, told.at).precision = told.precision
    _director(past, told)
    return told


def channels(past: Past, told: Happening) -> list[str]:
    """The council's pages on the platform of the row."""
    pages = told.policy.at("channels", "pages") or {}
    return sorted(name for name, page in pages.items() if page["platform"] == past.row.platform)


def police(past: Past, flagged: Happening, incident: int) -> None:
    """That the police were told, where the row has their reference."""
    text = past.row.said.get("police_reference", "")
    if not text or yes_or_no(text) is False:
        return
    data: dict[str, Any] = {"incidents": [incident]}
    data |= {} if is_one_of("yes", text) else {"reference": text}
    told = past.tell("PoliceReferred", data, None, flagged.at)
    told.lacks(not_recorded(["when", "ground", "force", "legal_basis"]), "police", "rules")


def unblock(past: Past, blocked: Happening, reversed_: Happening) -> None:
    """That the platform let the account go again, where the row says so."""
    when = past.row.days.get("unblocked_on")
    for channel in blocked.data["channels"]:
        data = {"block": blocked.data["block"], "channel": channel, "result": "lifted"}
        past.tell("BlockLifted", data, when, reversed_.at)


def _irregular(past: Past, told: Happening) -> None:
    row = past.row
    missing = ["ground", "scope", "proportionality"]
    missing += [] if "reason" in told.data else ["reason"]
    missing += [] if "blocked_on" in row.days else ["when it was decided"]
    missing += [] if told.behalf else ["who decided"]
    told.lacks(not_recorded(missing), "blocks", "rules")
    policy = told.policy
    if policy.at("blocks", "notice", "force") == "must":
        told.lacks("that the person was told was not recorded", "blocks", "notice", "rules")
    if policy.at("director") is not None and not _director_was_told(past):
        told.lacks("that the service director was told was not recorded", "director", "rules")
    if yes_or_no(row.said.get("blocked", "yes")) is None and "blocked_on" not in row.days:
        told.lacks("whether it was a block is said in other words", "blocks", "rules")


def _director_was_told(past: Past) -> bool:
    row = past.row
    return "director_informed" in row.days or is_one_of(
        "yes", row.said.get("director_informed", "")
    )


def _director(past: Past, blocked: Happening) -> None:
    if not _director_was_told(past):
        return
    when = past.row.days.get("director_informed")
    data = {"block": blocked.data["block"], "delivery": "delivered"}
    told = past.tell("DirectorNotified", data, when, blocked.at)
    told.lacks(not_recorded(["told", "via", *([] if when else ["when"])]), "director", "rules")
