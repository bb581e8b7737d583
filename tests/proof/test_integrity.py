"""The register's own log: built behind, signed once a size, handed over, cosigned, pushed."""

import stat
import time

import pytest
from tlog_scales import signing
from tlog_scales.tlog import Checkpoint as TheirCheckpoint
from tlog_scales.tlog import ConsistencyProof, InclusionProof

from services import assemble
from services.faults import RegisterCorrupt
from services.proof import merkle
from services.proof.integrity import BATCH
from services.proof.keys import KeyUnusable, SigningKey
from services.proof.tiles import Tiles
from services.store.sqlite import SQLiteDatabase
from tests.scenarios import Scenario


@pytest.fixture
def made(tmp_path):
    made = Scenario(tmp_path / "register", "ashfield")
    yield made
    made.casework.close()


def leaves(made):
    rows = made.casework.database.query("SELECT body FROM events ORDER BY position")
    return [merkle.leaf_hash(body) for (body,) in rows]


def root(hashes):
    frontier = merkle.Frontier()
    frontier.extend(hashes)
    return frontier.root()


def test_init_makes_a_key_that_only_its_user_reads(made):
    key = made.casework.integrity.key_file
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    found = SigningKey.read(key.read_text(), key)
    assert str(found.verifier) == str(made.casework.integrity.checkpoints.key_for(1))


def test_a_key_may_be_given_as_a_file(tmp_path):
    given = SigningKey.new("records.example/council")
    (tmp_path / "given").write_text(given.written())
    assemble.found(tmp_path / "r", ["ashfield"], "admin", signing_key=tmp_path / "given")
    with assemble.open_casework(tmp_path / "r") as casework:
        assert casework.integrity.build().origin == "records.example/council"
    with pytest.raises(KeyUnusable, match="has a signing key already"):
        assemble.found(tmp_path / "r", ["ashfield"], "admin", signing_key=tmp_path / "given")


def test_every_checkpoint_is_over_what_is_recorded_and_holds_elsewhere(made):
    log = made.casework.integrity
    for day in range(1, 9):
        made.upheld(f"2026-03-0{day}")
        latest, hashes = log.build(), leaves(made)
        assert latest.size == len(hashes)
        assert latest.root == root(hashes)
        vkey = signing.Vkey.from_string(str(log.checkpoints.key_for(latest.size)))
        TheirCheckpoint.from_text(str(latest)).verify(vkey)
        for position in range(1, latest.size + 1):
            proof = InclusionProof(position - 1, latest.size, log.inclusion(position, latest.size))
            proof.check(hashes[position - 1], latest.root)
        for size in log.checkpoints.sizes():
            proof = ConsistencyProof(size, latest.size, log.consistency(size, latest.size))
            proof.check(log.checkpoints.of(size).root, latest.root)
    assert log.build() == latest
    assert log.checkpoints.sizes()[-1] == latest.size


def test_tiles_give_the_root_and_the_proofs_of_every_size(tmp_path):
    """Around the edges of tiles of 64 and of 4,096, fed in pieces of any length."""
    database, hashes = SQLiteDatabase.create(tmp_path), []
    tiles, frontier, roots = Tiles(database), merkle.Frontier(), {}
    for piece in (1, 62, 1, 1, 63, 64, 65, 3838, 1, 1, 4096, 9000, 1):
        new = [
            merkle.leaf_hash(number.to_bytes(4))
            for number in range(len(hashes), len(hashes) + piece)
        ]
        with database.writing():
            tiles.append(len(hashes), new)
        hashes += new
        frontier.extend(new)
        roots[len(hashes)] = frontier.root()
        assert tiles.size() == len(hashes)
    again = Tiles(database)
    size = len(hashes)
    for first, old in roots.items():
        assert again.root(first) == old
        proof = merkle.consistency(first, size, again.subtree)
        merkle.check_consistency(first, size, proof, old, roots[size])
    for index in (0, 1, 63, 64, 65, 4095, 4096, 4097, 8192, size - 1):
        proof = merkle.inclusion(index, size, again.subtree)
        merkle.check_inclusion(hashes[index], index, size, proof, roots[size])
    assert again.leaves(4090, 200) == b"".join(hashes[4090:4290])
    with pytest.raises(KeyError):
        again.subtree(20, 1)
    database.close()


def test_a_process_leaves_nothing_unsigned(made, tmp_path):
    made.upheld("2026-03-02")
    made.casework.close()
    with assemble.open_casework(tmp_path / "register") as casework:
        last = casework.register.recorder.max_notification_id()
        assert casework.integrity.checkpoints.sizes()[-1] == last
        casework.integrity.begin()
    made.casework = assemble.open_casework(tmp_path / "register")


def test_what_is_recorded_is_signed_before_long_while_work_goes_on(made):
    made.casework.behind._every = 0.01
    made.upheld("2026-03-02")
    last = made.casework.register.recorder.max_notification_id()
    deadline = time.monotonic() + 20
    while made.casework.integrity.checkpoints.sizes()[-1:] != [last]:
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_an_answer_does_not_depend_on_the_key(made):
    made.casework.integrity.key_file.unlink()
    made.upheld("2026-03-02")
    [found] = [each for each in made.casework.doctor() if "signing key" in each["finding"]]
    assert "Put it back" in found["finding"]
    with pytest.raises(KeyUnusable, match="not at"):
        made.casework.integrity.build()


def test_another_key_in_its_place_signs_nothing(made):
    log = made.casework.integrity
    log.key_file.write_text(SigningKey.new("casebook/other").written())
    made.upheld("2026-03-02")
    sizes = log.checkpoints.sizes()
    with pytest.raises(KeyUnusable, match="another key"):
        log.build()
    assert log.checkpoints.sizes() == sizes


def test_nothing_is_signed_over_an_event_that_is_missing(made):
    # In one transaction: nothing is taken in behind the answers before the event is gone.
    with made.casework.database.writing():
        made.upheld("2026-03-02")
        gone = made.casework.register.recorder.max_notification_id() - 1
        made.casework.database.query("DELETE FROM events WHERE position = ?", (gone,))
    with pytest.raises(RegisterCorrupt, match=f"Event {gone} is missing"):
        made.casework.integrity.build()
    assert max(made.casework.integrity.checkpoints.sizes()) < gone


def test_many_events_at_once_are_signed_too(made):
    row = made.casework.database.one("SELECT stream, type, body FROM events WHERE position = 1")
    last = made.casework.register.recorder.max_notification_id()
    with made.casework.database.writing():
        made.casework.database.executemany(
            "INSERT INTO events (position, stream, sequence, type, body) VALUES (?, ?, ?, ?, ?)",
            [(p, row[0], 1000 + p, *row[1:]) for p in range(last + 1, 2 * BATCH + 1)],
        )
    latest = made.casework.integrity.build()  # the last piece is a whole one, and still signed
    assert latest.size == 2 * BATCH
    assert latest.root == root(leaves(made))
