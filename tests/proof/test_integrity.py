"""The register's own log: built behind, signed once a size, handed over, cosigned, pushed."""

import stat
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from tlog_scales import signing
from tlog_scales.tlog import Checkpoint as TheirCheckpoint
from tlog_scales.tlog import ConsistencyProof, InclusionProof

from services import assemble
from services.faults import RegisterCorrupt
from services.proof import merkle
from services.proof.checkpoints import checkpoint_text
from services.proof.integrity import BATCH
from services.proof.keys import COSIGNATURE, KeyUnusable, SigningKey, VerifierKey
from services.proof.notes import Note, check_note
from services.proof.pushing import (
    CosignatureRefused,
    NotPushed,
    OtherCheckpoint,
    add_cosignatures,
    push,
)
from services.proof.tiles import Tiles
from services.store.database import Database
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
    """Around the edges of tiles of 256 and of 65,536, fed in pieces of any length."""
    database, hashes = Database.create(tmp_path), []
    tiles, frontier, roots = Tiles(database), merkle.Frontier(), {}
    for piece in (1, 254, 1, 1, 255, 256, 257, 1000, 63_500, 11, 1, 4096):
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
    for index in (0, 1, 255, 256, 257, 65_535, 65_536, size - 1):
        proof = merkle.inclusion(index, size, again.subtree)
        merkle.check_inclusion(hashes[index], index, size, proof, roots[size])
    assert again.leaves(250, 20) == b"".join(hashes[250:270])
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
    made.upheld("2026-03-02")
    made.casework.database.query("DELETE FROM events WHERE position = 5")
    with pytest.raises(RegisterCorrupt, match="Event 5 is missing"):
        made.casework.integrity.build()
    assert max(made.casework.integrity.checkpoints.sizes()) < 5


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


def test_a_key_is_changed_by_a_hand_over_that_both_keys_sign(made):
    log = made.casework.integrity
    first, latest = log.checkpoints.key_for(1), log.build()
    new = log.rotate()
    made.upheld("2026-03-02")
    after = log.build()
    check_note(latest.note, [first])
    check_note(after.note, [new])
    assert new.name == first.name != ""
    assert log.checkpoints.key_for(latest.size).public == first.public
    assert log.checkpoints.key_for(after.size).public == new.public
    period = log.checkpoints.key_periods()[1]
    note = Note(*_note(period.hand_over))
    check_note(note, [first])
    check_note(note, [new])
    assert log.key_file.exists()
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600
               for path in log.key_file.parent.glob("signing-key*"))  # fmt: skip


def _note(text):
    from services.proof.notes import read_note

    return read_note(text.encode())


def witness():
    secret = Ed25519PrivateKey.generate()
    return secret, VerifierKey(
        "witness.example/w", secret.public_key().public_bytes_raw(), COSIGNATURE
    )


def cosigned(secret, key, text, when=1_700_000_000):
    from services.proof.notes import Signature

    made = secret.sign(b"cosignature/v1\ntime %d\n%b" % (when, text.encode()))
    return Note(text, (Signature(key.name, key.key_id, when.to_bytes(8, "big") + made),))


def test_a_witness_s_signature_goes_with_the_checkpoint(made):
    log, (secret, key) = made.casework.integrity, witness()
    latest = log.build()
    note = cosigned(secret, key, latest.note.text)
    args = (made.casework.database, log.checkpoints)
    assert add_cosignatures(*args, str(note).encode(), str(key)) == 1
    assert add_cosignatures(*args, str(note).encode(), str(key)) == 1
    assert log.build().note.signatures == (*latest.note.signatures, *note.signatures)
    vkey = signing.Vkey.from_string(str(key))
    TheirCheckpoint.from_text(str(log.build())).verify(vkey)


def test_what_no_witness_signed_of_ours_is_refused(made):
    log, (secret, key) = made.casework.integrity, witness()
    latest, (other, _) = log.build(), witness()
    text = latest.note.text
    changed = checkpoint_text(latest.origin, latest.size, bytes(32))
    for content, by in [
        (str(cosigned(other, key, text)), str(key)),
        (str(cosigned(secret, key, changed)), str(key)),
        (str(cosigned(secret, key, text.replace(f"\n{latest.size}\n", "\n999\n"))), str(key)),
        (str(latest), str(key)),
        (str(cosigned(secret, key, text)), "no key"),
        ("nothing", str(key)),
    ]:
        with pytest.raises(CosignatureRefused):
            add_cosignatures(made.casework.database, log.checkpoints, content.encode(), by)
    assert log.build() == latest


def test_a_checkpoint_is_pushed_to_a_folder_once_and_another_is_an_alarm(made, tmp_path):
    latest = made.casework.integrity.build()
    place = Path(push(latest, str(tmp_path / "outside")))
    assert place.read_text() == str(latest)
    assert push(latest, str(tmp_path / "outside")) == str(place)
    place.write_text(str(latest).replace("=", "A", 1))
    with pytest.raises(OtherCheckpoint, match="two histories"):
        push(latest, str(tmp_path / "outside"))
    with pytest.raises(NotPushed):
        push(latest, str(place / "inside"))
    with pytest.raises(NotPushed, match="neither"):
        push(latest, "ftp://outside.example/")


def test_a_checkpoint_is_pushed_to_an_address(made):
    got = []

    class Keeper(BaseHTTPRequestHandler):
        def do_POST(self):
            got.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200 if len(got) == 1 else 503)
            self.end_headers()

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Keeper)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        latest = made.casework.integrity.build()
        address = f"http://127.0.0.1:{server.server_port}/checkpoints"
        assert push(latest, address) == address
        assert got == [str(latest).encode()]
        with pytest.raises(NotPushed, match="503"):
            push(latest, address)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
    with pytest.raises(NotPushed):
        push(latest, address)
