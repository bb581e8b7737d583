"""Whether what a policy file says of the length of a block can hold together."""

from __future__ import annotations

from collections.abc import Iterator

from schemas.faults import Fault
from services.policies.places import Table, table, tables, words


def lengths_at_odds(file: Table) -> Iterator[Fault]:
    """Lengths of a ground that no block could have, or that two persons would set."""
    blocks = table(file, "blocks")
    for path, ground in tables(file, "blocks.grounds"):
        known = words(ground if "lengths" in ground else blocks, "lengths")
        yield from _without_fixed(path, ground, known)
        fixed, most = ground.get("fixed_months"), ground.get("at_most_months")
        if isinstance(fixed, int) and isinstance(most, int) and fixed > most:
            problem = f"is {fixed} months, and no block lasts longer than {most}"
            yield Fault(f"{path}.fixed_months", problem, "one of the two")
        approval = table(ground, "approval") or table(blocks, "approval")
        if fixed and approval.get("sets_length") is True:
            problem = "fixes the length, and who approves is to decide it"
            yield Fault(f"{path}.fixed_months", problem, "one of the two")
        if words(ground, "ends") == ["by_itself"]:
            for other in known:
                if other != "fixed":
                    problem = f"has blocks end by themselves, and a length {other} never does"
                    yield Fault(f"{path}.ends", problem, 'lengths = ["fixed"]')


def _without_fixed(path: str, ground: Table, known: list[str]) -> Iterator[Fault]:
    for key in ("fixed_months", "at_most_months"):
        if key in ground and known and "fixed" not in known:
            problem = "sets months, and no block here has a fixed length"
            yield Fault(f"{path}.{key}", problem, 'lengths with "fixed"')
