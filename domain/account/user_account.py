"""One social-media account and council: the aggregate whose history is the case."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from domain.account.evolve import evolve, fold
from domain.account.standing import Standing
from domain.recorded import Recorded


class UserAccount:
    """The aggregate. Commands are judged first (`domain.commands`); here they only take effect."""

    def __init__(self, id: UUID) -> None:
        self.id = id
        self.standing = Standing()
        self.stale = False
        self._pending: list[Recorded] = []

    @property
    def version(self) -> int:
        """The number of its last event."""
        return self.standing.version

    def record(self, body: dict[str, Any]) -> None:
        """Take an event that was decided: apply it, and keep it to be saved.

        A late event leaves the standing stale: it must be folded anew, in order of time.
        """
        self._pending.append(Recorded(self.id, body["sequence"], body))
        self.stale = self.stale or body["late"]
        evolve(self.standing, body)

    def collect_events(self) -> Sequence[Recorded]:
        """Hand out the events that are to be saved, once."""
        collected, self._pending = self._pending, []
        return collected


def project_account(account: UserAccount | None, events: Iterable[Recorded]) -> UserAccount | None:
    """Rebuild the account from its stored events, in order of time (a projector function)."""
    found = list(events)
    if not found:
        return account
    rebuilt = UserAccount(found[0].originator_id)
    rebuilt.standing = fold(event.body for event in found)
    return rebuilt
