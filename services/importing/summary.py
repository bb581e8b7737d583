"""What an import comes to, in the words of its summary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from services.importing.past import Happening
from services.importing.rows import Row

COUNTED = {
    "CommentFlagged": ("flags",),
    "FlagDismissed": ("no_breach",),
    "Blocked": ("blocks",),
    "BlockReversed": ("reversed",),
    "AppealFiled": ("appeals",),
    "AppealReceivedEarly": ("appeals", "early_appeals"),
}
NUMBERS = (
    "rows",
    "accounts",
    "flags",
    "no_breach",
    "blocks",
    "reversed",
    "appeals",
    "early_appeals",
    "duplicates",
    "irregular",
)


@dataclass(slots=True)
class Summary:
    """The counts; `irregular` counts rows, `by_rule` what was irregular and how often."""

    counts: Counter[str] = field(default_factory=Counter)
    by_rule: Counter[tuple[str, str]] = field(default_factory=Counter)
    unreadable: list[Row] = field(default_factory=list)
    changed: list[Row] = field(default_factory=list)

    def told(self, happenings: Iterable[Happening]) -> None:
        """Count what one row told of."""
        irregular = False
        for each in happenings:
            for counted in COUNTED.get(each.type, ()):
                self.counts[counted] += 1
            for rule, whats in each.irregular.items():
                for what in whats:
                    self.by_rule[rule, what] += 1
                irregular = True
        self.counts["irregular"] += irregular

    @property
    def rejects(self) -> list[Row]:
        """The rows not recorded, from the top of the file."""
        return sorted([*self.unreadable, *self.changed], key=lambda row: (row.sheet, row.number))

    def as_json(self) -> dict[str, Any]:
        """The summary for machines."""
        refused = [{"ref": r.ref, "row": r.number, "fault": r.fault} for r in self.rejects]
        return {name: self.counts[name] for name in NUMBERS} | {"unreadable": refused}
