"""Whose a handle or a platform's id was before a position of the register."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from domain.account.evolve import fold
from domain.account.standing import Standing
from domain.handles import normal_handle
from services.replay.past import Past
from services.store.database import Database
from services.store.lookups import Case

_KNOWN = (
    "SELECT stream, case_ref FROM known_as WHERE council = ? AND platform = ? AND kind = ? "
    "AND value = ? AND from_position < ? ORDER BY from_position DESC"
)


class NamesThen:
    """Finds the case that had a name, by what had been recorded before a position."""

    def __init__(self, database: Database, past: Past, position: int) -> None:
        self._database = database
        self._past = past
        self._position = position

    def holder_of(self, council: str, names: Mapping[str, str]) -> str | None:
        """The reference of the case of an account of these names: by its id, else by its handle."""
        account_id, handle = names.get("account_id", "").strip(), names.get("handle", "")
        place = (council, names["platform"])
        for case, standing in self._known(*place, "id", account_id):
            if (standing.account_id or "").strip() == account_id:
                return case.case_ref
        for case, standing in self._known(*place, "handle", normal_handle(handle)):
            other = account_id and standing.account_id and standing.account_id != account_id
            if normal_handle(standing.handle or "") == normal_handle(handle) and not other:
                return case.case_ref
        return None

    def _known(
        self, council: str, platform: str, kind: str, value: str
    ) -> Iterable[tuple[Case, Standing]]:
        """Those who had the name by then, the last first, each as it stood."""
        if not value:
            return
        asked = (council, platform, kind, value, self._position)
        for stream, case_ref in self._database.query(_KNOWN, asked):
            case = Case(council, UUID(bytes=stream), case_ref)
            yield case, fold(self._past.events(case.stream))
