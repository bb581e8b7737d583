"""The casework that is timed: invented accounts, officers' commands as a day brings them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

Command = dict[str, Any]

FIRST = datetime(2025, 3, 3, 9, 0, tzinfo=UTC)
STEPS = 10
FINDINGS = [{"category": "abusive_threatening", "sub_reason": "swearing"}]
TEXTS = (
    "You lot couldn't empty a f***ing bin if your lives hung on it",
    "Three weeks of s*** on our street and not one of you b******s picks up the telephone",
    "Whoever signed off this car park is a f***ing disgrace and so is the whole department",
)


def commands(council: str, accounts: int, seed: int = 7) -> list[Command]:
    """Ten commands for each account, the accounts taking turns at random, moments rising."""
    chance = random.Random(seed)
    stories = [_story(number, chance) for number in range(accounts)]
    turns = [number for number in range(accounts) for _ in range(STEPS)]
    chance.shuffle(turns)
    made = []
    for second, number in enumerate(turns):
        at = (FIRST + timedelta(seconds=second)).isoformat()
        named = {
            "platform": "facebook",
            "handle": f"invented.heron.{number}",
            "name": f"Invented Heron {number}",
        }
        document = {
            "command_id": str(UUID(int=chance.getrandbits(128), version=4)),
            "council": council,
            "actor": "jo.p",
            "account": named,
            "occurred_at": at,
        }
        step = next(stories[number])
        if step["command"] == "flag":
            step["item"]["posted_at"] = at
        made.append(document | step)
    return made


def _story(number: int, chance: random.Random) -> Iterator[Command]:
    yield from _removed(1, chance)
    yield _note(chance)
    if number % 4 == 0:
        yield from _dismissed(2, chance)
        yield _note(chance)
        # Refused: the finding is that nothing was wrong.
        yield {"command": "hide", "incident": 2, "whose_view": "jo.p"}
    else:
        yield from _removed(2, chance)
        yield _blocked() if number % 4 == 1 else _note(chance)


def _removed(incident: int, chance: random.Random) -> Iterator[Command]:
    yield _flagged(chance)
    yield _captured(incident)
    yield {
        "command": "uphold",
        "incident": incident,
        "findings": FINDINGS,
        "viewpoint_neutral": True,
    }
    yield {"command": "hide", "incident": incident, "whose_view": "jo.p"}


def _dismissed(incident: int, chance: random.Random) -> Iterator[Command]:
    yield _flagged(chance)
    yield _captured(incident)
    yield {"command": "dismiss", "incident": incident, "reason": "no_breach"}


def _flagged(chance: random.Random) -> Command:
    return {
        "command": "flag",
        "item": {
            "kind": "comment",
            "text": chance.choice(TEXTS),
            "url": f"https://facebook.example/posts/{chance.randrange(10**9)}",
        },
        "source": {"kind": "officer"},
        "why": "Swears at staff under a post about bin collections",
    }


def _captured(incident: int) -> Command:
    return {
        "command": "capture",
        "incident": incident,
        "held_at": f"S:/evidence/2025/{incident}.png",
        "lawful_to_hold": True,
    }


def _blocked() -> Command:
    return {
        "command": "block",
        "ground": "continues",
        "incidents": [1, 2],
        "scope": "interacting",
        "channels": "all",
        "reason": "A second abusive post after the first was hidden",
        "viewpoint_neutral": True,
        "proportionality": {
            "aim": "To protect staff from abuse on our pages",
            "less_intrusive": "Hiding single posts was tried and did not help",
        },
    }


def _note(chance: random.Random) -> Command:
    return {
        "command": "note",
        "text": f"Telephoned ward office, reference {chance.randrange(10**6)}",
    }
