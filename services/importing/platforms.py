"""Which platform is meant: as people write it, else as a link's host tells it."""

from __future__ import annotations

import re

from services.importing.wording import meaning, squeezed

UNKNOWN = "unknown"
_HOST = re.compile(r"(?:https?://)?((?:[a-z0-9-]+\.)+[a-z]{2,})(?=/|$)", re.I)
_WORD = re.compile(r"[a-z][a-z0-9_.-]*")


def platform_of(written: str, *links: str) -> str:
    """The platform, in the word that the register keeps; the column wins over a link's host."""
    if written.strip():
        known = meaning("platforms", written)
        word = squeezed(written)
        return known or (word if _WORD.fullmatch(word) and len(word) <= 100 else UNKNOWN)
    for link in links:
        if host := _HOST.match(link.strip()):
            known = meaning("platforms", host[1].casefold().removeprefix("www."))
            if known:
                return known
    return UNKNOWN
