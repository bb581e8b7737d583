"""A large file of commands, decided by as many processes as there are processors, up to two."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import orjson

from services.beside import processors
from services.casework.casework import exit_code
from services.clerks.clerk import Clerk
from services.clerks.shares import Shares
from services.clerks.sharing import Sharing
from services.cli.lines import Lines, TooLong
from services.cli.submitting import too_long, write_whole

if TYPE_CHECKING:
    from services.assemble import Casework

LARGE = 512 * 1024
"""A file of as many bytes is worth the start of other processes: about 1,000 lines."""
CLERKS = 2


@contextmanager
def clerks_for(
    source: int, where: Path | str, *, one_by_one: bool = False, large: int = LARGE
) -> Iterator[list[Clerk]]:
    """The processes that decide a large file for an embedded register; none where one is enough.

    None either where each line is to be answered before the next is decided, `one_by_one`.
    To be called before the register is opened, or any thread is started.
    """
    clerks: list[Clerk] = []
    try:
        large_enough = not one_by_one and _is_large(source, large)
        if isinstance(where, Path) and large_enough and processors() >= CLERKS:
            import services.assemble
            import services.store.shared  # noqa: F401 - both once, for all of them

            for _ in range(CLERKS):
                clerks.append(Clerk(where, clerks))
        yield clerks
    finally:
        _close(clerks)


def share_out(
    clerks: list[Clerk],
    casework: Casework,
    lines: Lines,
    out: BinaryIO,
    progress: Callable[[], None],
) -> int:
    """Answer every line, in order; returns the exit code. Raises the fault that a clerk met."""

    def tell(answers: list[bytes], _: int) -> None:
        casework.behind.follow()
        write_whole(out, b"\n".join(answers) + b"\n")
        out.flush()
        progress()

    sharing = Sharing(clerks, Shares(casework.database, casework.lookups), tell)
    try:
        for batch in lines:
            for line in batch:
                if isinstance(line, TooLong):
                    answer = too_long(line)
                    sharing.take_answered(orjson.dumps(answer), exit_code(answer))
                else:
                    sharing.take(line)
        sharing.finish()
    except Exception:
        sharing.give_up()
        raise
    finally:
        _close(clerks)  # before the register is closed, so that all of it is signed
    return sharing.worst


def _close(clerks: list[Clerk]) -> None:
    for clerk in clerks:
        clerk.finish()
    clerks.clear()


def _is_large(source: int, large: int) -> bool:
    told = os.fstat(source)
    return stat.S_ISREG(told.st_mode) and told.st_size >= large
