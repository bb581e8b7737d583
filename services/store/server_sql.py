"""The statements by which a register on a server is locked, appended to and flushed."""

from __future__ import annotations

import re
from functools import cache
from itertools import count

BEGIN_WRITING = "BEGIN"
BEGIN_READING = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
# The register's write lock is "CASE", and the first of its kind.
LOCK = "SELECT pg_advisory_xact_lock(1128354629, 1)"
APPEND = (
    "CALL casebook_append($1::bytea[], $2::integer[], $3::text[], $4::bytea[], $5::text[], "
    "$6::text[], $7::bytea[], $8::bytea[], $9::jsonb, $10::bigint, $11::bigint, NULL, NULL)"
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
