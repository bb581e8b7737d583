"""The cases that links lead to from one case, as `casebook show` tells of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from domain.account.link import SAME_ACCOUNT
from services.store.database import Database
from services.views.audit import audit_case

Row = dict[str, Any]
Blocks = Callable[[str], list[Row]]


def linked_cases(views: Database, found: Row, blocks: Blocks, now: datetime) -> list[Row]:
    """Each linked case once: whose it is, and of the same account its incidents and blocks too.

    same_account links lead on, and `through` names the case in between; same_person links don't.
    """
    listed: list[Row] = []
    seen = {found["case"]}
    waiting = [found]
    while waiting:
        here = waiting.pop(0)
        for link in here["state"]["links"]:
            own = here is found
            if link["case"] in seen or not (own or link["kind"] == SAME_ACCOUNT):
                continue
            there = audit_case(views, link["case"], now)
            if there is None:
                continue
            told = link if own else {**link, "through": here["case"]}
            if link["kind"] == SAME_ACCOUNT:
                seen.add(link["case"])
                waiting.append(there)
                listed.append({**told, **_whose(there), **_whole(there, blocks)})
            else:
                listed.append({**told, **_whose(there)})
    # Of the same account says more than of the same person.
    return [each for each in listed if each["kind"] == SAME_ACCOUNT or each["case"] not in seen]


def _whose(there: Row) -> Row:
    status = there["state"]["status"]
    return {"platform": there["platform"], "handle": there["handle"], "status": status}


def _whole(there: Row, blocks: Blocks) -> Row:
    return {"incidents": there["state"]["incidents"], "blocks": blocks(there["case"])}
