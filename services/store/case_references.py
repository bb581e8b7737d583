"""Case references: short, tell their council, say nothing of the person, read well aloud."""

from __future__ import annotations

import secrets

# No 0 and O, no 1, I and L: on the telephone they are one another.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def new_case_reference(prefix: str) -> str:
    """A random reference such as `ASH-7KQ2-M9XA`, under the council's `prefix`."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(8))
    return f"{prefix}-{letters[:4]}-{letters[4:]}"


def normal_case_reference(text: str) -> str:
    """The reference as it is kept, however it was typed: ` ash-7kq2-m9xa ` is one too."""
    return text.strip().upper()
