"""A throw-away register with one officer, of a council whose policy the timed casework fits."""

from __future__ import annotations

import tomllib
from pathlib import Path

from services.assemble import Casework, found, open_casework
from services.policies.shipped import shipped

GROUND = "continues"


def fitting_council() -> str:
    """The first council of those shipped whose policy knows the ground that the casework uses."""
    return next(
        policy.council
        for policy in shipped()
        if GROUND in tomllib.loads(policy.text.decode())["blocks"]["grounds"]
    )


def new_register(where: Path | str, council: str) -> Casework:
    """A register, open, with the officer appointed."""
    found(where, [council], "admin")
    casework = open_casework(where)
    appointed = casework.handle(
        {
            "command": "appoint",
            "council": council,
            "actor": "admin",
            "staff": "jo.p",
            "role": "officer",
            "from": "2012-01-01",
        }
    )
    if appointed["outcome"] != "accepted":
        raise RuntimeError(f"the register could not be made: {appointed}")
    return casework
