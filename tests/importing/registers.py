"""Registers to import: the two that councils keep, and rows put together by a test."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from services import assemble
from services.importing import mappings
from services.importing.bringing import Bringing
from services.importing.reading import open_register
from services.importing.summary import Summary
from services.views.audit import audit_case
from services.views.cases import CaseFilter, list_cases
from tests.modes import Where, end_of, register_at

DATA = Path(__file__).parent / "data"
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
REGISTERS = {
    "ashfield": ("ashfield-register.csv", "truth-ashfield-11.json"),
    "north-northamptonshire": (
        "north-northamptonshire-register.xlsx",
        "truth-north-northamptonshire-12.json",
    ),
}
HEADINGS = (
    "Ref",
    "Platform",
    "Account name",
    "Handle",
    "Date of post",
    "Date seen",
    "Post / comment",
    "Why unacceptable",
    "Screenshot?",
    "Action taken",
    "Date hidden / deleted",
    "Blocked? (Y/N)",
    "Date blocked",
    "Decision by",
    "Reason for block",
    "Director informed",
    "Police ref",
    "Appeal received",
    "Outcome of appeal",
    "Notes",
)


class Kept:
    """A casework register of one council, into which a test imports."""

    def __init__(self, casework: assemble.Casework, council: str) -> None:
        self.casework = casework
        self.council = council

    def bring(self, path: Path, *, dry: bool = False, actor: str = "jo.p", **names: str) -> Summary:
        """Import a file; what its headings mean may be named."""
        file = open_register(path, mappings.named(names.items()))
        office = self.casework.offices.of(self.council)
        return Bringing(self.casework, office, actor, file, dry=dry).run()

    def events(self) -> dict[tuple[str, str], list[dict[str, Any]]]:
        """The events of each account by platform and handle, without what one run gives them."""
        found = {}
        for case in self.cases():
            told = audit_case(self.casework.database, case["case"], NOW)["events"]
            who = (case["platform"], case["handle"] or case["name"])
            found[who] = [_lasting(event) for event in told]
        return found

    def cases(self, **wanted: Any) -> list[dict[str, Any]]:
        """The cases view."""
        return list_cases(self.casework.database, CaseFilter(**wanted))

    def appeals(self) -> list[dict[str, Any]]:
        """The appeals view, without case references, in one order."""
        found = self.casework.reading.appeals(None)
        without = [{k: v for k, v in each.items() if k != "case"} for each in found]
        return sorted(without, key=lambda each: json.dumps(each, sort_keys=True))

    def count(self) -> int:
        """How many events there are."""
        return self.casework.database.one("SELECT count(*) FROM events")[0]


def appointed(where: Where, council: str) -> None:
    """Found a register of a council with an officer, jo.p."""
    assemble.found(where, [council], "admin", lambda: NOW)
    with assemble.open_casework(where, lambda: NOW) as casework:
        for staff, role in (("jo.p", "officer"), ("mia.m", "communications_manager")):
            appoint = {"command": "appoint", "council": council, "actor": "admin"}
            granted = {"staff": staff, "role": role, "from": "2012-01-01"}
            assert casework.handle(appoint | granted)["outcome"] == "accepted"


@contextmanager
def kept(folder: Path, council: str = "ashfield") -> Iterator[Kept]:
    """A new register of a council with an officer, jo.p."""
    where = register_at(folder, same=council, make=lambda where: appointed(where, council))
    with assemble.open_casework(where, lambda: NOW) as casework:
        yield Kept(casework, council)
    end_of(folder)


def row(**said: str) -> dict[str, str]:
    """A row of an ordinary incident, but for what is said (`Blocked` for `Blocked? (Y/N)`)."""
    found = {
        "Ref": "A1",
        "Platform": "Facebook",
        "Account name": "Maple Heron",
        "Handle": "@maple.heron",
        "Date of post": "03/03/2025",
        "Date seen": "04/03/2025",
        "Post / comment": "thieves",
        "Why unacceptable": "swearing",
        "Screenshot?": "Y",
        "Action taken": "hidden",
        "Date hidden / deleted": "04/03/2025",
    }
    named = {heading.split("?")[0].replace(" ", "_"): heading for heading in HEADINGS}
    return found | {named[name]: text for name, text in said.items()}


def as_csv(path: Path, rows: Iterable[dict[str, str]], encoding: str = "utf-8") -> Path:
    """A CSV file of such rows."""
    lines = [[each.get(heading, "") for heading in HEADINGS] for each in rows]
    return table(path, [list(HEADINGS), *lines], encoding)


def table(
    path: Path, lines: Sequence[Sequence[str]], encoding: str = "utf-8", delimiter: str = ","
) -> Path:
    """A file of these lines."""
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(lines)
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def lines_of(council: str) -> list[list[Any]]:
    """The lines of a council's register, as their cells are."""
    from services.importing.tables import open_source

    sheets = open_source(DATA / REGISTERS[council][0]).sheets
    return [cells for _, cells in sheets[-1].lines()]


def truth_of(council: str) -> dict[str, Any]:
    """What a careful clerk reads out of the register."""
    truth: dict[str, Any] = json.loads((DATA / REGISTERS[council][1]).read_text())
    return truth


def brought(register: Kept, tmp_path: Path, *rows: dict[str, str]) -> list[dict[str, Any]]:
    """Import these rows: the events of the only account that these rows are about."""
    told = register.bring(as_csv(tmp_path / "rows.csv", rows))
    assert told.rejects == []
    assert register.casework.differences() == []
    [events] = register.events().values()
    return events


def one(events: list[dict[str, Any]], type: str) -> dict[str, Any]:
    """The only event of that type."""
    [found] = [event for event in events if event["type"] == type]
    return found


def irregular(event: dict[str, Any]) -> dict[str, str]:
    """What is irregular in an event, by rule."""
    return {each["rule"]: each["what"] for each in event["irregular"]}


def _lasting(event: dict[str, Any]) -> dict[str, Any]:
    passing = ("stream", "case", "recorded_at", "note")
    found = {word: value for word, value in event.items() if word not in passing}
    if "source" in found["data"]:
        found["data"] = found["data"] | {"source": {}}
    return found
