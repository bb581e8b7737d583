"""A register and its oracle side by side: each command goes to both, and both must agree."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from services import assemble
from services.views.audit import audit_case
from services.views.duties import list_duties
from tests.year import days
from tests.year.cases import Case
from tests.year.effects import opening
from tests.year.facts import Then
from tests.year.invariants import Watch
from tests.year.oracle import Oracle
from tests.year.verdicts import Expected

Document = dict[str, Any]
COUNCILS = ["ashfield", "north-northamptonshire"]


class Disagreement(AssertionError):
    """The register answered otherwise than the oracle expected."""


class Office:
    """Sends commands in groups; compares each answer, each event and, when asked, the views."""

    def __init__(self, folder: Path, now: Any, oracle: Oracle) -> None:
        self.oracle, self.now = oracle, now
        assemble.found(folder, COUNCILS, "admin", lambda: self.now())
        for council in COUNCILS:
            first = {"council": council, "staff": "admin", "role": "administrator", "from": ""}
            oracle.appointments.append(first)
        self.casework = assemble.open_casework(folder, lambda: self.now())
        self.watch = Watch(oracle)
        self.position = 0
        self.waiting: list[tuple[Document, Expected]] = []
        self.outcomes: dict[str, int] = {}
        self.told: list[tuple[Case | None, Document]] = []

    def send(self, document: Document, *, at_once: bool = True) -> None:
        """Give a command; it may wait for others to make a group, unless its answer is needed."""
        expected = self.oracle.expect(document, self.now())
        self.waiting.append((document, expected))
        if at_once or expected.outcome is None:
            self.flush()

    def flush(self) -> list[dict[str, Any]]:
        """Send what waits as one group of lines, and hold the answers against the oracle."""
        waiting, self.waiting = self.waiting, []
        lines = [json.dumps(document).encode() for document, _ in waiting]
        answers = self.casework.handle_lines(lines)
        for (document, expected), answer in zip(waiting, answers, strict=True):
            self.oracle.answered(document, self.now(), expected, answer)
            self.told.append((expected.case, document))
            self.outcomes[answer["outcome"]] = self.outcomes.get(answer["outcome"], 0) + 1
            faults = expected.faults(answer)
            if faults:
                raise Disagreement(self._told(document, expected, answer, faults))
        self._watch_events()
        return answers

    def _watch_events(self) -> None:
        while batch := self.casework.register.history.batch(after=self.position, size=500):
            for position, event in batch:
                self.watch.take(event.body)
                self.position = position

    def _told(
        self, document: Document, expected: Expected, answer: Document, faults: list[str]
    ) -> str:
        """The faults, then every command about that account so far, the last one at fault."""
        mine = [each for case, each in self.told if case is not None and case is expected.case]
        again = [json.dumps(each) for each in mine[-25:] or [document]]
        number = len(self.told)
        answered = json.dumps(answer)[:900]
        return "\n".join([f"command {number}:", *faults, f"answered: {answered}", *again])

    def check_views(self) -> None:
        """End what has run out; the views are then those that a rebuild makes."""
        self.casework.tick()
        for case in self.oracle.cases:
            self.oracle.run_out(case, self.now())
        self._watch_events()
        assert self.casework.differences() == []

    def check_appeals(self, at: date) -> int:
        """The appeals view says on a day what the oracle says; returns how many rows it has."""
        end = days.london(at + timedelta(days=1)) - timedelta(microseconds=1)
        listed = self.casework.reading.appeals(None, at=at)
        rows = {(row["case"], row["block"]): row for row in listed}
        expected = 0
        for case in self.oracle.cases:
            then, all_told = Then(case, end), Then(case, None)
            for number in then.blocks():
                expected += 1
                row = rows[case.ref, number]
                opens = opening(case, number, all_told.facts[-1].at)
                stands = then.stands(number)
                if case.council.id == "ashfield":
                    wanted = (stands and at >= opens, opens.isoformat())
                else:
                    wanted = (None, None)
                found = (row["eligible"], row["eligible_from"])
                assert found == wanted, (case.ref, number, at, found, wanted)
                assert (row["status"] == "blocked") == stands, (case.ref, number, at, row)
                for appeal in row["appeals"]:
                    if then.appeal(appeal["appeal"]):
                        status = then.appeal_status(appeal["appeal"])
                        assert appeal["status"] == status, (case.ref, at, appeal, status)
        assert len(listed) == expected
        return expected

    def opens(self, ref: str, block: int) -> date:
        """The day on which an appeal against a block opens, as the oracle reads the rules."""
        case = next(case for case in self.oracle.cases if case.ref == ref)
        return opening(case, block, Then(case, None).facts[-1].at)

    def duties(self, code: str) -> list[Document]:
        """Every duty of that code that was ever owed."""
        found = list_duties(self.casework.database, self.now(), include_ended=True)
        return [duty for duty in found if duty["code"] == code]

    def audits(self, day: date) -> list[Document]:
        """Each tenth case as it stood at the end of a day."""
        end, database = days.london(day + days.DAY), self.casework.database
        refs = [case.ref for case in self.oracle.cases[::10] if case.ref]
        return [audit_case(database, ref, self.now(), as_of=end) for ref in refs]

    def close(self) -> None:
        self.casework.close()
