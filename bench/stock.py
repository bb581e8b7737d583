"""What Casebook is measured against: `eventsourcing` as it comes, on its own SQLite recorder."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from eventsourcing.application import AggregateNotFoundError, Application
from eventsourcing.domain import Aggregate, event


class Kept(Aggregate):
    """Keeps documents; decides nothing, explains nothing, shows nothing."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.last: dict[str, Any] = {}

    @staticmethod
    def create_id(name: str) -> UUID:
        """An id that the name alone gives."""
        return uuid5(NAMESPACE_URL, f"/kept/{name}")

    @event("Added")
    def add(self, document: dict[str, Any]) -> None:
        """One event with one JSON document in it."""
        self.last = document


class StockApplication(Application[UUID]):
    """Gets an aggregate, triggers one event, saves: the library's defaults throughout."""

    def add(self, name: str, document: dict[str, Any]) -> None:
        """Record a document for the name."""
        try:
            kept: Kept = self.repository.get(Kept.create_id(name))
        except AggregateNotFoundError:
            kept = Kept(name)
        kept.add(document)
        self.save(kept)


def stock_application(folder: Path) -> StockApplication:
    """The application on a file in a folder."""
    return StockApplication(
        {
            "PERSISTENCE_MODULE": "eventsourcing.sqlite",
            "SQLITE_DBNAME": str(folder / "stock.sqlite"),
        }
    )
