"""Whom a line names, as far as that can be told without judging it."""

from __future__ import annotations

from typing import Any

import orjson

from domain.commands.judging import COMMANDS
from domain.handles import normal_handle
from services.casework.documents import ALIASES
from services.store.case_references import normal_case_reference

# What touches more than one account, or lets a name lead elsewhere.
_OF_SEVERAL = {"change-handle", "complete-record", "correct", "link-accounts", "unlink-accounts"}
COMMAND_ID = "command_id"
_LISTS = ("incidents", "linked_incidents")
Names = dict[tuple[str, ...], str]
"""Each name of an account and the command id, in their one spelling, and as they were written."""


def names_in(line: bytes) -> Names | None:
    """The names in a line; None where it is not plainly about one account, or has no id.

    A line that names nobody can be about no account that is there.
    """
    try:
        document = orjson.loads(line)
    except ValueError:
        return None
    if not isinstance(document, dict):
        return None
    council, command = document.get("council"), document.get("command")
    if not isinstance(council, str) or not isinstance(command, str):
        return None
    if command not in COMMANDS or command in _OF_SEVERAL or _lists_others(document):
        return None
    names, command_id = _of_account(council, document), document.get(COMMAND_ID)
    if names is None or not isinstance(command_id, str):
        return None  # without an id it would be recorded once more if it is sent again
    return names | {(COMMAND_ID, council, command_id): command_id}


def _of_account(council: str, document: dict[str, Any]) -> Names | None:
    if "case" in document:
        case = document["case"]
        if not isinstance(case, str) or not case.strip() or "account" in document:
            return None
        return {("case", council, normal_case_reference(case)): case}
    account = document.get("account")
    if not isinstance(account, dict) or not isinstance(account.get("platform"), str):
        return None
    told: str = account["platform"]
    platform = ALIASES.get(told, told)
    names: Names = {}
    account_id, handle = account.get("account_id"), account.get("handle")
    if isinstance(account_id, str) and account_id.strip():
        names["id", council, platform, account_id.strip()] = account_id
    if isinstance(handle, str) and (normal := normal_handle(handle)):
        names["handle", council, platform, normal] = handle
    return names


def _lists_others(document: dict[str, Any]) -> bool:
    """Whether incidents are listed by more than their number: those of another case."""
    for field in _LISTS:
        if field in document:
            listed = document[field]
            if not isinstance(listed, list) or not all(type(each) is int for each in listed):
                return True
    return False
