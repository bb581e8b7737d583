"""What PostgreSQL's error codes mean to the person at the keyboard."""

from __future__ import annotations

from services.faults import (
    AnswerLost,
    Busy,
    DiskFailing,
    DiskFull,
    Fault,
    NotMigrated,
    RegisterCorrupt,
    RegisterNotWritable,
    ServerUnreachable,
)

# https://www.postgresql.org/docs/current/errcodes-appendix.html
DISK_FULL, TOO_MANY, OUT_OF_MEMORY = "53100", "53300", "53200"
NOT_ALLOWED, READ_ONLY = "42501", "25006"
NO_TABLE, NO_FUNCTION, NO_COLUMN = "42P01", "42883", "42703"
NOT_IN_TIME = {"55P03", "57014", "40001", "40P01"}
GONE = {"57P01", "57P02", "57P03", "57P05"}


def fault_for(code: str, said: str, where: str) -> Fault | None:
    """The fault to show for an SQLSTATE, or None where the code itself is at fault."""
    first = said.strip().split("\n")[0]
    if code in GONE or code[:2] == "08" or code in (TOO_MANY, OUT_OF_MEMORY):
        return unreachable(where, said)
    if code == DISK_FULL:
        return DiskFull(
            f"The disk of the server of {where} is full: nothing was recorded. "
            "Free some room and do it again."
        )
    if code in NOT_IN_TIME:
        return Busy(
            f"Others held {where} for too long: nothing was recorded. Do it again in a moment."
        )
    if code in (NOT_ALLOWED, READ_ONLY):
        return RegisterNotWritable(
            f"The user of {where} may not do that ({first}). "
            "Use the address of a user with the right role; docs/postgresql.md lists the roles."
        )
    if code in (NO_TABLE, NO_FUNCTION, NO_COLUMN):
        return NotMigrated(
            f"The register at {where} lacks something ({first}). Run casebook migrate."
        )
    if code[:2] == "XX":
        return RegisterCorrupt(f"The server reports damage in {where} ({first}).")
    if code[:2] == "58":
        return DiskFailing(f"The server reports a disk that fails, at {where} ({first}).")
    return None


def unreachable(where: str, said: str) -> ServerUnreachable:
    """That the server doesn't answer, with the first thing it or the network said."""
    lines = [line.strip() for line in said.split("\n") if line.strip()]
    return ServerUnreachable(
        f"The register at {where} can't be reached ({lines[-1] if lines else 'no answer'}). "
        "Start the server, or mend the address, then do it again."
    )


def answer_lost(where: str, said: str) -> AnswerLost:
    """That the connection broke after all was sent: nobody knows what came of it."""
    lines = [line.strip() for line in said.split("\n") if line.strip()]
    return AnswerLost(
        f"The connection to {where} broke ({lines[0] if lines else 'no answer'}) before the "
        "answer came: it may have been recorded, or not. Send it again with the same command_id."
    )
