"""How long a replay of a long case takes, against its plain audit."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from bench.registers import GROUND, fitting_council, new_register
from bench.rounds import Measure, in_turn
from domain.calendar.london import write_moment
from services.assemble import Casework
from services.replay.clocks import Clocks
from services.store.lookups import Case
from services.views.audit import audit_case

FIRST = datetime(2025, 3, 3, 9, 0, tzinfo=UTC)
TIMES = 7
INCIDENTS = 120
PROPORTIONATE = {"aim": "protect staff", "less_intrusive": "hiding did not help"}


def replaying(rounds: int, events: int) -> Iterator[Measure]:
    """One case of so many events, as it stood at its last moment, and as it was known then."""
    with tempfile.TemporaryDirectory(prefix="casebook-bench-") as name:
        council = fitting_council()
        with new_register(Path(name), council) as casework:
            case, last = _long_case(casework, council, events)
            now = casework.clock()
            asked = (
                ("--as-of", Clocks(as_of=last)),
                ("--as-of and --as-known-at", Clocks(last, now)),
            )
            for option, clocks in asked:
                yield in_turn(
                    f"{option} on a case of {events:,} events / its plain audit",
                    "ms",
                    rounds,
                    partial(_taken, partial(casework.replay.at, case, clocks)),
                    partial(_taken, partial(audit_case, casework.database, case.case_ref, now)),
                    at_most=2,
                )


def _taken(read: Callable[[], Any]) -> float:
    taken = []
    for _ in range(TIMES):
        start = time.perf_counter()
        found = read()
        taken.append(time.perf_counter() - start)
        if not found["events"]:
            raise RuntimeError("the case was not read whole")
    return 1000 * median(taken)


def _long_case(casework: Casework, council: str, events: int) -> tuple[Case, datetime]:
    """A case with many incidents, a block and as many notes as are lacking; its last moment."""
    account = {"platform": "facebook", "handle": "invented.heron", "name": "Invented Heron"}
    at, case_ref, made = FIRST, "", 0
    for step in _steps(events):
        at += timedelta(minutes=10)
        named = {"account": account} if step["command"] == "flag" else {"case": case_ref}
        document = {"council": council, "actor": "jo.p", "occurred_at": write_moment(at), **named}
        if step["command"] == "flag":
            step["item"]["posted_at"] = write_moment(at)
        answer = casework.handle(document | step)
        if answer["outcome"] != "accepted":
            raise RuntimeError(f"the case could not be made: {answer}")
        case_ref, made = answer["case"], answer["version"]
        if made >= events:
            break
    return casework.reading.find_case(council, case_ref), at


def _steps(events: int) -> Iterator[dict[str, Any]]:
    finding = [{"category": "abusive_threatening", "sub_reason": "swearing"}]
    for number in range(1, INCIDENTS + 1):
        item = {"kind": "comment", "text": f"words {number}"}
        yield {"command": "flag", "item": item, "source": {"kind": "officer"}, "why": "abusive"}
        yield {"command": "capture", "incident": number, "held_at": f"S:/{number}.png"}
        upheld = {"command": "uphold", "incident": number, "findings": finding}
        yield upheld | {"viewpoint_neutral": True}
        yield {"command": "hide", "incident": number}
        if number == 2:
            yield {
                "command": "block",
                "ground": GROUND,
                "incidents": [1, 2],
                "scope": "interacting",
                "channels": "all",
                "reason": "it goes on",
                "proportionality": PROPORTIONATE,
            }
    for number in range(events):
        yield {"command": "note", "text": f"still the same, {number}"}
