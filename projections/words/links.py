"""In words: which cases are of one account or one person."""

from __future__ import annotations

from projections.words.phrases import Data, Saying, because, listed, quoted

KINDS = {"same_account": "of the same account", "same_person": "of the same person"}


def linked(who: str, data: Data) -> str:
    """What is held to be one, and why."""
    case = f"case {data['other']} to be {KINDS[data['kind']]}"
    return f"{who} found {case}{because(data)}{_shown(data)}"


def unlinked(who: str, data: Data) -> str:
    """What is held to be one no more, and why."""
    case = f"case {data['other']} not to be {KINDS[data['kind']]}"
    return f"{who} found {case} after all{because(data)}{_shown(data)}"


def _shown(data: Data) -> str:
    evidence = data.get("evidence")
    if not evidence:
        return ""
    if isinstance(evidence, str):
        return f", on this evidence: {quoted(evidence)}"
    return f", on evidence {listed(evidence)}"


SAYINGS: dict[str, Saying] = {"AccountsLinked": linked, "AccountsUnlinked": unlinked}
