"""Who works in the two offices during the year, and who holds which post when."""

from __future__ import annotations

from random import Random
from typing import Any

OFFICERS = ("jo", "pat", "ola", "lee")
MANAGERS = ("mia", "nia", "dee")
EVERYONE = (*OFFICERS, *MANAGERS, "sam", "col", "aud", "admin", "nobody")
APPOINTED: tuple[dict[str, Any], ...] = (
    {"staff": "jo", "role": "officer", "from": "2020-01-01"},
    {"staff": "pat", "role": "officer", "from": "2020-01-01"},
    {"staff": "ola", "role": "officer", "from": "2020-01-01"},
    {"staff": "lee", "role": "officer", "from": "2020-01-01", "until": "2025-05-31"},
    {"staff": "mia", "role": "communications_manager", "from": "2020-01-01", "until": "2025-09-30"},
    {"staff": "nia", "role": "communications_manager", "from": "2025-10-06"},
    {"staff": "dee", "role": "communications_manager", "from": "2020-01-01", "deputy_for": "mia"},
    {"staff": "dee", "role": "officer", "from": "2020-01-01"},
    {"staff": "sam", "role": "service_director", "from": "2020-01-01"},
    {"staff": "col", "role": "complaints_officer", "from": "2020-01-01"},
    {"staff": "aud", "role": "auditor", "from": "2020-01-01"},
)
MANAGERS_WORK = ("agree-reversal", "decline-reversal", "waive", "declare-period")
COMPLAINTS_WORK = ("file-appeal", "acknowledge-appeal", "withdraw-appeal", "complain")


def someone_for(command: str, rng: Random) -> str:
    """Who would do this: mostly somebody who may, sometimes anybody at all."""
    if rng.random() < 0.06:
        return rng.choice(EVERYONE)
    if command in MANAGERS_WORK:
        return rng.choice(MANAGERS)
    if command in COMPLAINTS_WORK and rng.random() < 0.5:
        return "col"
    if command in ("reverse-block", "dismiss-appeal", "block") and rng.random() < 0.3:
        return rng.choice(MANAGERS)
    return rng.choice((*OFFICERS[:3], *OFFICERS, "dee"))
