"""Names as a decision would leave them, before the server has taken it."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from eventsourcing.persistence import IntegrityError

from services.store.proposals import Case, KnownAs, Name, Proposal


class ProposedNames:
    """What the open decision adds to the look-up rows and takes from them."""

    def __init__(self) -> None:
        self.now: dict[Name, Case | None] = {}
        """Whose a name is now; None where it was given up."""
        self.cases: dict[str, Case] = {}
        self._old: dict[Name, Case] = {}
        self._known: list[KnownAs] = []
        self._given_up: list[Name] = []

    def open_case(self, case: Case) -> Case:
        """A new case."""
        self.cases[case.case_ref] = case
        return case

    def know(self, case: Case, platform: str, kind: str, value: str, offset: int) -> None:
        """From the event at `offset` of those proposed on, this name finds the case."""
        name = (case.council, platform, kind, value)
        if self.now.get(name):
            raise IntegrityError(f"{platform}/{value} is another account's")
        self.now[name] = case
        self._known.append(KnownAs(name, case, offset))

    def give_up(self, holder: Case, platform: str, value: str) -> None:
        """The holder no longer has this handle."""
        name = (holder.council, platform, "handle", value)
        fresh = [each for each in self._known if each.name == name and not each.given_up]
        for each in fresh:
            each.given_up = True
        if not fresh:
            self._given_up.append(name)
        self.now[name] = None
        self._old[name] = holder

    def given_up(self, council: str, platform: str, value: str) -> Case | None:
        """Who has just given this handle up."""
        return self._old.get((council, platform, "handle", value))

    def account_id_of(self, stream: UUID) -> str | None:
        """The platform's id that the account has just become known by."""
        ids = (each for each in self._known if each.name[2] == "id" and each.case.stream == stream)
        return next((each.name[3] for each in ids), None)

    def handles_of(self, stream: UUID) -> Iterator[tuple[str, str]]:
        """Platform and handle of what the account has just become known by."""
        for each in self._known:
            if each.case.stream == stream and each.name[2] == "handle" and not each.given_up:
                yield each.name[1], each.name[3]

    def fill(self, proposal: Proposal) -> None:
        """Put all of it into the proposal."""
        proposal.cases = list(self.cases.values())
        proposal.names = self._known
        proposal.given_up = self._given_up

    def clear(self) -> None:
        """Begin anew."""
        if self._known or self._given_up or self.cases:
            self.__init__()  # type: ignore[misc]
