"""The address of a register on a server, and how much of it may be shown."""

from __future__ import annotations

import re

_SECRET = re.compile(r"(?i)\b((?:ssl)?password|passfile)=[^&\s]*")


def is_server(value: str) -> bool:
    """Whether it is the address of a PostgreSQL server, and no folder."""
    return value.lower().startswith(("postgresql:", "postgres:"))


def shown(value: str) -> str:
    """What was given as it may be printed: a password is left out, wherever in it that stands."""
    if not is_server(value):
        return value
    scheme, slashes, rest = value.partition("://")
    place, mark, options = rest.partition("?")
    # Up to the last @: one that stands unescaped in the password itself must not show its end.
    who, at, where = place.rpartition("@")
    user, colon, password = who.partition(":")
    who = f"{user}{colon}…" if password else user
    return _SECRET.sub(r"\1=…", f"{scheme}{slashes}{who}{at}{where}{mark}{options}")
