"""One spelling for a handle, however it was typed, pasted or linked to."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Bidirectional and zero-width marks come along unseen when a name is copied from a page.
_UNSEEN = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]"
)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_HOST = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}(?=/)", re.IGNORECASE)
# Paths that say that a person follows, not who: facebook.com/people/Name/100…, nextdoor.co.uk/…
_PREFIXES = ("user", "users", "people", "in", "c", "channel", "profile")


@lru_cache(maxsize=4096)
def normal_handle(text: str) -> str:
    """The handle by which an account is looked up; empty where nothing is left of `text`.

    NFKC, trimmed, a leading @ and a link's host dropped, case-folded (`language.md` §1): so
    `@Maple.Heron` and `https://www.facebook.com/maple.heron?x=1` are one. A link that names the
    account by number alone keeps that number: `profile.php?id=123` is `123`.
    """
    plain = _UNSEEN.sub("", unicodedata.normalize("NFKC", text)).strip()
    path = _without_host(plain)
    if path is not None:
        plain = _named_in(path)
    return unicodedata.normalize("NFKC", plain.strip("/ ").lstrip("@").strip().casefold())


def _without_host(text: str) -> str | None:
    """What follows the host of a link, or None where `text` is no link."""
    scheme = _SCHEME.match(text)
    if scheme:
        return text[scheme.end() :].partition("/")[2]
    host = _HOST.match(text)
    # Without a scheme `maple.heron/` is rather a handle than a host with nothing behind it.
    return (text[host.end() + 1 :] or None) if host else None


def _named_in(path: str) -> str:
    """Whom a link's path is about."""
    before, _, query = path.partition("#")[0].partition("?")
    numbered = re.search(r"(?:^|&)id=([^&]+)", query)
    if numbered and before.strip("/").endswith(".php"):
        return numbered.group(1)
    parts = [part for part in before.split("/") if part]
    if len(parts) > 1 and parts[0].casefold() in _PREFIXES:
        # facebook.com/people/Maple-Heron/1000123: the number is the account, the name is decor.
        return parts[-1] if parts[-1].isdigit() else parts[1]
    return parts[0] if parts else ""
