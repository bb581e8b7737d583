"""What can go wrong at the edge: each says what, where and what would be right, in one line."""

from __future__ import annotations

from typing import ClassVar


class Fault(Exception):
    """Something outside the rules of casework failed; nothing was half done.

    `exit_code` is what the command line ends with, as `casebook --help` lists them.
    """

    exit_code: ClassVar[int] = 1

    @property
    def message(self) -> str:
        """The one line for a person."""
        return str(self)


class NoRegister(Fault):
    """There is no register in the folder named."""

    exit_code = 4


class RegisterTooNew(Fault):
    """The register, or an event in it, was written by a newer Casebook than this one."""


class NotMigrated(Fault):
    """The tables on the server are older than this Casebook."""


class ServerUnreachable(Fault):
    """The server of the register does not answer, or broke the connection."""


class AnswerLost(ServerUnreachable):
    """The connection broke while something was being recorded: whether it was is not known."""


class NotInstalled(Fault):
    """A part of Casebook that is installed on request only is needed."""


class RegisterCorrupt(Fault):
    """The file is no register, or is damaged."""


class RegisterNotWritable(Fault):
    """This user may not write in the register's folder."""


class DiskFull(Fault):
    """There was no room to write; what was being recorded is not recorded."""


class DiskFailing(Fault):
    """The disk reported an error while the register was read or written."""


class Busy(Fault):
    """Another process held the register longer than we wait."""

    exit_code = 5


class PolicyNotSound(Fault):
    """A council's own policy file has faults: none of it is adopted."""

    exit_code = 6


class EvidenceFileMissing(Fault):
    """A file named as evidence is not there, or can't be read."""

    exit_code = 2


class EvidenceDamaged(Fault):
    """Kept evidence is gone, or is no longer what its SHA-256 says."""


class UnknownCouncil(Fault):
    """No council of that name is in the register, or none is shipped."""

    exit_code = 4


class NotFound(Fault):
    """There is no such case."""

    exit_code = 4


class NotInTheViews(Fault):
    """What is asked for is recorded, but the views are not that far yet."""
