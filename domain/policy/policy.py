"""A council's policy, read from its file: the words that every verdict rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.people.rights import Rights
from domain.policy.block_grounds import BlockGround, read_block_grounds
from domain.policy.categories import Category, Mark, read_categories, read_marks
from domain.policy.needs import Cite, Ground, Need, read_grounds, read_needs
from domain.policy.obligations import Obligation, read_obligations
from domain.policy.roles import permitted, read_rights
from domain.policy.rules import Rule, Rules
from domain.policy.sanctions import Mutes, Warnings, read_mutes, read_warnings


@dataclass(frozen=True)
class Policy:
    """One version of one council's policy. Build it with `read_policy`."""

    id: str
    version: str
    sha256: str
    in_force_from: date | None
    reference: str
    council: str
    file: Mapping[str, Any]
    rules: Mapping[str, Rule]
    silences: Mapping[str, tuple[Rule, bool]]
    categories: Mapping[str, Category]
    marks: Mapping[str, Mark]
    removal_needs: tuple[Need, ...]
    never_removed: frozenset[str]
    withholding_needs: tuple[Need, ...] | None
    removal_grounds: Mapping[str, Ground]
    block_grounds: Mapping[str, BlockGround]
    warnings: Warnings | None
    mutes: Mutes | None
    authorities: Mapping[str, Ground]
    report_needs: tuple[Need, ...]
    obligations: Mapping[str, tuple[Obligation, ...]]
    rights: Rights
    permissions: Mapping[str, Sequence[str]]

    def __post_init__(self) -> None:
        object.__setattr__(self, "_cited", {})

    def cite(self, ids: Sequence[str]) -> Rules:
        """The rules of those numbers, in that order."""
        return tuple(self.rules[number] for number in ids)

    def cited(self, *path: str) -> Rules:
        """The rules that the file names at that place; none where it has no such place."""
        known: dict[tuple[str, ...], Rules] = self.__dict__["_cited"]
        if path not in known:
            ids = self.at(*path)
            known[path] = self.cite(ids) if ids else ()
        return known[path]

    def at(self, *path: str) -> Any:
        """What the file says at that place; None where it says nothing."""
        place: Any = self.file
        for step in path:
            place = place.get(step) if isinstance(place, Mapping) else None
            if place is None:
                return None
        return place

    @property
    def edit_cures(self) -> bool:
        """Whether an author who mended the item has taken it down."""
        cure = self.at("asking", "cure")
        return cure is None or "edited" in cure

    def never_removes(self, categories: frozenset[str]) -> bool:
        """Whether what was found in these categories, and no other, is never hidden or deleted."""
        return bool(self.never_removed and categories) and categories <= self.never_removed

    def silence(self, about: str) -> Rules:
        """What the file says of a matter that the policy does not mention."""
        known = self.silences.get(about)
        if known:
            return (known[0],)
        words = about.replace("_", " ")
        number = f"SILENT-{words.replace(' ', '-').upper()}"
        return (Rule(number, "info", f"The policy says nothing of {words}."),)

    def as_reference(self) -> dict[str, str]:
        """How an event names the version that it was decided under."""
        return {"id": self.id, "version": self.version, "sha256": self.sha256}


def read_policy(file: Mapping[str, Any], sha256: str) -> Policy:
    """The policy in a parsed file; `sha256` is that of the file's bytes.

    The file is taken as sound: it was checked when it was adopted.
    """
    rules = _rules(file)

    def cite(ids: Sequence[str]) -> Rules:
        return tuple(rules[number] for number in ids)

    removal = file["removal"]
    head = file["policy"]
    return Policy(
        id=head["id"],
        version=head["version"],
        sha256=sha256,
        in_force_from=head.get("in_force_from"),
        reference=head["reference"],
        council=head["council"],
        file=file,
        rules=rules,
        silences=_silences(file, rules),
        categories=read_categories(file, cite),
        marks=read_marks(file, cite),
        removal_needs=read_needs(removal["needs"], cite),
        never_removed=frozenset(removal.get("never_for", {}).get("categories", ())),
        withholding_needs=_withholding(file, cite),
        removal_grounds=read_grounds(removal.get("grounds", {}), cite),
        block_grounds=read_block_grounds(file["blocks"], cite),
        warnings=read_warnings(file, cite),
        mutes=read_mutes(file, cite),
        authorities=read_grounds(file.get("authorities", {}), cite),
        report_needs=read_needs(file.get("platform_reports", {}).get("needs", ()), cite),
        obligations=read_obligations(file, cite),
        rights=read_rights(file),
        permissions=permitted(file),
    )


def _withholding(file: Mapping[str, Any], cite: Cite) -> tuple[Need, ...] | None:
    table = file.get("withholding")
    return None if table is None else read_needs(table["needs"], cite)


def _rules(file: Mapping[str, Any]) -> dict[str, Rule]:
    version = file["policy"]["version"]
    rules = {
        number: Rule(number, clause["force"], clause["quote"], version)
        for number, clause in file["clauses"].items()
    }
    for number, setting in file.get("settings", {}).items():
        rules[number] = Rule(number, "must", str(setting["value"]), version)
    for number, silence in file.get("silences", {}).items():
        rules[number] = Rule(number, "info", silence["text"], version)
    return rules


def _silences(file: Mapping[str, Any], rules: Mapping[str, Rule]) -> dict[str, tuple[Rule, bool]]:
    return {
        silence["about"]: (rules[number], silence["follows"] == "refused")
        for number, silence in file.get("silences", {}).items()
    }
