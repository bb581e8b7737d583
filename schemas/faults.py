"""What is wrong with a document, said so that whoever wrote it can mend it."""

from collections.abc import Iterable
from typing import NamedTuple


class Fault(NamedTuple):
    """One fault: the dotted path of the field, what is wrong with it, and what is wanted."""

    path: str
    problem: str
    wanted: str

    def __str__(self) -> str:
        return f"{self.path or 'the document'} {self.problem}; wanted: {self.wanted}"


class InvalidDocument(ValueError):
    """A command document that breaks its schema; `faults` holds every fault at once."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = list(faults)
        super().__init__("; ".join(map(str, self.faults)))


class InvalidEvent(InvalidDocument):
    """An event that may not be stored, because it breaks its schema."""
