"""Both councils at once, to be told the same; for the tests of where they differ."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from tests.scenarios import PROPORTIONATE, SWEARING, Answer, Scenario, scenario

DAY = "2026-03-02"
BLOCK = {"channels": ["facebook"], "reason": "the words", "proportionality": PROPORTIONATE}


class Both(NamedTuple):
    """The two councils, to be told the same; answers are Ashfield's, then the other's."""

    ashfield: Scenario
    northants: Scenario

    def told(self, command: str, at: str = DAY, **fields: Any) -> tuple[Answer, Answer]:
        """Their answers to the same command."""
        return self.ashfield.when(command, at, **fields), self.northants.when(command, at, **fields)

    def outcomes(self, command: str, at: str = DAY, **fields: Any) -> tuple[str, str]:
        """The outcomes of the same command."""
        ashfield, northants = self.told(command, at, **fields)
        return ashfield["outcome"], northants["outcome"]

    def judged(self, *findings: dict[str, Any], **marks: Any) -> tuple[Answer, Answer]:
        """Their answers to the same findings on a fresh item, captured at both."""
        for council in self:
            number = council.flagged(DAY)
            council.given("capture", DAY, incident=number, held_at="S:/evidence")
        found = {"incident": number, "findings": list(findings), "viewpoint_neutral": True}
        return self.told("uphold", **found, **marks, actor="pat.o")

    def blocked(self) -> None:
        """A block at each, for one item, on each council's own fast path."""
        self.judged(*SWEARING, explicit=True)
        extreme = {"incident": 1, "findings": SWEARING, "viewpoint_neutral": True}
        self.ashfield.given("uphold", DAY, **extreme, extreme={"reason": "vile"}, actor="pat.o")
        mine = {"ground": "extreme", "incidents": [1], "scope": "interacting", **BLOCK}
        self.ashfield.given("block", DAY, **mine)
        self.northants.given("block", DAY, **mine | {"ground": "explicit", "scope": "access"})


@contextmanager
def both_councils(folder: Path) -> Iterator[Both]:
    """Both councils, each with a register of its own in the folder."""
    with (
        scenario(folder / "a", "ashfield") as ashfield,
        scenario(folder / "n", "north-northamptonshire") as northants,
    ):
        yield Both(ashfield, northants)
