"""Whose account a row is about: the case that is there, or one to be opened."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import orjson

from domain.account.user_account import UserAccount, project_account
from domain.handles import normal_handle
from services.casework.finding import Naming, find
from services.importing.bodies import Body
from services.importing.rows import Row
from services.importing.sameness import person_id
from services.store.answers import Answers
from services.store.lookups import Case

if TYPE_CHECKING:
    from services.assemble import Casework

KEPT_ON_A_DRY_RUN = 20_000
# Whoever posts comes back soon, or much later; a long register has more accounts than memory.
KEPT = 2_000
CACHE_MEGABYTES = 32


class Accounts:
    """The accounts of a register as an import meets them; a dry run opens none of them."""

    def __init__(self, casework: Casework, council: str, prefix: str, *, dry: bool) -> None:
        self._casework = casework
        self._council = council
        self._prefix = prefix
        self._dry = dry
        self._answers = Answers(casework.database)
        self._naming = Naming(casework.lookups)
        self._met: OrderedDict[str, UserAccount] = OrderedDict()
        self._counted: set[int] = set()
        self._recent: OrderedDict[UUID, None] = OrderedDict()

    def keep_little_in_memory(self) -> None:
        """A long register is gone through once: more in memory than was met last is of no use."""
        self._casework.database.cache_at_most(CACHE_MEGABYTES)
        self._casework.lookups.keep_at_most(2 * KEPT)
        self._casework.projector.keep_at_most(KEPT)

    def of(self, row: Row) -> tuple[UserAccount, Case | None, bool]:
        """The account of a row, its case, and whether it is met for the first time."""
        case = self._known(row)
        if self._dry:
            return self._rehearsed(row, case)
        if case:
            return self._casework.register.load(case.stream, project_account), case, False
        account = UserAccount(uuid4())
        case = self._casework.lookups.open_case(self._council, self._prefix, account.id)
        if not (row.handle or "account_id" in row.said):
            kept = orjson.dumps({"case": case.case_ref})
            self._answers.keep_digest(self._council, self._person(row), b"", kept)
        return account, case, True

    def save(self, row: Row, account: UserAccount, case: Case, made: list[Body]) -> None:
        """Store the events of a row, and let its names find the case from now on."""
        for body, position in zip(made, self._casework.register.record(account), strict=True):
            self._naming.learn(case, row.platform, body, position)
        self._keep(account)

    def _keep(self, account: UserAccount) -> None:
        """Keep the account in memory for its next row, and let go of the one longest not met."""
        self._recent.pop(account.id, None)
        if account.stale:
            # What follows from it may not depend on where a commit, or a kill, fell between.
            self._casework.register.forget(account.id)
            return
        self._recent[account.id] = None
        if len(self._recent) > KEPT:
            oldest, _ = self._recent.popitem(last=False)
            self._casework.register.forget(oldest)

    def _known(self, row: Row) -> Case | None:
        if not (row.handle or "account_id" in row.said):
            first = self._answers.first_answer(self._council, self._person(row))
            return (
                self._casework.lookups.by_case(orjson.loads(first.answer)["case"])
                if first
                else None
            )
        found = find(self._casework.lookups, {"council": self._council, "account": row.names})
        if found.takes_over and not self._dry and row.handle:
            self._casework.lookups.give_up_handle(self._council, row.platform, row.handle)
        # A handle given up since is still whose it was when the row was written.
        return found.case or found.given_up

    def _rehearsed(self, row: Row, case: Case | None) -> tuple[UserAccount, Case | None, bool]:
        names = row.names
        who = names.get("account_id") or names.get("handle") or self._person(row)
        key = str(case.stream) if case else f"{row.platform}/{who}"
        account = self._met.pop(key, None)
        if account is None and case:
            account = project_account(None, self._casework.register.events.get(case.stream))  # type: ignore[arg-type]
        first = account is None and case is None and hash(key) not in self._counted
        self._counted.add(hash(key))
        account = account or UserAccount(uuid4())
        self._met[key] = account
        if len(self._met) > KEPT_ON_A_DRY_RUN:
            self._met.popitem(last=False)
        account.collect_events()
        return account, case, first

    def _person(self, row: Row) -> str:
        return person_id(self._council, row.platform, row.said["name"])


def names_to_tell(row: Row, account: UserAccount, opens: bool) -> dict[str, str]:
    """The names of a row that the case doesn't have yet."""
    known = account.standing
    if opens:
        return row.names
    new = {k: v for k, v in row.names.items() if not _is_known(getattr(known, k), v)}
    return {"platform": row.platform, **new} if new else {}


def _is_known(known: str | None, told: str) -> bool:
    return known == told or normal_handle(known or "") == normal_handle(told)
