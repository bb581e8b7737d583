"""How many events of each account the views hold, folded or waiting."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable

from services.projector.tables import streams_table
from services.store.database import Database
from services.views.tables import Tables

KEPT = 50_000


class Reached(dict[bytes, int]):
    """The last sequence of each stream of a batch; `load` before, `write` after.

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
        columns = ("stream", "sequence")
        self._kept.update(self._database.find(self._table, columns, "stream", lacking))
        self.clear()
        self.update((stream, self._kept[stream]) for stream in wanted)

    def write(self) -> None:
        """Write how far each stream of the batch has come, inside `writing()`."""
        moved = [(s, last) for s, last in self.items() if last != self._kept[s]]
        self._database.put(self._table, ("stream", "sequence"), moved)
        for stream, last in moved:
            self._kept[stream] = last
            self._kept.move_to_end(stream)
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)

    def forget(self) -> None:
        """Read all anew when next needed."""
        self.clear()
        self._kept.clear()
