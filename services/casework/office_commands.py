"""Commands about the office itself: appointments, policies adopted, periods declared."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

import schemas
from domain.calendar.london import london_date
from domain.commands.outcomes import InvalidCommand
from domain.commands.staffing import appoint, end_appointment
from domain.commands.verdict import Verdict
from domain.policy.rules import state_rule
from services.casework import answers
from services.casework.adopting import adopt
from services.casework.answers import Answer
from services.casework.documents import Document
from services.casework.offices import Office
from services.casework.recording import Body, office_body
from services.casework.streams import OfficeStream, project_office
from services.store.directory import Directory
from services.store.register import Register

PERIOD = ("kind", "name", "from", "until", "reason")


class OfficeCommands:
    """Carries out commands on staff and council; must run inside `database.writing()`."""

    def __init__(self, register: Register, directory: Directory) -> None:
        self._register = register
        self._directory = directory

    def answer(self, document: Document, office: Office, now: datetime, dry: bool) -> Answer:
        """The answer to a command about the office; recorded unless `dry`."""
        fields = document.fields
        command, day = fields["command"], london_date(document.at)
        doer = fields.get("on_behalf_of", fields["actor"])
        held = office.appointments.roles(doer, day)
        policy = office.council.procedure(day)
        role = policy.rights.lowest(held, command)
        try:
            decided = self._decide(fields, office, day.isoformat(), london_date(now))
        except InvalidCommand as error:
            fault = schemas.Fault(error.path, error.problem, error.wanted)
            return answers.invalid(document.command_id, [fault])
        if role is None:
            why = f"{fields['actor']} holds no role that may {command} on {day}"
            answer = answers.plain(document.command_id, "forbidden", [why])
            if command in policy.permissions:
                rules = list(policy.cited("permissions", "rules"))
                answer |= {"verdict": Verdict(False, rules).as_json([])}
            return answer
        if isinstance(decided, str):
            verdict = Verdict(False, [state_rule(decided)])
            answer = answers.plain(document.command_id, "refused", [decided])
            return answer | {"verdict": verdict.as_json([])}
        type_, data, *more = decided
        notes = [note for each in more for note in each]
        actor = {"id": fields["actor"], "role": role, "kind": "person"}
        body = None if dry else self.record(document, office, type_, data, actor, now)
        return {
            "command_id": document.command_id,
            "outcome": "accepted",
            "case": None,
            "version": body["sequence"] if body else None,
            "events": answers.events_in([body] if body else []),
            "verdict": Verdict(True, warnings=notes).as_json([]),
            "why": [],
        }

    def record(
        self,
        document: Document,
        office: Office,
        type_: str,
        data: Body,
        actor: Body,
        now: datetime,
    ) -> Body:
        """Record one event of the office, opening its stream where there is none yet."""
        council = office.council.id
        kind = "staff" if type_ in ("RoleGranted", "RoleEnded") else "council"
        stream = self._stream(kind, council, data)
        body = office_body(
            kind, stream.id, stream.version + 1, council, type_, data, document, actor, now
        )
        stream.record(body)
        self._register.record(stream)
        self._register.database.office_changed()
        return body

    def _stream(self, kind: str, council: str, data: Body) -> OfficeStream:
        known: UUID | None
        if kind == "staff":
            known = self._directory.staff(council, data["staff"])
        else:
            known = self._directory.council(council)
        if known:
            return self._register.load(known, project_office)
        stream = OfficeStream(uuid4())
        if kind == "staff":
            self._directory.add_staff(council, data["staff"], stream.id)
        else:
            self._directory.add_council(council, stream.id)
        return stream

    def _decide(
        self, fields: dict[str, Any], office: Office, day: str, today: date
    ) -> tuple[str, Body] | tuple[str, Body, list[str]] | str:
        command = fields["command"]
        if command == "appoint":
            return appoint(fields, office.appointments, office.council.roles())
        if command == "end-appointment":
            return end_appointment(fields, office.appointments)
        if command == "adopt-policy":
            found = adopt(
                self._directory,
                office.council,
                fields["file"],
                fields["from"],
                fields["decision"],
                today,
            )
            return found if isinstance(found, str) else ("PolicyAdopted", *found)
        if fields["until"] < fields.get("from", fields["until"]):
            raise InvalidCommand("until", "is before from", "the last day of the period")
        data = {name: fields[name] for name in PERIOD if name in fields}
        if command == "declare-period":
            return "PeriodDeclared", data
        periods = office.council.periods
        if all((p.kind, p.name) != (fields["kind"], fields["name"]) for p in periods):
            return f"No {fields['kind']} period called {fields['name']} was declared by {day}"
        return "PeriodEnded", data
