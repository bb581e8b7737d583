"""The hashes of the tree, kept in tiles of 64, so that a proof reads a few rows of any log."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence

from services.proof import merkle
from services.store.database import Database

HEIGHT = 6
WIDTH = 1 << HEIGHT
HASH = 32
_KEPT = 256

_READ = "SELECT hashes FROM integrity_tiles WHERE level = ? AND number = ?"
_WRITE = (
    "INSERT INTO integrity_tiles (level, number, hashes) VALUES (?, ?, ?) "
    "ON CONFLICT (level, number) DO UPDATE SET hashes = excluded.hashes"
)


class Tiles:
    """Tile `number` of level L holds the hashes of complete subtrees of 64**L leaves each."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._full: OrderedDict[tuple[int, int], bytes] = OrderedDict()

    def size(self) -> int:
        """How many leaves are in the tree."""
        row = self._database.one(
            "SELECT number, hashes FROM integrity_tiles WHERE level = 0 "
            "ORDER BY number DESC LIMIT 1"
        )
        return row[0] * WIDTH + len(row[1]) // HASH if row else 0

    def append(self, size: int, leaf_hashes: Sequence[bytes]) -> None:
        """Add leaves to the tree of that size, inside `database.writing()`."""
        written: list[tuple[int, int, bytes]] = []
        level, start, hashes = 0, size, leaf_hashes
        while hashes:
            number, held = divmod(start, WIDTH)
            tile = self._tile(level, number)[: held * HASH] if held else b""
            done, full = 0, []
            while done < len(hashes):
                taken = hashes[done : done + WIDTH - held]
                tile += b"".join(taken)
                done, held = done + len(taken), held + len(taken)
                written.append((level, number, tile))
                if held == WIDTH:
                    full.append(merkle.over(_parted(tile)))
                    number, held, tile = number + 1, 0, b""
            level, start, hashes = level + 1, start // WIDTH, full
        self._database.executemany(_WRITE, written)

    def subtree(self, height: int, number: int) -> bytes:
        """The hash of a complete subtree of 2**height leaves."""
        level, up = divmod(height, HEIGHT)
        first = number << up
        tile = self._tile(level, first // WIDTH)
        begin = first % WIDTH * HASH
        part = tile[begin : begin + (HASH << up)]
        if len(part) != HASH << up:
            raise KeyError(f"the tree has no complete subtree {number} of height {height}")
        return merkle.over(_parted(part))

    def leaves(self, first: int, count: int) -> bytes:
        """The hashes of these leaves one after another, as far as there are any."""
        found = b""
        for number in range(first // WIDTH, (first + count - 1) // WIDTH + 1):
            found += self._tile(0, number)
        skipped = first % WIDTH * HASH
        return found[skipped : skipped + count * HASH]

    def root(self, size: int) -> bytes:
        """The root of the tree as it was at that size."""
        return merkle.root_of(0, size, self.subtree)

    def _tile(self, level: int, number: int) -> bytes:
        if (level, number) in self._full:
            self._full.move_to_end((level, number))
            return self._full[level, number]
        row = self._database.one(_READ, (level, number))
        tile = bytes(row[0]) if row else b""
        if len(tile) == WIDTH * HASH:  # it never changes again
            self._full[level, number] = tile
            if len(self._full) > _KEPT:
                self._full.popitem(last=False)
        return tile


def _parted(tile: bytes) -> list[bytes]:
    return [tile[begin : begin + HASH] for begin in range(0, len(tile), HASH)]
