"""Linked cases in words: whose they are, and what of them counts here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Link = dict[str, Any]


def in_short(links: list[Link]) -> Iterator[str]:
    """Each link in one line, for a history that goes on without the other case's."""
    for link in links:
        more = "; its history stands there" if link["kind"] == "same_account" else ""
        yield f"{_heading(link)}{more}."


def in_words(linked: list[Link]) -> Iterator[str]:
    """Each linked case with its incidents and blocks where they count here too."""
    from services.cli.appeals import in_words as block_in_words
    from services.cli.show import incident_in_words

    for each in linked:
        whose = f"{each['platform']}/{each['handle'] or 'unknown'}"
        yield f"{_heading(each)}: {whose}, {each['status']}"
        yield from (f"  {incident_in_words(incident)}" for incident in each.get("incidents", ()))
        for block in each.get("blocks", ()):
            yield from (f"  {line}" for line in block_in_words(block))


def _heading(link: Link) -> str:
    from services.cli.saying import day, plain

    through = f" through {link['through']}" if "through" in link else ""
    return f"Case {link['case']}, {plain(link['kind'])}{through} since {day(link['since'])}"
