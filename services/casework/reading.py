"""Reading a register: which case is meant, one case as it is now, what a doctor would say."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from domain.calendar.london import london_date
from domain.policy.policy import Policy
from services.casework.accounts import AccountCommands
from services.casework.appeal_terms import AppealTerms
from services.casework.documents import ALIASES
from services.casework.linked_cases import linked_cases
from services.casework.next_steps import next_steps
from services.casework.offices import Offices
from services.casework.staff import list_staff
from services.faults import NotFound, NotInTheViews
from services.store.database import Database
from services.store.directory import Directory
from services.store.lookups import Case, Lookups
from services.views.appeals import list_appeals
from services.views.audit import audit_case
from services.views.complaints import list_complaints
from services.views.duties import list_duties

WARN_BEFORE = timedelta(days=365)


class Reading:
    """Answers what people ask of a register; records nothing."""

    def __init__(
        self,
        database: Database,
        lookups: Lookups,
        directory: Directory,
        offices: Offices,
        accounts: AccountCommands,
        clock: Callable[[], datetime],
    ) -> None:
        self.database = database
        self.terms = AppealTerms(offices)
        self._lookups = lookups
        self._directory = directory
        self._offices = offices
        self._accounts = accounts
        self._clock = clock

    def find_case(self, council: str | None, text: str) -> Case:
        """The case of a reference, or of PLATFORM/HANDLE; old handles count. Raises NotFound."""
        case = self._lookups.by_case(text)
        if case and council in (None, case.council):
            return case
        platform, slash, handle = text.partition("/")
        platform = ALIASES.get(platform.lower(), platform.lower())
        councils = [council] if council else self._directory.councils()
        if slash:
            for each in councils:
                for find in (
                    self._lookups.by_handle,
                    self._lookups.by_account_id,
                    self._lookups.by_old_handle,
                ):
                    found = find(each, platform, handle)
                    if found:
                        return found
        raise NotFound(f"There is no case {text} in this register.")

    def appeals(self, case: str | None, **asked: Any) -> list[dict[str, Any]]:
        """The appeals view on a London day."""
        day = asked.pop("at", None) or london_date(self._clock())
        return list_appeals(self.database, day, self.terms, case=case, **asked)

    def show(self, case: Case) -> dict[str, Any]:
        """One case now: who, what, blocks, appeals, what is owed, what may be done next."""
        now = self._clock()
        office = self._offices.of(case.council)
        found = audit_case(self.database, case.case_ref, now)
        if found is None:
            raise NotInTheViews(
                f"Case {case.case_ref} is recorded, but not in the views yet. Ask again in a "
                "moment; `casebook doctor` tells how far behind they are."
            )
        del found["events"]
        found["linked"] = linked_cases(self.database, found, self.appeals, now)
        found["blocks"] = self.appeals(case.case_ref)
        found["complaints"] = list_complaints(self.database, case=case.case_ref)
        found["duties"] = list_duties(self.database, now, case=case.case_ref, now=True)
        found["next"] = next_steps(self._accounts, office, case, now) if office else []
        return found

    def staff(self, council: str, at: date | None = None) -> list[dict[str, Any]]:
        """Every appointment of a council, or those that run on a London day."""
        office = self._offices.of(council)
        return list_staff(office.appointments, at, london_date(self._clock())) if office else []

    def may_read(self, council: str, staff: str) -> bool:
        """Whether that person holds a role that may read cases today."""
        office = self._offices.of(council)
        if office is None:
            return False
        today = london_date(self._clock())
        rights = office.council.procedure(today).rights
        return rights.may_read(office.appointments.roles(staff, today))

    def findings(self) -> list[dict[str, str]]:
        """What a doctor would say of the offices: posts without a holder, calendars that end."""
        found = []
        today = london_date(self._clock())
        for council in self._directory.councils():
            office = self._offices.of(council)
            if office is None:
                continue
            policy = office.council.procedure(today)
            calendar = self._offices.calendar(policy)
            if calendar.last_day - today < WARN_BEFORE:
                found.append(
                    {
                        "finding": f"The bank holidays known end on {calendar.last_day}",
                        "where": council,
                        "do": "Install a Casebook with a newer calendar.",
                    }
                )
            for role in _posts(policy):
                if not office.appointments.holders(role, today):
                    found.append(
                        {
                            "finding": f"Nobody holds the post of {role.replace('_', ' ')} today",
                            "where": council,
                            "do": f"casebook appoint --staff ID --role {role} --from DATE",
                        }
                    )
        return found


def _posts(policy: Policy) -> list[str]:
    if policy.at("director") is None:
        return ["communications_manager"]
    return ["communications_manager", policy.at("director", "told") or "service_director"]
