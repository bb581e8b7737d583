"""Two things timed in turn, several times, so that a busy moment of the machine meets both."""

from __future__ import annotations

from collections.abc import Callable
from statistics import median
from typing import Any, NamedTuple


class Measure(NamedTuple):
    """What was measured: medians of both sides, and the ratio, the median of the rounds' own."""

    name: str
    unit: str
    ours: float
    against: float
    ratio: float
    at_least: float | None = None
    at_most: float | None = None
    rounds: int = 1

    @property
    def holds(self) -> bool:
        """Whether the ratio is within its target."""
        enough = self.at_least is None or self.ratio >= self.at_least
        return enough and (self.at_most is None or self.ratio <= self.at_most)

    def as_json(self) -> dict[str, Any]:
        """For the results file."""
        rounded = {key: round(getattr(self, key), 3) for key in ("ours", "against", "ratio")}
        return {**self._asdict(), **rounded, "holds": self.holds}


def in_turn(
    name: str,
    unit: str,
    rounds: int,
    ours: Callable[[], float],
    against: Callable[[], float],
    *,
    at_least: float | None = None,
    at_most: float | None = None,
) -> Measure:
    """Ours against the other, each `rounds` times; who goes first alternates."""
    pairs = []
    for number in range(rounds):
        if number % 2:
            other, own = against(), ours()
        else:
            own, other = ours(), against()
        pairs.append((own, other))
    return Measure(
        name,
        unit,
        median(own for own, _ in pairs),
        median(other for _, other in pairs),
        median(own / other for own, other in pairs),
        at_least,
        at_most,
        rounds,
    )
