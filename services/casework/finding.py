"""Which case a command is about: by reference, by the platform's id, or by handle."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from domain.handles import normal_handle
from services.store.lookups import Case, Lookups


@dataclass(slots=True)
class Found:
    """The case found, or none; `given_up` is the case that once had the handle."""

    case: Case | None = None
    given_up: Case | None = None
    takes_over: Case | None = None
    warning: str | None = None


def find(lookups: Lookups, fields: dict[str, Any]) -> Found:
    """The case that a command names, as the look-up rows stand now."""
    council = fields["council"]
    if "case" in fields:
        case = lookups.by_case(fields["case"])
        return Found(case if case and case.council == council else None)
    account = fields["account"]
    if account.get("unknown"):
        return Found()
    return _by_names(lookups, council, account)


def _by_names(lookups: Lookups, council: str, account: dict[str, Any]) -> Found:
    platform = account["platform"]
    account_id, handle = account.get("account_id"), account.get("handle")
    by_id = lookups.by_account_id(council, platform, account_id) if account_id else None
    by_handle = lookups.by_handle(council, platform, handle) if handle else None
    if by_id:
        other = handle and (by_handle is None or by_handle.stream != by_id.stream)
        words = f"the account goes by another handle than {handle} here: change-handle records it"
        return Found(by_id, warning=words if other else None)
    if by_handle:
        known = lookups.account_id_of(by_handle.stream) if account_id else None
        if account.get("new_account") or (account_id and known and known != account_id.strip()):
            return Found(takes_over=by_handle)
        return Found(by_handle)
    if handle and normal_handle(handle) and not account.get("new_account"):
        return Found(given_up=lookups.by_old_handle(council, platform, handle))
    return Found()


class Naming:
    """Keeps the look-up rows true to what events say of an account's names."""

    def __init__(self, lookups: Lookups) -> None:
        self._lookups = lookups

    def learn(self, case: Case, platform: str, body: dict[str, Any], position: int) -> None:
        """Take the names that an event gives the account into the look-ups."""
        data = body["data"]
        match body["type"]:
            case "AccountOpened":
                self._learn(case, platform, data, position)
            case "CommentFlagged" | "RecordCompleted" if "account" in data:
                self._learn(case, platform, data["account"], position)
            case "HandleChanged":
                old = data["was"].get("handle")
                if old and normal_handle(old) != normal_handle(data["handle"]):
                    self._lookups.give_up_handle(case.council, platform, old)
                self._learn(case, platform, data, position)

    def _learn(self, case: Case, platform: str, names: dict[str, Any], position: int) -> None:
        lookups = self._lookups
        account_id, handle = names.get("account_id"), names.get("handle")
        if account_id and not lookups.by_account_id(case.council, platform, account_id):
            lookups.know_by_account_id(case, platform, account_id, position)
        if not handle or not normal_handle(handle):
            return
        holder = lookups.by_handle(case.council, platform, handle)
        if holder is None:
            lookups.know_by_handle(case, platform, handle, position)
