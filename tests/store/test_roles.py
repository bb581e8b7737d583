"""Each role logs in and tries: what it may do it can, and what it may not is refused."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
import pytest

from services import assemble
from services.faults import RegisterNotWritable
from services.projector.tables import hand_over
from services.proof.checking import Checking
from services.store.opening import migrate_database
from services.store.postgres import PostgresDatabase
from tests.crash.registers import flag, founded, note

ROLES = ("casework", "publisher", "projector", "auditor", "signer")


@pytest.fixture
def users(postgres_database, tmp_path, monkeypatch) -> Iterator[dict[str, str]]:
    """The addresses of a register by which a user of each role logs in."""
    monkeypatch.setenv("CASEBOOK_KEYS", str(tmp_path / "keys"))
    founded(postgres_database)
    migrate_database(postgres_database, roles=True)
    parts = urlsplit(postgres_database)
    place = parts.netloc.rpartition("@")[2]
    found, made = {}, []
    with psycopg.connect(postgres_database, autocommit=True) as owner:
        for role in ROLES:
            name = f"{role}_{uuid4().hex[:8]}"
            made.append(name)
            owner.execute(f"CREATE USER {name} PASSWORD 'pw' IN ROLE casebook_{role}")
            found[role] = parts._replace(netloc=f"{name}:pw@{place}").geturl()
        owner.execute(f"ALTER USER {made[ROLES.index('projector')]} SET role = casebook_projector")
        yield found
        for name in made:
            owner.execute(f"DROP OWNED BY {name}")
            owner.execute(f"DROP USER {name}")


def hand_over_to(projector: str) -> None:
    database = PostgresDatabase.open_views(projector)
    with database.writing():
        hand_over(database)
    database.close()


def refused(address: str, sql: str) -> bool:
    with psycopg.connect(address, autocommit=True) as connection:
        try:
            connection.execute(sql)
        except psycopg.errors.InsufficientPrivilege:
            return True
    return False


CHANGES = (
    "UPDATE events SET body = ''",
    "UPDATE events SET position = position + 1",
    "DELETE FROM events",
    "TRUNCATE events",
    "DROP TABLE events",
    "ALTER TABLE events DROP COLUMN body",
    "UPDATE commands SET answer = ''",
    "DELETE FROM commands",
    "DELETE FROM known_as",
    "UPDATE known_as SET stream = ''",
    "UPDATE policy_files SET bytes = ''",
    "UPDATE evidence SET sha256 = ''",
    "DELETE FROM evidence_pieces",
    "DELETE FROM casebook_migrations",
    "UPDATE integrity_checkpoints SET note = ''",
    "DELETE FROM integrity_checkpoints",
    "UPDATE integrity_keys SET verifier = ''",
    "DELETE FROM integrity_keys",
    "DELETE FROM integrity_cosignatures",
    "DELETE FROM integrity_tiles",
    "UPDATE integrity_tiles SET number = 1",
)
SIGNING = (
    "INSERT INTO integrity_tiles VALUES (9, 9, '')",
    "INSERT INTO integrity_checkpoints VALUES (1000000, '')",
    "INSERT INTO integrity_cosignatures VALUES (1000000, '')",
    "INSERT INTO integrity_keys VALUES (9, '', 0, NULL)",
    "UPDATE integrity_tiles SET hashes = ''",
)
ADDITIONS = (
    "INSERT INTO events VALUES (1000, '', 1, 'NoteAdded', '')",
    "INSERT INTO cases VALUES ('ASH-1', 'ashfield', '')",
    "CALL casebook_append(ARRAY['\\x01'::bytea], ARRAY[1], ARRAY['NoteAdded'], "
    "ARRAY['\\x01'::bytea], '{{}}', '{{}}', '{{}}', '{{}}', NULL, {office}, {names}, NULL, NULL)",
)


def test_nobody_changes_what_is_recorded_and_who_only_reads_adds_nothing(users):
    with psycopg.connect(users["auditor"]) as connection:
        office, names = connection.execute("SELECT office, names FROM changes").fetchone()
    for role in ROLES:
        assert [sql for sql in CHANGES if not refused(users[role], sql)] == [], role
    for role in ("publisher", "projector", "auditor", "signer"):
        tried = [sql.format(office=office, names=names) for sql in ADDITIONS]
        assert [sql for sql in tried if not refused(users[role], sql)] == [], role


def test_casework_writes_the_record_and_not_the_views(users, tmp_path):
    hand_over_to(users["projector"])
    with assemble.open_casework(users["casework"]) as casework:
        assert casework.handle(flag(1, "maple.heron"))["outcome"] == "accepted"
        assert casework.handle(note(2, "maple.heron"))["outcome"] == "accepted"
        change = {"command": "change-handle", "handle": "maple.crane", "council": "ashfield"}
        named = {"actor": "jo.p", "account": {"platform": "facebook", "handle": "maple.heron"}}
        assert casework.handle(change | named)["outcome"] == "accepted"
        post = {"command": "appoint", "staff": "new", "role": "officer", "from": "2025-01-01"}
        office = {"council": "ashfield", "actor": "ad.min"}
        assert casework.handle(post | office)["outcome"] == "accepted"
        picture = tmp_path / "picture.png"
        picture.write_bytes(b"a picture")
        kept = casework.evidence.keep(
            casework.lookups.by_old_handle("ashfield", "facebook", "maple.heron").stream, picture
        )
        assert kept.size == 9
        with pytest.raises(RegisterNotWritable, match="right role"):
            casework.rebuild()
    assert refused(users["casework"], "DELETE FROM view_audit")


def test_the_projector_keeps_the_views(users):
    hand_over_to(users["projector"])
    assert not refused(users["projector"], "DELETE FROM view_audit")
    assert not refused(users["projector"], "CREATE TABLE view_audit_rebuilt (body bytea)")
    assert not refused(users["casework"], "SELECT * FROM view_audit_rebuilt")
    assert not refused(users["auditor"], "SELECT * FROM view_audit_rebuilt, events")
    assert not refused(users["publisher"], "SELECT body FROM events")
    assert not refused(users["publisher"], "INSERT INTO meta VALUES ('publisher.epoch', '1')")


def test_the_signer_builds_checkpoints_and_nobody_else_does(users, tmp_path, monkeypatch):
    hand_over_to(users["projector"])
    for role in ROLES[:-1]:
        assert [sql for sql in SIGNING if not refused(users[role], sql)] == [], role
    with assemble.open_casework(users["casework"]) as casework:
        assert casework.handle(flag(1, "maple.heron"))["outcome"] == "accepted"
        with pytest.raises(RegisterNotWritable, match="right role"):
            casework.integrity.build()
    with assemble.open_casework(users["signer"]) as signer:
        first = signer.integrity.build()
        assert first.size == signer.register.recorder.max_notification_id()
        signer.integrity.rotate()
        with pytest.raises(RegisterNotWritable, match="right role"):
            signer.handle(note(2, "maple.heron"))
    with assemble.open_casework(users["casework"]) as casework:
        assert casework.handle(note(2, "maple.heron"))["outcome"] == "accepted"
    with assemble.open_casework(users["signer"]) as signer:
        assert signer.integrity.build().size == first.size + 1
        check = Checking(signer.integrity, signer.register.history)
        assert check.run(lambda _: None) == []


def test_who_may_not_sign_leaves_no_key_behind(users, postgres_database, tmp_path):
    hand_over_to(users["projector"])
    with psycopg.connect(postgres_database) as owner:
        owner.execute("DELETE FROM integrity_keys")
    before = sorted((tmp_path / "keys").rglob("*"))
    with (
        assemble.open_casework(users["casework"]) as casework,
        pytest.raises(RegisterNotWritable, match="right role"),
    ):
        casework.integrity.begin()
    assert sorted((tmp_path / "keys").rglob("*")) == before
