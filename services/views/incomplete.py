"""Which accounts the views don't show whole, because an event of theirs waits or was given up."""

from __future__ import annotations

from services.store.database import Database


def incomplete_since(views: Database) -> dict[bytes, str]:
    """Of each account stream that is incomplete, since when.

    None where the views are kept with the record: there, what can't be folded is not recorded.
    """
    if not views.has_table("incomplete_accounts"):
        return {}
    return dict(views.query("SELECT stream, since FROM incomplete_accounts"))
