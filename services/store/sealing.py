"""The one seam where personal fields will be encrypted before an event is stored."""

from __future__ import annotations

from typing import Any, Protocol


class Sealing(Protocol):
    """Turns an event as casework knows it into the event as it is stored, and back.

    Both get a whole event body and return a whole event body; `unseal(seal(e)) == e` as long as
    the keys exist. Stored bytes are the published bytes, so what is sealed here is sealed
    everywhere. Neither may change the body it is given.
    """

    def seal(self, event: dict[str, Any]) -> dict[str, Any]:
        """The body to store and publish."""

    def unseal(self, event: dict[str, Any]) -> dict[str, Any]:
        """The body to decide and to show by."""


class InClear:
    """Stores personal fields as they are."""

    def seal(self, event: dict[str, Any]) -> dict[str, Any]:
        return event

    def unseal(self, event: dict[str, Any]) -> dict[str, Any]:
        return event
