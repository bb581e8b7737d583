"""Which clerk decides a line, so that all lines about one account go to the same in their order."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import orjson

from services.clerks.naming import COMMAND_ID, names_in
from services.store.database import Database
from services.store.lookups import Case, Lookups

MOST_KEPT = 100_000
Key = tuple[str, ...] | bytes
"""A name of an account, a command id, or the stream of an account that is in the register."""


class Shares:
    """Remembers which clerk has which accounts, by all the names that lines told of them.

    Holds as long as no line is decided that `clerk_of` gave to nobody: then `forget`, once that
    and all before it are answered.
    """

    def __init__(self, database: Database, lookups: Lookups) -> None:
        self._database = database
        self._lookups = lookups
        self._clerks: dict[Key, int] = {}

    def clerk_of(self, line: bytes, least_busy: Callable[[], int]) -> int | None:
        """The clerk of a line: the `least_busy` where any may have it.

        None for a line to be decided when all before it are answered, and before any after it: it
        is about more than one account, or may be.
        """
        names = names_in(line)
        if names is None or len(self._clerks) > MOST_KEPT:
            return None
        # Mostly all are known but the command id, which leads to no account.
        new: list[Key] = []
        found: set[int] = set()
        for key, typed in names.items():
            clerk = self._clerks.get(key)
            if clerk is not None:
                found.add(clerk)
                continue
            new.append(key)
            if key[0] != COMMAND_ID:
                case = self._case(key, typed)
                if case is None and key[0] == "case":
                    return None
                new += self._together(case) if case else ()
                found.update(self._clerks[each] for each in new if each in self._clerks)
        if len(found) > 1:
            return None
        clerk = found.pop() if found else least_busy()
        for each in new:
            self._clerks[each] = clerk
        return clerk

    def forget(self) -> None:
        """Begin anew."""
        self._clerks.clear()

    def _case(self, key: tuple[str, ...], typed: str) -> Case | None:
        kind, council, *rest = key
        if kind == "case":
            return self._lookups.by_case(typed)
        platform = rest[0]
        if kind == "id":
            return self._lookups.by_account_id(council, platform, typed)
        found = self._lookups.by_handle(council, platform, typed)
        return found or self._lookups.by_old_handle(council, platform, typed)

    def _together(self, case: Case) -> Iterator[bytes]:
        """The account of a case, and those that it is linked with, which are read with it."""
        waiting = [case]
        seen: set[bytes] = set()
        while waiting:
            stream = waiting.pop().stream.bytes
            if stream not in seen:
                seen.add(stream)
                yield stream
                linked = map(self._lookups.by_case, self._linked(stream))
                waiting += [other for other in linked if other]

    def _linked(self, stream: bytes) -> list[str]:
        rows = self._database.find("view_cases", ("body",), "stream", [stream])
        return [other for (body,) in rows for other in orjson.loads(body).get("links", {})]
