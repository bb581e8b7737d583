"""A throw-away register of both councils, made in a moment, and a guided look at it."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from domain.calendar.london import london_date
from services import assemble, clock
from services.demo.people import STAFF, accounts
from services.demo.stories import Step, tell
from services.demo.tour import guided_look
from services.policies.shipped import shipped

ACCOUNTS = 60
SEED = 2026
BEFORE_THE_STORIES = timedelta(days=1100)
"""A policy is known before what is decided under it, also to `audit --as-known-at`."""


def run(say: Callable[[str], None]) -> Path:
    """Make a register in a folder of its own and lead through it, line by line; returns the folder.

    Raises what `services.faults` lists where it can't be written.
    """
    folder = Path(tempfile.mkdtemp(prefix="casebook-demo-"))
    now = clock.now()
    count = fill(folder, now)
    with assemble.open_casework(folder) as casework:
        events = casework.projector.position
        say(f"A throw-away register with {ACCOUNTS} invented accounts of two councils:")
        say(f"{count} commands made {events} events. It is in {folder}; nobody in it exists.")
        cases = guided_look(casework, say)
    _what_to_try(folder, cases, say)
    return folder


def fill(folder: Path, now: datetime) -> int:
    """Play the invented stories into a new register in a folder; returns how many commands."""
    councils = list(dict.fromkeys(policy.council for policy in shipped()))
    moment = [now - BEFORE_THE_STORIES]
    assemble.found(folder, councils, "admin", lambda: moment[0])
    with assemble.open_casework(folder, lambda: moment[0]) as casework:
        for council in councils:
            for staff, (name, role) in STAFF.items():
                appointment = {"staff": staff, "name": name, "role": role, "from": "2020-01-01"}
                document = {"command": "appoint", "council": council, "actor": "admin"}
                _must(casework, document | appointment)
        steps = _all_stories(casework, councils, now)
        for at, document in steps:
            moment[0] = at
            _must(casework, document)
    return len(steps)


def _all_stories(casework: assemble.Casework, councils: list[str], now: datetime) -> list[Step]:
    random = Random(SEED)
    steps: list[Step] = []
    for council in councils:
        office = casework.offices.of(council)
        assert office is not None
        policy = office.council.procedure(london_date(now))
        platforms = [page["platform"] for page in policy.at("channels", "pages").values()]
        people = accounts(random, platforms, ACCOUNTS // len(councils))
        steps += tell(random, policy, people, now)
    return sorted(steps, key=lambda step: step[0])


def _must(casework: assemble.Casework, document: Mapping[str, object]) -> None:
    answer = casework.handle(dict(document))
    if answer["outcome"] != "accepted":
        raise RuntimeError(f"the demo's own command was not accepted: {document} {answer}")


def _what_to_try(folder: Path, cases: dict[str, str], say: Callable[[str], None]) -> None:
    casebook = _as_typed()
    say("\nFive commands to try next:")
    reversal = "reverse-block --block 1 --because error --reasons mistaken --as ola.k"
    for words in (
        f"show {cases['waiting']}",
        f"audit {cases['ended']}",
        "appeals --eligible",
        "duties --overdue",
        f"may {cases['waiting']} {reversal}",
    ):
        say(f"  {casebook} {words} --register {folder}")


def _as_typed() -> str:
    """How the person at this terminal can call this very program."""
    program = Path(sys.argv[0])
    if shutil.which("casebook") and Path(shutil.which("casebook") or "").samefile(program):
        return "casebook"
    try:
        return str(program.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(program)
