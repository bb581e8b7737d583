"""Whether every rule that a policy file cites is in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any

from schemas.faults import Fault
from services.policies.places import Table, table

_NUMBER = re.compile(r"(R|D|LAW|SILENT|DEFAULT)-[A-Z0-9-]+")


def undefined_rules(file: Table) -> Iterator[Fault]:
    """Rules cited that are no clause, setting or silence of the file."""
    known = [number for kind in ("clauses", "settings", "silences") for number in table(file, kind)]
    for path, number in _cited(file, ""):
        if number not in known:
            near = get_close_matches(number, known, n=3) or ["a clause, setting or silence of it"]
            problem = f"cites {number}, which this file doesn't define"
            yield Fault(path, problem, "one of: " + ", ".join(near))


def _cited(value: Any, path: str) -> Iterator[tuple[str, str]]:
    """Every rule's number that stands in a list: nowhere else does a file cite one."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _cited(inner, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            if isinstance(inner, str) and _NUMBER.fullmatch(inner):
                yield f"{path}.{index}", inner
            else:
                yield from _cited(inner, f"{path}.{index}")
