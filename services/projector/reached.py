"""How many events of each account the views hold, folded or waiting."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable

from services.projector.tables import streams_table
from services.store.changes import Change, How
from services.store.database import Database
from services.views.tables import Tables

KEPT = 50_000
_COLUMNS = ("stream", "sequence")


class Reached(dict[bytes, int]):
    """The last sequence of each stream of a batch; `load` before, `changes` after.

    Those lately used are kept, and hold as long as nobody else moves them on: else `forget`.
    """

    def __init__(self, database: Database, tables: Tables, kept: int = KEPT) -> None:
        super().__init__()
        self._database = database
        self._kept: OrderedDict[bytes, int] = OrderedDict()
        self._most = kept
        self._table = streams_table(tables)

    def load(self, streams: Iterable[bytes]) -> None:
        """Know these streams and no others: 0 where the views hold none of it."""
        wanted = set(streams)
        lacking = [stream for stream in wanted if stream not in self._kept]
        self._kept.update(dict.fromkeys(lacking, 0))
        if lacking:
            self._kept.update(self._database.find(self._table, _COLUMNS, "stream", lacking))
        self.clear()
        self.update((stream, self._kept[stream]) for stream in wanted)

    def changes(self) -> list[Change]:
        """What is to be written of how far each stream of the batch has come."""
        moved = [(s, last) for s, last in self.items() if last != self._kept[s]]
        for stream, last in moved:
            self._kept[stream] = last
            self._kept.move_to_end(stream)
        # What has moved is not found in the table before it is committed.
        while len(self._kept) > max(self._most, len(moved)):
            self._kept.popitem(last=False)
        return [Change(self._table, _COLUMNS, moved, How.PUT)] if moved else []

    def forget(self) -> None:
        """Read all anew when next needed."""
        self.clear()
        self._kept.clear()
