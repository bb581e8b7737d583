"""The statements by which a register on a server is locked, appended to and flushed."""

from __future__ import annotations

import re
from functools import cache
from itertools import count

BEGIN_WRITING = "BEGIN"
BEGIN_READING = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
# The register's write lock is "CASE", and the first of its kind.
LOCK = "SELECT pg_advisory_xact_lock(1128354629, 1)"
_TYPES = ("bytea", "integer", "text", "bytea", "text", "text", "bytea", "bytea")
_REST = "$9::jsonb, $10::bigint, $11::bigint, NULL, NULL"
APPEND = (
    f"CALL casebook_append({', '.join(f'${n}::{type}[]' for n, type in enumerate(_TYPES, 1))}, "
    f"{_REST})"
)
# One event and one answer, as most commands have: values cost less to send than arrays of one.
APPEND_ONE = (
    f"CALL casebook_append({', '.join(f'ARRAY[${n}::{type}]' for n, type in enumerate(_TYPES, 1))}"
    f", {_REST})"
)
FLUSH = (
    "SELECT CASE WHEN pg_current_wal_flush_lsn() < pg_current_wal_insert_lsn() "
    "THEN pg_logical_emit_message(false, '', '', true) END"
)

_MARK = re.compile(r"\?(\d*)")


@cache
def marked(sql: str) -> str:
    """SQL with `$1, $2 …` where it has `?` or `?1`."""
    numbers = count(1)
    return _MARK.sub(lambda found: f"${found[1] or next(numbers)}", sql)
