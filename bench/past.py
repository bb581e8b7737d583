"""The history that is brought along: rows of a council's register, and the same as commands."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from bench.casework import FINDINGS, TEXTS, Command

HEADINGS = (
    "Ref",
    "Platform",
    "Account name",
    "Handle",
    "Date of post",
    "Date seen",
    "Post / comment",
    "Link",
    "Why unacceptable",
    "Seen by",
    "Screenshot?",
    "Action taken",
    "Date hidden / deleted",
    "Blocked? (Y/N)",
    "Date blocked",
    "Decision by",
    "Reason for block",
    "Notes",
)
FIRST = datetime(2015, 1, 5, 9, 0, tzinfo=UTC)
# Each account comes back twice, a thousand rows later: about a month.
AT_A_TIME, TURNS = 1_000, 3
BLOCKED = "A second abusive post after the first was hidden"


def write_past(path: Path, rows: int, seed: int = 7) -> None:
    """A register of so many rows as CSV, each account's three rows a thousand apart."""
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(HEADINGS)
        writer.writerows(_cells(incident) for incident in _incidents(rows, seed))


def acts(council: str, rows: int, seed: int = 7) -> list[list[Command]]:
    """What each of the same rows tells, as the commands that an officer would have given."""
    chance = random.Random(seed)
    found: dict[int, int] = {}
    told = []
    for incident in _incidents(rows, seed):
        who = incident["who"]
        number = found[who] = found.get(who, 0) + 1
        steps = _steps(incident, number)
        told.append([_command(council, incident, step, chance) for step in steps])
    return told


def _incidents(rows: int, seed: int) -> Iterator[dict[str, Any]]:
    chance = random.Random(seed)
    for number in range(rows):
        earlier, within = divmod(number, AT_A_TIME * TURNS)
        turn, who = divmod(within, AT_A_TIME)
        who += earlier * AT_A_TIME
        yield {
            "number": number,
            "who": who,
            "day": FIRST + timedelta(minutes=50 * number),
            "text": chance.choice(TEXTS),
            "url": f"https://facebook.example/posts/{chance.randrange(10**9)}",
            "breach": turn != 1 or bool(who % 2),
            "blocks": turn == 2 and who % 4 > 0,
        }


def _cells(told: dict[str, Any]) -> list[str]:
    day = f"{told['day']:%d/%m/%Y}"
    breach, blocks = told["breach"], told["blocks"]
    return [
        f"SM{told['number'] + 1:06}",
        "Facebook",
        f"Invented Heron {told['who']}",
        f"@invented.heron.{told['who']}",
        day,
        day,
        told["text"],
        told["url"],
        "swearing" if breach else "none – criticism only",
        "JP",
        f"S:/evidence/{told['number']}.png",
        "hidden" if breach else "no action",
        day if breach else "",
        "Y" if blocks else "N",
        day if blocks else "",
        "JP" if blocks else "",
        BLOCKED if blocks else "",
        "see email" if told["number"] % 5 == 0 else "",
    ]


def _steps(told: dict[str, Any], number: int) -> Iterator[dict[str, Any]]:
    at = told["day"].isoformat()
    item = {"kind": "comment", "text": told["text"], "url": told["url"], "posted_at": at}
    why = "Swears at staff under a post about bin collections"
    yield {"command": "flag", "item": item, "source": {"kind": "officer"}, "why": why}
    kept = {"held_at": f"S:/evidence/{told['number']}.png", "lawful_to_hold": True}
    yield {"command": "capture", "incident": number} | kept
    if not told["breach"]:
        yield {"command": "dismiss", "incident": number, "reason": "no_breach"}
        return
    found = {"findings": FINDINGS, "viewpoint_neutral": True}
    yield {"command": "uphold", "incident": number} | found
    yield {"command": "hide", "incident": number, "whose_view": "jo.p"}
    if told["blocks"]:
        yield _block([1, 2, 3] if told["who"] % 2 else [1, 3])
        yield {"command": "apply-block", "block": 1, "channel": "facebook", "result": "applied"}


def _block(incidents: list[int]) -> dict[str, Any]:
    return {
        "command": "block",
        "ground": "continues",
        "incidents": incidents,
        "scope": "interacting",
        "channels": "all",
        "reason": BLOCKED,
        "viewpoint_neutral": True,
        "proportionality": {
            "aim": "To protect staff from abuse on our pages",
            "less_intrusive": "Hiding single posts was tried and did not help",
        },
    }


def _command(
    council: str, told: dict[str, Any], step: dict[str, Any], chance: random.Random
) -> Command:
    named = {
        "platform": "facebook",
        "handle": f"invented.heron.{told['who']}",
        "name": f"Invented Heron {told['who']}",
    }
    document = {
        "command_id": str(UUID(int=chance.getrandbits(128), version=4)),
        "council": council,
        "actor": "jo.p",
        "account": named,
        "occurred_at": told["day"].isoformat(),
    }
    return document | step
