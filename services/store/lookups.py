"""Which case an account has: by the platform's id, by handle, or by the case reference."""

from __future__ import annotations

from uuid import UUID

from domain.handles import normal_handle
from services.store.case_references import new_case_reference, normal_case_reference
from services.store.database import Database
from services.store.elsewhere import Elsewhere, names_of
from services.store.proposals import Case as Case
from services.store.proposals import Name
from services.store.proposed_names import ProposedNames

MOST_KEPT = 20_000


class Lookups:
    """The look-up rows, written in the transaction of the event that makes them true.

    Whoever changes them must be inside `database.writing()`. That an id or a handle already
    stands for another account is `eventsourcing`'s IntegrityError.

    What was found under the write lock is kept in memory until it may no longer be true: until a
    handle is given up, another process writes, or a transaction is rolled back.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._found: dict[Name, Case] = {}
        self._nobodys: set[Name] = set()
        """What the open transaction looked for in vain; the next may find it."""
        self._read: set[Name] = set()
        """What the open transaction looked for, found or not."""
        self._most_kept = MOST_KEPT
        self._as_of = 0
        self._opened: set[UUID] = set()
        self._proposed = ProposedNames()
        database.join(self)

    def keep_at_most(self, names: int) -> None:
        """Keep no more of what was found in memory from now on."""
        self._most_kept = names

    def by_account_id(self, council: str, platform: str, account_id: str) -> Case | None:
        """The case of the account that has this id on the platform."""
        return self._known_now(council, platform, "id", account_id)

    def by_handle(self, council: str, platform: str, handle: str) -> Case | None:
        """The case of the account that has this handle now."""
        return self._known_now(council, platform, "handle", handle)

    def by_old_handle(self, council: str, platform: str, handle: str) -> Case | None:
        """The case of the account that had this handle last, and has given it up."""
        value = normal_handle(handle)
        proposed = self._proposed.given_up(council, platform, value)
        return proposed or self._known(council, platform, "handle", value, given_up=True)

    def by_case(self, case_ref: str) -> Case | None:
        """The case of this reference, in capitals or not."""
        wanted = normal_case_reference(case_ref)
        if wanted in self._proposed.cases:
            return self._proposed.cases[wanted]
        row = self._database.one(
            "SELECT council, stream, case_ref FROM cases WHERE case_ref = ?", (wanted,)
        )
        return Case(row[0], UUID(bytes=row[1]), row[2]) if row else None

    def account_id_of(self, stream: UUID) -> str | None:
        """The platform's id that the account is known by, if any."""
        proposed = self._proposed.account_id_of(stream)
        if proposed:
            return proposed
        row = self._database.one(
            "SELECT value FROM known_as WHERE stream = ? AND kind = 'id' AND given_up = 0",
            (stream.bytes,),
        )
        return str(row[0]) if row else None

    def open_case(self, council: str, prefix: str, stream: UUID) -> Case:
        """Give a new account its case reference."""
        self._opened.add(stream)
        while True:
            case_ref = new_case_reference(prefix)
            if self._database.proposal:
                return self._proposed.open_case(Case(council, stream, case_ref))
            if self._database.execute(
                "INSERT INTO cases (case_ref, council, stream) VALUES (?, ?, ?) "
                "ON CONFLICT (case_ref) DO NOTHING",
                (case_ref, council, stream.bytes),
            ):
                return Case(council, stream, case_ref)

    def know_by_account_id(self, case: Case, platform: str, account_id: str, position: int) -> None:
        """From the event at `position` on, this id finds the case."""
        self._know(case, platform, "id", account_id.strip(), position)
        if case.stream not in self._opened:
            self._names_changed()

    def know_by_handle(self, case: Case, platform: str, handle: str, position: int) -> None:
        """From the event at `position` on, this handle finds the case."""
        self._know(case, platform, "handle", normal_handle(handle), position)

    def give_up_handle(self, council: str, platform: str, handle: str) -> None:
        """The account no longer has this handle; it still finds the case for reading."""
        value = normal_handle(handle)
        if self._database.proposal:
            holder = self.by_handle(council, platform, value)
            if holder:
                self._proposed.give_up(holder, platform, value)
        else:
            self._database.execute(
                "UPDATE known_as SET given_up = 1 WHERE council = ? AND platform = ? "
                "AND kind = 'handle' AND value = ? AND given_up = 0",
                (council, platform, value),
            )
        self._names_changed()

    def keep_only_handle(self, case: Case, handle: str) -> None:
        """The account has this handle now and no other; the others still find it for reading."""
        kept = (case.stream.bytes, normal_handle(handle))
        if self._database.proposal:
            rows = self._database.query(
                "SELECT platform, value FROM known_as WHERE stream = ? AND kind = 'handle' "
                "AND value != ? AND given_up = 0",
                kept,
            )
            for platform, value in {*rows, *self._proposed.handles_of(case.stream)}:
                if value != kept[1]:
                    self._proposed.give_up(case, platform, value)
        else:
            self._database.execute(
                "UPDATE known_as SET given_up = 1 WHERE stream = ? AND kind = 'handle' "
                "AND value != ? AND given_up = 0",
                kept,
            )
        self._names_changed()

    def changed_elsewhere(self, elsewhere: Elsewhere) -> None:
        """Forget what led to the accounts that others wrote to, or leads there now."""
        if self._found:
            for name in names_of(self._database, elsewhere.streams):
                self._found.pop(name, None)

    def begun(self) -> None:
        """Forget what was found before another process wrote."""
        self._nobodys.clear()
        self._read.clear()
        now = self._database.changed_elsewhere()
        if now != self._as_of:
            self._found.clear()
            self._as_of = now

    def committing(self) -> None:
        """Nothing waits to be written, but what is only proposed."""
        if self._database.proposal:
            self._proposed.fill(self._database.proposal)
            self._database.proposal.names_read = frozenset(self._read)

    def ended(self, *, kept: bool) -> None:
        """Forget what a rolled-back transaction may have made."""
        self._opened.clear()
        if not kept:
            self._found.clear()
        elif self._proposed.now and len(self._found) < self._most_kept:
            self._found.update((name, case) for name, case in self._proposed.now.items() if case)
        self._proposed.clear()

    def _names_changed(self) -> None:
        self._found.clear()
        if self._database.proposal:
            self._database.proposal.names_changed = True
        else:
            self._database.names_changed()

    def _know(self, case: Case, platform: str, kind: str, value: str, position: int) -> None:
        if not value:
            raise ValueError(f"an empty {kind} finds nobody")
        name = (case.council, platform, kind, value)
        self._nobodys.discard(name)
        if self._database.proposal:
            self._proposed.know(case, platform, kind, value, position)
            return
        self._database.execute(
            "INSERT INTO known_as (council, platform, kind, value, stream, case_ref, "
            "from_position) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (*name, case.stream.bytes, case.case_ref, position),
        )
        self._remember(name, case)

    def _known_now(self, council: str, platform: str, kind: str, typed: str) -> Case | None:
        value = normal_handle(typed) if kind == "handle" else typed.strip()
        name = (council, platform, kind, value)
        if not self._database.is_writing:
            return self._known(council, platform, kind, value, given_up=False)
        self._read.add(name)
        if name in self._found:
            return self._found[name]
        if name in self._proposed.now:
            return self._proposed.now[name]
        if name in self._nobodys:
            return None
        found = self._known(council, platform, kind, value, given_up=False)
        if found:
            self._remember(name, found)
        else:
            self._nobodys.add(name)
        return found

    def _remember(self, name: Name, case: Case) -> None:
        if len(self._found) >= self._most_kept:
            self._found.clear()
        self._found[name] = case

    def _known(
        self, council: str, platform: str, kind: str, value: str, *, given_up: bool
    ) -> Case | None:
        # The condition is written out, not bound, so that the partial index is used.
        row = self._database.one(
            "SELECT stream, case_ref FROM known_as WHERE council = ? AND platform = ? "
            f"AND kind = ? AND value = ? AND given_up = {int(given_up)} "
            "ORDER BY from_position DESC LIMIT 1",
            (council, platform, kind, value),
        )
        return Case(council, UUID(bytes=row[0]), row[1]) if row else None
