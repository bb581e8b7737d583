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
        return Found(by_id, warning=_of_another_handle(lookups, by_id, by_handle, handle))
    if by_handle:
        if account.get("new_account") or another_account(lookups, by_handle, account_id):
            return Found(takes_over=by_handle)
        return Found(by_handle)
    if handle and normal_handle(handle) and not account.get("new_account"):
        old = lookups.by_old_handle(council, platform, handle)
        if old and not another_account(lookups, old, account_id):
            return Found(given_up=old)
    return Found()


def another_account(lookups: Lookups, holder: Case, account_id: str | None) -> bool:
    """Whether the holder of a handle is known by another id than this: then it is no match."""
    known = lookups.account_id_of(holder.stream) if account_id else None
    return bool(account_id and known and known != account_id.strip())


def _of_another_handle(
    lookups: Lookups, case: Case, holder: Case | None, handle: str | None
) -> str | None:
    if not handle or (holder and holder.stream == case.stream):
        return None
    words = f"the account goes by another handle than {handle} here: change-handle records it"
    if holder and lookups.account_id_of(holder.stream) is None:
        words += f"; case {holder.case_ref} holds it: link-accounts, if the two are one"
    return words


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
                self._learn(case, platform, data, position)

    def _learn(self, case: Case, platform: str, names: dict[str, Any], position: int) -> None:
        lookups = self._lookups
        account_id, handle = names.get("account_id"), names.get("handle")
        if account_id and not lookups.by_account_id(case.council, platform, account_id):
            lookups.know_by_account_id(case, platform, account_id, position)
        if not handle or not normal_handle(handle):
            return
        holder = lookups.by_handle(case.council, platform, handle)
        if holder and holder.stream != case.stream:
            own = account_id or lookups.account_id_of(case.stream)
            if not another_account(lookups, holder, own):
                return
            lookups.give_up_handle(case.council, platform, handle)
        elif holder:
            return
        lookups.know_by_handle(case, platform, handle, position)

    def goes_by(self, case: Case, handle: str) -> None:
        """Let go of every handle that the account has had but this one; old ones are still read."""
        self._lookups.keep_only_handle(case, handle)
