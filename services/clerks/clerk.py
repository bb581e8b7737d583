"""A process that decides the lines it is handed, and whoever hands them to it."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Sequence
from pathlib import Path

from services.beside import Asked, Beside


class Clerk(Beside):
    """One process, from here: lines go in, answers come out, one group at a time.

    It has the register open from its first group on.
    """

    if_ended = (
        "A process that decided a part of the file was ended from outside. What was answered "
        "is recorded. Send the same file again: only what is lacking is recorded."
    )

    def __init__(self, where: Path, others: Iterable[Clerk]) -> None:
        super().__init__(_decide, where, early=True, others=others)

    def decide(self, lines: Sequence[bytes]) -> None:
        """Hand it a group of lines, which must have been answered before the next one."""
        self.ask(b"\n".join(lines))

    def answered(self) -> tuple[int, list[bytes]]:
        """The highest exit code of the group, and the answer to each line as JSON.

        Waits for them; they are durable. Raises the fault that the clerk met.
        """
        worst, answers = next(self)
        return worst, answers.split(b"\n")


def _decide(groups: Asked, where: Path) -> Generator[tuple[int, bytes], None, None]:
    import orjson

    from services.assemble import open_beside_others
    from services.casework.casework import exit_code

    casework = None
    try:
        for group in groups:
            casework = casework or open_beside_others(where)
            answers = casework.handle_lines(group.split(b"\n"))
            yield max(map(exit_code, answers)), b"\n".join(map(orjson.dumps, answers))
    finally:
        if casework:
            casework.close()
