"""Every verdict of a register asked again."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from services.assemble import Casework
from services.store.lookups import Case

Told = dict[str, Any]


def cases(casework: Casework) -> list[Case]:
    """Every case of a register."""
    rows = casework.database.query("SELECT council, stream, case_ref FROM cases ORDER BY case_ref")
    return [Case(council, UUID(bytes=stream), ref) for council, stream, ref in rows]


def asked_again(casework: Casework) -> list[Told]:
    """Why each event of each case is as it is, each command once."""
    found = []
    for case in cases(casework):
        sequence, last = 1, casework.accounts.account(case).version
        while sequence <= last:
            told = casework.replay.why(case, sequence)
            found.append(told)
            sequence = max(sequence, *(event["sequence"] for event in told["events"])) + 1
    return found


def differing(casework: Casework) -> list[Told]:
    """The verdicts that are others when asked again, with what differs."""
    again = asked_again(casework)
    return [
        {word: told[word] for word in ("case", "events", "asked", "differs")}
        for told in again
        if told["same"] is False
    ]


def case_of(scenario: Any) -> Case:
    """The present case of a scenario."""
    found: Case = scenario.casework.reading.find_case(None, scenario.case)
    return found
