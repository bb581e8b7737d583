"""What an officer adds to a record that was flagged without all of its five fields."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.year import days
from tests.year.cases import Case, Fact


def what_lacks(flag: Fact | None, case: Case) -> dict[str, Any]:
    """The fields that complete the record; one that may be there already where none lacks."""
    lacks = flag.data["lacks"] if flag else []
    fields: dict[str, Any] = {}
    if "why" in lacks or not lacks:
        fields["why"] = "abuse of staff"
    if "item.posted_at" in lacks and flag:
        fields["item"] = {"posted_at": days.written(flag.at - timedelta(hours=1))}
    if "item.post" in lacks:
        fields["item"] = fields.get("item", {}) | {"url": "https://example.org/7"}
    if "account.name" in lacks:
        named = {"platform": case.platform, "handle": case.handle, "name": "Somebody"}
        fields["account"] = named
    return fields
