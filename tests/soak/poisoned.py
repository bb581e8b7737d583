"""`python -m tests.soak.poisoned`: 10,000 poison records over 500 accounts among 100,000 good."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from services.projector.tables import hand_over
from services.store.opening import create_database
from services.store.postgres import PostgresDatabase
from services.store.sqlite import SQLiteDatabase
from tests.projector.poison import check
from tests.servers import running_postgres

ACCOUNTS, GOOD = 500, 100_000


def main() -> int:
    """The exit code: 1 where anything is wrong, with what."""
    with running_postgres() as server, tempfile.TemporaryDirectory() as folder:
        database = create_database(server.address)
        with database.writing():
            hand_over(database)
        database.close()
        views = PostgresDatabase.open_views(server.address)
        embedded = SQLiteDatabase.create(Path(folder))
        bad = check(views, embedded, ACCOUNTS, GOOD)
        print(f"{bad} poison records over {ACCOUNTS} accounts among {GOOD} good ones: every other")
        print("account was complete at once, and once mended all equal the fold of the record")
        views.close()
        embedded.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
