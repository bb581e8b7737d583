"""The numbers that a running service tells, as text that Prometheus reads."""

from __future__ import annotations

from collections.abc import Mapping
from threading import Lock
from typing import NamedTuple


class Told(NamedTuple):
    """What a number means; `counts` says that it only ever grows."""

    help: str
    counts: bool = False


class Gauges:
    """Numbers by name, set by the service and read by whoever asks, from any thread.

    A name that was not told beforehand is a KeyError, so that none is without its help.
    """

    def __init__(self, told: Mapping[str, Told]) -> None:
        self._told = told
        self._values: dict[str, dict[tuple[tuple[str, str], ...], float]] = {n: {} for n in told}
        self._lock = Lock()

    def set(self, name: str, value: float, **labels: str) -> None:
        """Say what a number is now."""
        with self._lock:
            self._values[name][tuple(sorted(labels.items()))] = value

    def add(self, name: str, more: float, **labels: str) -> None:
        """Let a number grow."""
        key = tuple(sorted(labels.items()))
        with self._lock:
            self._values[name][key] = self._values[name].get(key, 0) + more

    def forget(self, name: str) -> None:
        """Say nothing of a number any more: it is not known now."""
        with self._lock:
            self._values[name].clear()

    def value(self, name: str, **labels: str) -> float | None:
        """What a number is now; None where it is not known."""
        with self._lock:
            return self._values[name].get(tuple(sorted(labels.items())))

    def text(self) -> str:
        """All of them in Prometheus' text format, in the order in which they were told."""
        lines = []
        with self._lock:
            for name, (help, counts) in self._told.items():
                if values := self._values[name]:
                    lines.append(f"# HELP {name} {help}")
                    lines.append(f"# TYPE {name} {'counter' if counts else 'gauge'}")
                    lines += [f"{name}{_labels(key)} {v:.15g}" for key, v in values.items()]
        return "\n".join(lines) + "\n"


def _labels(labels: tuple[tuple[str, str], ...]) -> str:
    if not labels:
        return ""
    escaped = ((n, v.replace("\\", "\\\\").replace('"', '\\"')) for n, v in labels)
    return "{" + ",".join(f'{name}="{value}"' for name, value in escaped) + "}"
