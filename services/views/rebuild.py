"""Making all views anew beside those that are read, and proving that both are the same."""

from __future__ import annotations

from services.store.database import Database
from services.views.projector import BATCH, KEPT_ROWS, History, Projector, ViewsOutOfStep
from services.views.tables import LIVE, NAMES, REBUILT, Tables


def rebuild(
    database: Database, history: History, *, batch: int = BATCH, kept_rows: int = KEPT_ROWS
) -> int:
    """Fill new tables from the whole history and put them in place; returns the last position.

    People read the old ones meanwhile, and others may record. Memory holds one batch. A Projector
    in this process notices by itself.
    """
    projector = _filled(database, history, batch, kept_rows)
    with database.writing():
        position = _to_the_end(projector, history)
        held = database.query(f"SELECT count(*) FROM {REBUILT('audit')}")[0][0]
        if held != position:
            raise ViewsOutOfStep(f"Of {position} events only {held} reached the new views.")
        REBUILT.index(database)
        REBUILT.become(database, LIVE)
    return position


def differences(database: Database, history: History) -> list[str]:
    """Where the views that are read differ from views made anew: none, or one line for each."""
    projector = _filled(database, history, BATCH, KEPT_ROWS)
    with database.writing():
        made = _to_the_end(projector, history)
        found = [line for name in NAMES for line in _differing(database, name)]
        read = LIVE.position(database)
        if read is None or read[0] != made:
            found.append(f"The views stand at {read and read[0]}, the register at {made}.")
        REBUILT.drop(database)
    return found


def _filled(database: Database, history: History, batch: int, kept_rows: int) -> Projector:
    with database.writing():
        live = LIVE.position(database)
        REBUILT.drop(database)
        REBUILT.make(database, generation=(live[1] if live else 0) + 1)
    projector = Projector(database, tables=REBUILT, kept_rows=kept_rows)
    projector.catch_up(history, batch=batch)
    return projector


def _to_the_end(projector: Projector, history: History) -> int:
    """Fold what others recorded meanwhile; called under the lock, so nothing more can come."""
    while late := history.batch(after=projector.position, size=BATCH):
        projector.recorded(late)
    return projector.position


def _differing(database: Database, name: str) -> list[str]:
    def only_in(here: Tables, there: Tables) -> int:
        sql = f"SELECT * FROM {here(name)} EXCEPT SELECT * FROM {there(name)}"
        found: int = database.query(f"SELECT count(*) FROM ({sql})")[0][0]
        return found

    read, made = only_in(LIVE, REBUILT), only_in(REBUILT, LIVE)
    if not read and not made:
        return []
    return [f"In {name}, {read} rows are read that a rebuild does not make, {made} are lacking."]
