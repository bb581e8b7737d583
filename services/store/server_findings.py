"""What a doctor says of the server itself: settings under which answers are not safe."""

from __future__ import annotations

from collections.abc import Iterator

from services.store.database import Database

_SETTINGS = "SELECT name FROM pg_settings WHERE name = ANY(?) AND setting = 'off' ORDER BY name"
_NEEDED = ["fsync", "full_page_writes"]


def server_findings(database: Database) -> Iterator[dict[str, str]]:
    """Each setting by which a crash of the machine could undo what was answered."""
    if database.is_embedded:
        return
    for (name,) in database.query(_SETTINGS, (_NEEDED,)):
        yield {
            "finding": f"The server runs with {name} off: a crash may undo what was answered",
            "where": database.where,
            "do": f"ALTER SYSTEM SET {name} = on; SELECT pg_reload_conf();",
        }
