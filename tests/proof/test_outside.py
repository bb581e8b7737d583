"""Keys handed over, witnesses' signatures, checkpoints kept where the operator can't reach."""

import stat
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from tlog_scales import signing
from tlog_scales.tlog import Checkpoint as TheirCheckpoint

from services.proof.checkpoints import checkpoint_text
from services.proof.keys import COSIGNATURE, VerifierKey
from services.proof.notes import Note, Signature, check_note, read_note
from services.proof.pushing import (
    CosignatureRefused,
    NotPushed,
    OtherCheckpoint,
    add_cosignatures,
    push,
)
from tests.scenarios import Scenario


@pytest.fixture
def made(tmp_path):
    made = Scenario(tmp_path / "register", "ashfield")
    yield made
    made.casework.close()


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
    note = read_note(period.hand_over.encode())
    check_note(note, [first])
    check_note(note, [new])
    assert log.key_file.exists()
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600
               for path in log.key_file.parent.glob("signing-key*"))  # fmt: skip


def witness():
    secret = Ed25519PrivateKey.generate()
    return secret, VerifierKey(
        "witness.example/w", secret.public_key().public_bytes_raw(), COSIGNATURE
    )


def cosigned(secret, key, text, when=1_700_000_000):
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
