"""What no policy file may say: services withheld, complaints closed, a burden out of silence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from schemas.faults import Fault
from services.policies.places import Table, duties, table, tables

_WITHHOLDING = re.compile(
    r"(?=.*(withh[eo]ld|withdraw|suspend|stop|refuse|deny|cancel|end|cut))"
    r"(?=.*(service|benefit|tenan|housing|repair|collection|school|care|grant|payment))"
)
_CLOSED = re.compile(
    r"^\W*(none|no|closed|n/?a)?\W*$|\bno complaints?\b|\bnot? complain|can(?:no|['’])t complain"
    r"|complaints? (?:can ?not|can['’]t|may not|will not)\b",
    re.IGNORECASE,
)
_BURDENS = (
    *("asking", "intention", "removal_ground", "mark"),
    *("block_ground", "block_length", "interim", "police_ground", "authority"),
)
_HELPS = ("record", "director", "reversal", "notice")


def forbidden_words(file: Table) -> Iterator[Fault]:
    """What no policy may say, whatever its clauses say."""
    for path, duty in duties(file):
        code = str(duty.get("code")).replace("_", " ")
        if _WITHHOLDING.search(code):
            problem = f"owes to {code}: no service is withheld as a punishment"
            yield Fault(f"{path}.code", problem, "a duty about posts and accounts")
    route = table(file, "complaints").get("route")
    if isinstance(route, str) and _CLOSED.search(route):
        problem = "closes the way to complain, which is always open"
        yield Fault("complaints.route", problem, "how the person can complain")
    for path, silence in tables(file, "silences"):
        yield from _false_silence(path, silence)


def _false_silence(path: str, silence: Table) -> Iterator[Fault]:
    about, follows = silence.get("about"), silence.get("follows")
    if about == "complaints" and follows == "refused":
        problem = "closes the way to complain, which is always open"
        yield Fault(f"{path}.follows", problem, 'follows = "allowed"')
    elif about == "appeals" and follows == "allowed":
        problem = "leaves an appeal open, and says neither how nor when"
        yield Fault(f"{path}.follows", problem, 'follows = "refused", or a table [appeals]')
    elif about in _BURDENS and follows == "allowed":
        problem = f"allows what burdens the person, and the policy says nothing of {about}"
        yield Fault(f"{path}.follows", problem, 'follows = "refused", or a clause that says so')
    elif about in _HELPS and follows == "refused":
        problem = f"refuses what helps, records or tells inside: {about}"
        yield Fault(f"{path}.follows", problem, 'follows = "allowed", or a clause that forbids')
