"""Rebuilds the views of the register in a folder and prints the most memory that took, in MB.

That of all its processes together: what each has taken at most by the time of a commit.
"""

from __future__ import annotations

import sys
from pathlib import Path

import psutil

from bench.peak import peak
from services.store.register import Register
from services.store.sqlite import SQLiteDatabase
from services.views.rebuild import rebuild
from services.views.shares import shares_for


def others() -> list[int]:
    """The processes that work for this one."""
    return [each.pid for each in psutil.Process().children()]


if __name__ == "__main__":
    beside, folder = [0.0], Path(sys.argv[1])
    with shares_for(folder) as shares:
        rebuild(
            database := SQLiteDatabase.open(folder),
            Register(database).history,
            tell=lambda _: beside.append(sum(map(peak, others()))),
            shares=shares,
        )
    print(peak() + max(beside))
