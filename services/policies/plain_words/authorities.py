"""Which authorities a policy lets the council tell, in plain words."""

from __future__ import annotations

from collections.abc import Iterator

from services.policies.plain_words.citing import File, cited, force_of, silent
from services.policies.plain_words.phrases import decided, needs_in_words


def authorities(file: File) -> Iterator[str]:
    """Each authority with who may tell it, and what that needs."""
    for authority in file.get("authorities", {}).values():
        force = force_of(file, authority["rules"])
        yield f"  The council {force} refer to {authority['name']}, stating the legal basis."
        yield from decided(authority)
        yield from cited(file, authority["rules"])
        yield from needs_in_words(authority)
    yield from silent(file, "authority")
