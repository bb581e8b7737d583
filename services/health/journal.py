"""The log of a running service: one JSON object a line, on stderr, with no handle or name in it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import datetime
from threading import Lock
from typing import Any, TextIO

import orjson


class Journal:
    """Writes what happens, with the time and the service's name; safe from any thread."""

    def __init__(
        self, service: str, clock: Callable[[], datetime], out: TextIO | None = None
    ) -> None:
        self._service = service
        self._clock = clock
        self._out = out or sys.stderr
        self._lock = Lock()

    def info(self, event: str, **facts: Any) -> None:
        """Something happened as it should."""
        self._write("info", event, facts)

    def warn(self, event: str, **facts: Any) -> None:
        """Something happened that a person may want to know of; the service goes on."""
        self._write("warning", event, facts)

    def error(self, event: str, **facts: Any) -> None:
        """Something happened that needs a person."""
        self._write("error", event, facts)

    def _write(self, level: str, event: str, facts: dict[str, Any]) -> None:
        at = self._clock().isoformat(timespec="milliseconds")
        line = orjson.dumps(
            {"at": at, "level": level, "service": self._service, "event": event, **facts},
            default=str,
        )
        with self._lock:
            self._out.write(line.decode() + "\n")
            self._out.flush()
