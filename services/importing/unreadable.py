"""What is wrong with a whole file, in one line that says what to do."""

from __future__ import annotations

from typing import ClassVar

from services.faults import Fault


class UnreadableRegister(Fault):
    """The file named is no table that can be read."""

    exit_code: ClassVar[int] = 2


class RejectsNotWritten(Fault):
    """The rows put aside could not be written; the others are recorded."""


class NotTheirsToImport(Fault):
    """Only an officer or the communications manager brings history along."""

    exit_code: ClassVar[int] = 3
