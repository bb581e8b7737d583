"""Making all views anew beside those that are read, and proving that both are the same."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import cache
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable

from services.faults import Fault
from services.store.database import Database
from services.store.log import Log
from services.views.apart import Task
from services.views.differing import differing
from services.views.folding import BATCH, Positioned
from services.views.projector import KEPT_ROWS, History, Projector, ViewsOutOfStep
from services.views.shares import Shares, worth_sharing
from services.views.tables import LIVE, NAMES, REBUILT

Tell = Callable[[int], None]
"""Told after each batch at which position the new views are."""
_MADE_BY = "rebuild_made_by"


class RebuildStopped(Fault):
    """An event can't be read or folded, and a rebuild leaves nothing out."""


class LeavesNothingOut:
    """What a rebuild does with an event that can't be folded: it stops, and says at which.

    Events that a person gave up, by `position`, are left out; `left_out` lists their streams.
    """

    def __init__(self, given_up: Collection[int] = ()) -> None:
        self._given_up = given_up
        self.left_out: list[bytes] = []

    def __contains__(self, stream: bytes) -> bool:
        return False

    def hold(self, event: Positioned) -> None:
        """Never asked: nothing waits here."""

    def park(self, event: Positioned, problem: Exception) -> None:
        """Raise RebuildStopped, but for what was given up."""
        if event[0] not in self._given_up:
            raise RebuildStopped(
                f"The rebuild stopped at position {event[0]}, which can't be folded "
                f"({type(problem).__name__}). The views that are read are as they were. Mend what "
                "keeps it from being folded; the rebuild then goes on from here."
            ) from problem
        self.left_out.append(event[1])


class Rebuilding:
    """New tables, filled from the whole history while people read the old ones and others record.

    Memory holds a few batches. One that was interrupted is gone on with, as long as the code that
    folds is the same. `stop` says what becomes of events that can't be folded. `shares` fold beside
    this process; without them, as many as are worth it on this machine.
    """

    def __init__(
        self,
        database: Database,
        history: History,
        *,
        tell: Tell | None = None,
        batch: int = BATCH,
        kept_rows: int = KEPT_ROWS,
        stop: LeavesNothingOut | None = None,
        shares: Shares | None = None,
    ) -> None:
        self._database = database
        self._history = history
        self._tell = tell or (lambda _: None)
        self._batch = batch
        self._kept_rows = kept_rows
        self._shares = shares
        self.stop = stop or LeavesNothingOut()
        self.projector = Projector(
            database, tables=REBUILT, kept_rows=kept_rows, held=self.stop, only_catches_up=True
        )

    def fill(self) -> None:
        """Fill the new tables up to the end that there is now."""
        begin_anew(self._database)
        self._fold_in_shares()
        try:
            self.projector.catch_up(self._history, batch=self._batch, tell=self._tell)
        except ViewsOutOfStep:
            self._must_be_there()
            raise

    def _fold_in_shares(self) -> None:
        """Fold what is recorded by now, where that can be read by other processes too."""
        database, history = self._database, self._history
        seen = REBUILT.position(database)
        if not (seen and database.is_embedded and isinstance(history, Log)):
            return
        last = history.last
        task = Task(database.where, (0, 1), seen[0], last, self._batch, self._kept_rows)
        with self._shares or Shares(worth_sharing(last - seen[0])) as shares:
            shares.fold(database, task, self._tell)
        self._must_be_there()

    def _must_be_there(self) -> None:
        if REBUILT.position(self._database) is None:
            raise ViewsOutOfStep(
                "Another rebuild ended meanwhile, and put in place the new views that both were "
                "filling: all views are made anew."
            )

    def to_the_end(self) -> int:
        """Fold what was recorded meanwhile, inside `writing()`; the position reached.

        Under the lock of the record nothing more can come.
        """
        while late := self._history.batch(after=self.projector.position, size=BATCH):
            self.projector.recorded(late)
        position = self.projector.position
        held = self._database.query(f"SELECT count(*) FROM {REBUILT('audit')}")[0][0]
        if held + len(self.stop.left_out) < position:
            raise ViewsOutOfStep(f"Of {position} events only {held} reached the new views.")
        return position


def rebuild(
    database: Database,
    history: History,
    *,
    tell: Tell | None = None,
    batch: int = BATCH,
    kept_rows: int = KEPT_ROWS,
    shares: Shares | None = None,
) -> int:
    """Fill new tables from the whole history and put them in place; returns the last position.

    A Projector in this process notices by itself.
    """
    made = Rebuilding(database, history, tell=tell, batch=batch, kept_rows=kept_rows, shares=shares)
    made.fill()
    with database.writing():
        position = made.to_the_end()
        REBUILT.index(database)
        REBUILT.become(database, LIVE)
    return position


def differences(
    database: Database, history: History, tell: Tell | None = None, shares: Shares | None = None
) -> list[str]:
    """Where the views that are read differ from views made anew: none, or one line for each."""
    rebuilding = Rebuilding(database, history, tell=tell, shares=shares)
    rebuilding.fill()
    with database.writing():
        made = rebuilding.to_the_end()
        found = [line for name in NAMES for line in differing(database, name)]
        read = LIVE.position(database)
        if read is None or read[0] != made:
            found.append(f"The views stand at {read and read[0]}, the register at {made}.")
        REBUILT.drop(database)
    return found


def begin_anew(database: Database, source: str = "record") -> bool:
    """Make new tables, empty, or leave those that the same code began; whether it made them.

    `source` says from what they are filled: what was begun from another is not gone on with.
    """
    made_from = f"{source} {_code()}"
    with database.writing():
        made_by = database.one("SELECT value FROM meta WHERE key = ?", (_MADE_BY,))
        if made_by == (made_from,) and REBUILT.position(database):
            return False
        live = LIVE.position(database)
        REBUILT.drop(database)
        REBUILT.make(database, generation=(live[1] if live else 0) + 1)
        database.execute(
            "INSERT INTO meta (key, value) VALUES (?, ?) "
            "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            (_MADE_BY, made_from),
        )
    return True


@cache
def _code() -> str:
    """A digest of the code that folds: what other code began to fold is not gone on with."""
    digest = sha256()
    for package in ("projections", "services.views"):
        for source in sorted(_sources(files(package)), key=lambda each: str(each)):
            digest.update(source.read_bytes())
    return digest.hexdigest()


def _sources(folder: Traversable) -> list[Traversable]:
    found = []
    for each in folder.iterdir():
        if each.is_dir():
            found += _sources(each)
        elif each.name.endswith(".py"):
            found.append(each)
    return found
