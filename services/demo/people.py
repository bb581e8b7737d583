"""Invented people, accounts and words for the demo; none of them exists."""

from __future__ import annotations

from random import Random

STAFF = {
    "jo.p": ("Jo Pell", "officer"),
    "ola.k": ("Ola Kern", "officer"),
    "mia.m": ("Mia Marsh", "communications_manager"),
    "sam.d": ("Sam Dean", "service_director"),
    "col.c": ("Col Chase", "complaints_officer"),
    "aud.i": ("Aud Inman", "auditor"),
}
FIRST = ("Copper", "Ferry", "Hazel", "Juniper", "Linden", "Marble", "Rowan", "Saffron", "Thistle")
LAST = ("Bramble", "Heron", "Larch", "Pebble", "Quill", "Sparrow", "Teasel", "Wren", "O'Dell")
POSTS = (
    "What a shower of **** you lot are",
    "Go back to where you came from",
    "That officer wants sorting out, I know where she parks",
    "Same link as yesterday and the day before, buy it now",
    "You are all bloody useless and so are your bins 🤬",
)


def accounts(random: Random, platforms: list[str], how_many: int) -> list[dict[str, str]]:
    """So many different accounts on these platforms."""
    pairs = [(first, last) for first in FIRST for last in LAST]
    return [
        {
            "platform": platforms[number % len(platforms)],
            "handle": f"@{first}.{last}".replace("'", ""),
            "name": f"{first} {last}",
        }
        for number, (first, last) in enumerate(random.sample(pairs, how_many))
    ]
