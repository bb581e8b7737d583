"""Making all views anew beside those that are read, and proving that both are the same."""

from __future__ import annotations

from services.store.database import Database
from services.views.projector import BATCH, History, Projector, ViewsOutOfStep
from services.views.tables import LIVE, NAMES, REBUILT, Tables


def rebuild(database: Database, history: History) -> int:
    """Fill new tables from the whole history and put them in place; returns the last position.

    People read the old ones meanwhile, and others may record. Memory holds one batch. A Projector
    in this process notices by itself.
    """
    live = LIVE.position(database)
    projector = _filled(database, history, generation=(live[1] if live else 0) + 1)
    with database.writing():
        while batch := history.batch(after=projector.position, size=BATCH):
            projector.recorded(batch)
        position = projector.position
        held = database.query(f"SELECT count(*) FROM {REBUILT('audit')}")[0][0]
        if held != position:
            raise ViewsOutOfStep(f"Of {position} events only {held} reached the new views.")
        REBUILT.become(database, LIVE)
    return position


def differences(database: Database, history: History) -> list[str]:
    """Where the views that are read differ from views made anew: none, or one line for each."""
    generation = (LIVE.position(database) or (0, 0))[1] + 1
    projector = _filled(database, history, generation=generation)
    with database.writing():
        while batch := history.batch(after=projector.position, size=BATCH):
            projector.recorded(batch)
        found = [line for name in NAMES for line in _differing(database, name)]
        read, made = LIVE.position(database), projector.position
        if read is None or read[0] != made:
            found.append(f"The views stand at {read and read[0]}, the register at {made}.")
        REBUILT.drop(database)
    return found


def _filled(database: Database, history: History, *, generation: int) -> Projector:
    with database.writing():
        REBUILT.drop(database)
        REBUILT.make(database, generation)
    projector = Projector(database, tables=REBUILT)
    projector.catch_up(history)
    return projector


def _differing(database: Database, name: str) -> list[str]:
    def only_in(here: Tables, there: Tables) -> int:
        sql = f"SELECT * FROM {here(name)} EXCEPT SELECT * FROM {there(name)}"
        found: int = database.query(f"SELECT count(*) FROM ({sql})")[0][0]
        return found

    read, made = only_in(LIVE, REBUILT), only_in(REBUILT, LIVE)
    if not read and not made:
        return []
    return [f"In {name}, {read} rows are read that a rebuild does not make, {made} are lacking."]
