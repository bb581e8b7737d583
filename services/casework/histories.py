"""The accounts of a register, and their cases as they stood at one moment."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID, uuid4

from domain.account.evolve import fold
from domain.account.standing import Standing
from domain.account.together import Together
from domain.account.user_account import UserAccount, project_account
from services.casework.recording import Body
from services.store.lookups import Case, Lookups
from services.store.register import Register


class Histories:
    """Loads accounts; a case as it stood earlier is folded from its events."""

    def __init__(self, register: Register, lookups: Lookups) -> None:
        self._register = register
        self._lookups = lookups

    def account(self, case: Case | None) -> UserAccount:
        """The account of a case as it is recorded; a new one where there is no case."""
        if case is None:
            return UserAccount(uuid4())
        return self._register.load(case.stream, project_account)

    def events(self, stream: UUID) -> list[Body]:
        """The events of an account, in the order in which they were recorded."""
        return [event.body for event in self._register.history_of(stream)]

    def find(self, council: str, case_ref: str) -> Case | None:
        """The case of this reference, where it is one of the council's."""
        case = self._lookups.by_case(case_ref)
        return case if case and case.council == council else None

    def standing(self, council: str, case_ref: str, until: str | None) -> Standing | None:
        """A case as it stood at a moment, or (None) as it is recorded; None where there is none."""
        case = self.find(council, case_ref)
        if case is None:
            return None
        present = self.account(case).standing
        if until is None or until >= present.last_occurred:
            return present
        return fold(self.events(case.stream), until)

    def linked(self, account: UserAccount) -> Iterator[tuple[Case, UserAccount]]:
        """The other cases that are now held to be of the same account."""
        if not account.standing.links:
            return
        council = account.standing.council
        together = Together(
            account.standing, lambda other: self.standing(council, other, None) or Standing(other)
        )
        for other in together.others:
            case = self.find(council, other.case)
            if case:
                yield case, self.account(case)
