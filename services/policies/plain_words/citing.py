"""The rules that a step rests on, each with its force and its words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from services.policies.plain_words.phrases import FORCES, silence_follows

File = Mapping[str, Any]


def cited(file: File, rules: Sequence[str]) -> Iterator[str]:
    """One line a rule: its number, what it does, and its words."""
    for number in rules:
        yield f"    {number} {rule_in_words(file, number)}"


def rule_in_words(file: File, number: str) -> str:
    """What a clause, a setting or a silence says."""
    if number in file["clauses"]:
        clause = file["clauses"][number]
        return f"({FORCES[clause['force']]}): “{clause['quote']}”"
    if number in file.get("settings", {}):
        return f"(chosen here): {file['settings'][number]['value']}"
    return f"(silence): {file['silences'][number]['text']}"


def silent(file: File, about: str) -> Iterator[str]:
    """What the file says of a matter that the policy does not mention; nothing where it does."""
    for number, silence in file.get("silences", {}).items():
        if silence["about"] == about:
            yield f"  {silence['text']}. {silence_follows(silence)} [{number}]"


def force_of(file: File, rules: Sequence[str]) -> str:
    """Whether the council will or may, as the first of these clauses with such a force says."""
    forces = (file["clauses"].get(number, {}).get("force") for number in rules)
    return next((FORCES[force] for force in forces if force in ("must", "may", "never")), "may")
