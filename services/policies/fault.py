"""What is wrong with a policy file, said so that the officer who wrote it can mend it."""

from __future__ import annotations

from typing import NamedTuple


class PolicyFault(NamedTuple):
    """One fault: the line of the file, the dotted place, what is wrong, and what is wanted."""

    line: int
    path: str
    problem: str
    wanted: str

    def __str__(self) -> str:
        place = f"{self.path} " if self.path else ""
        return f"line {self.line}: {place}{self.problem}; wanted: {self.wanted}"
