"""A case on two clocks, told slowly and simply: nothing here comes from the program.

Sort what had happened and was known by the moment at which it happened, then go through it.
"""

from __future__ import annotations

import calendar
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

Told = dict[str, Any]
Event = dict[str, Any]
VERSIONS = (
    ("undated", None, "2024-01-01T00:00:00+00:00", 12),
    ("v2", "2024-06-01", "2024-05-20T12:00:00+00:00", 6),
    ("v3", "2024-04-10", "2024-08-01T12:00:00+00:00", 18),
)
"""Of each policy version: name, first day, when it was recorded, months until an appeal."""


def told(events: list[Event], as_of: datetime | None, known_at: datetime | None, now: datetime):
    """What a reader of the record would say of the case."""
    known = [e for e in events if known_at is None or when(e["recorded_at"]) <= known_at]
    left = [e for e in known if as_of is None or when(e["occurred_at"]) <= as_of]
    at = as_of or known_at or now
    if not left:
        return {"events": [], "state": None}
    case = case_after(sorted(left, key=lambda e: (when(e["occurred_at"]), e["sequence"])))
    owed = {
        duty["duty"]: (duty["due"], duty["due"] is not None and at > when(duty["due"]))
        for event in left
        for duty in event["duties"]
        if duty["duty"] not in case["ended"]
    }
    blocks = {n: block_told(b, case, at, known_at) for n, b in case["blocks"].items()}
    return {
        "events": [event["sequence"] for event in left],
        "state": status(case, owed),
        "handle": case["handle"],
        "incidents": {n: (i["judged"], i["content"]) for n, i in case["incidents"].items()},
        "blocks": blocks,
        "appeals": {n: appeal_told(a, case) for n, a in case["appeals"].items()},
        "duties": owed,
        "policy": in_force(day_of(at), known_at)[0],
        "corrections": corrections(left),
    }


def case_after(events: list[Event]) -> Told:
    case: Told = {"handle": None, "incidents": {}, "blocks": {}, "appeals": {}, "ended": set()}
    for event in events:
        data, at = event["data"], event["occurred_at"]
        case["ended"] |= set(event["discharges"])
        match event["type"]:
            case "AccountOpened" | "HandleChanged":
                case["handle"] = data["handle"]
            case "CommentFlagged":
                case["incidents"][data["incident"]] = {"judged": "flagged", "content": "visible"}
            case "FlagUpheld":
                judge(case, data, "upheld")
            case "FlagDismissed":
                judge(case, data, "dismissed")
            case "FindingOverturned":
                judge(case, data, "overturned")
            case "IncidentClosed":
                case["incidents"][data["incident"]]["closed"] = True
                judge(case, data, "closed")
            case "PostHidden":
                case["incidents"][data["incident"]]["content"] = "hidden"
            case "PostRestored":
                case["incidents"][data["incident"]]["content"] = "visible"
            case "PostDeleted":
                case["incidents"][data["incident"]]["content"] = "deleted"
            case "ContentGone":
                case["incidents"][data["incident"]]["content"] = "gone"
            case "Blocked":
                pages = dict.fromkeys(data["channels"], "pending")
                block = case["blocks"].setdefault(data["block"], {"pages": {}, "applied": []})
                block |= {"decided": at, "pages": pages | block["pages"], "status": "blocked"}
            case "BlockApplied":  # may come before the decision that ratifies it
                block = case["blocks"].setdefault(data["block"], {"pages": {}, "applied": []})
                block["pages"][data["channel"]] = data["result"]
                if data["result"] == "applied":
                    block["applied"].append(day_of(when(at)))
            case "BlockLifted":
                case["blocks"][data["block"]]["pages"][data["channel"]] = "lifted"
            case "BlockReversed":
                block = case["blocks"][data["block"]]
                if block["status"] == "blocked":
                    block |= {"status": "reversed"}
                    for appeal in case["appeals"].values():
                        if appeal["block"] == data["block"]:
                            appeal["status"] = appeal["status"] or "upheld"
            case "AppealFiled":
                reversed_already = case["blocks"][data["block"]]["status"] == "reversed"
                assert not reversed_already
                case["appeals"][data["appeal"]] = {"block": data["block"], "status": None}
            case "AppealDismissed" | "AppealWithdrawn":
                appeal = case["appeals"][data["appeal"]]
                ended = event["type"].removeprefix("Appeal").lower()
                appeal["status"] = appeal["status"] or ended
            case "DutyWaived":
                case["ended"].add(data["duty"])
    case["blocks"] = {n: b for n, b in case["blocks"].items() if "decided" in b}
    return case


def judge(case: Told, data: Told, word: str) -> None:
    incident = case["incidents"][data["incident"]]
    incident["found"] = word if word != "closed" else incident.get("found")
    incident["judged"] = "closed" if incident.get("closed") else word


def status(case: Told, owed: Told) -> str:
    if any(block["status"] == "blocked" for block in case["blocks"].values()):
        return "blocked"
    done = all(
        incident.get("closed") or incident.get("found") in ("dismissed", "overturned")
        for incident in case["incidents"].values()
    )
    return "closed" if done and not owed else "open"


def block_told(block: Told, case: Told, at: datetime, known_at: datetime | None) -> Told:
    decided = day_of(when(block["decided"]))
    clock = min([decided, *block["applied"]])
    day = day_of(at)
    opens = sorted(
        months_after(clock, version[3])
        for version in {in_force(decided, known_at), in_force(day, known_at)}
    )
    open_now = [each for each in opens if each <= day]
    return {
        "status": block["status"],
        "pages": block["pages"],
        "clock": clock.isoformat(),
        "eligible": bool(open_now) and block["status"] == "blocked",
        "from": (open_now or opens)[0].isoformat(),
    }


def appeal_told(appeal: Told, case: Told) -> str:
    return appeal["status"] or "open"


def corrections(events: list[Event]) -> list[tuple[str, str]]:
    """What the name said before each correction and after it, in the order of recording."""
    name = next((e["data"]["name"] for e in events if e["type"] == "AccountOpened"), None)
    found = []
    for event in events:
        if event["type"] == "RecordCorrected":
            found.append((name, event["data"]["value"]))
            name = event["data"]["value"]
    return found


def in_force(day: date, known_at: datetime | None) -> tuple[Any, ...]:
    known = [v for v in VERSIONS if known_at is None or when(v[2]) <= known_at]
    begun = [v for v in known if v[1] is None or date.fromisoformat(v[1]) <= day]
    return max(begun, key=lambda v: v[1] or "")


def months_after(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def day_of(moment: datetime) -> date:
    return moment.astimezone(ZoneInfo("Europe/London")).date()


def when(text: str) -> datetime:
    return datetime.fromisoformat(text)
