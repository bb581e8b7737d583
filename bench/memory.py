"""Rebuilds the views of the register in a folder and prints the most memory that took, in MB."""

from __future__ import annotations

import resource
import sys
from pathlib import Path

from services.store.register import Register
from services.store.sqlite import SQLiteDatabase
from services.views.rebuild import rebuild

if __name__ == "__main__":
    database = SQLiteDatabase.open(Path(sys.argv[1]))
    rebuild(database, Register(database).history)
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
