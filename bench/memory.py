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

if __name__ == "__main__":
    beside = [0.0]
    database = SQLiteDatabase.open(Path(sys.argv[1]))
    rebuild(
        database,
        Register(database).history,
        tell=lambda _: beside.append(sum(peak(each.pid) for each in psutil.Process().children())),
    )
    print(peak() + max(beside))
