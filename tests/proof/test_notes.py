"""Signed notes, checkpoints and cosignatures as C2SP writes them down."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from tlog_scales import signing
from tlog_scales.tlog import Checkpoint as TheirCheckpoint

from services.proof.checkpoints import checkpoint_text, read_checkpoint
from services.proof.keys import COSIGNATURE, KeyUnusable, SigningKey, VerifierKey
from services.proof.notes import Note, NoteInvalid, check_note, from_base64, read_note

# The note that the reference implementation (golang.org/x/mod/sumdb/note) is tested with.
NEUMANN = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
NEUMANN_PRIVATE = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
TEXT = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
)
SIGNED = (
    TEXT + "\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXg"
    "KvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
# The examples in the specifications themselves.
QUASIMODO = (
    "Ognuno sta solo sul cuor della terra\ntrafitto da un raggio di sole:\n\ned è subito sera.\n"
    "\n— quasimodo.example/salvatore NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKON"
    "rMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=\n"
)
SOFA = (
    "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
    "— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhc"
    "yv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
    "— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJs"
    "X3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n"
)


def test_the_note_of_the_reference_implementation():
    note, key = read_note(SIGNED.encode()), VerifierKey.read(NEUMANN)
    check_note(note, [key])
    assert note.text == TEXT
    assert str(note) == SIGNED
    assert str(key) == NEUMANN
    ours = SigningKey.read(NEUMANN_PRIVATE, "here")
    assert str(Note(TEXT, (ours.sign(TEXT),))) == SIGNED
    assert ours.written() == NEUMANN_PRIVATE + "\n"


@pytest.mark.parametrize("example", [QUASIMODO, SOFA])
def test_the_examples_of_the_specifications_are_read_and_written_alike(example):
    assert str(read_note(example.encode())) == example


def test_the_example_checkpoint():
    found = read_checkpoint(SOFA.encode())
    assert (found.origin, found.size) == ("example.com/behind-the-sofa", 20852163)
    assert checkpoint_text(found.origin, found.size, found.root) == found.note.text
    witness = found.note.signatures[1]
    assert witness.key_id.hex() == "8d66cf3f"
    assert int.from_bytes(witness.signature[:8], "big") == 1679315147


@pytest.mark.parametrize(
    ("damaged", "why"),
    [
        (SIGNED.replace("answer", "answers"), "is not by"),
        (SIGNED.replace("— PeterNeumann", "— PeterNeuman"), "no key that is known"),
        (SIGNED.replace("AM=\n", "AN=\n"), "another form"),
        (SIGNED.replace("AM=\n", "AM\n"), "not base64"),
        (SIGNED.replace("— ", "- "), "no signature line"),
        (SIGNED[:-1], "no signatures stand"),
        (SIGNED.replace("\n\n", "\n"), "no signatures stand"),
        (SIGNED.replace("your", "yo\rur"), "control character"),
        (TEXT, "no signatures stand"),
        (SIGNED + SIGNED.split("\n\n")[1] * 64, "over 64"),
        ("x" * (1 << 20) + SIGNED, "bytes"),
    ],
)
def test_a_damaged_note_is_refused_in_words(damaged, why):
    with pytest.raises(NoteInvalid, match=why):
        check_note(read_note(damaged.encode()), [VerifierKey.read(NEUMANN)])


def test_text_that_is_not_utf8_is_no_note():
    with pytest.raises(NoteInvalid, match="UTF-8"):
        read_note(SIGNED.encode("utf-16"))


def test_every_other_last_letter_of_a_base64_text_is_refused():
    for letter in "BCDEFGHIJKLMNOP":
        with pytest.raises(NoteInvalid, match="another form"):
            from_base64(f"A{letter}==")
    assert from_base64("AA==") == b"\0"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "a+b",
        "a+00000000+AAAA",
        NEUMANN.replace("c74f20a3", "c74f20a4"),
        "a b" + NEUMANN[12:],
    ],
)
def test_what_is_no_public_key_is_refused(text):
    with pytest.raises(NoteInvalid):
        VerifierKey.read(text)


def test_a_fault_in_a_signing_key_never_tells_the_key():
    for text in ("", NEUMANN, NEUMANN_PRIVATE[:-3], NEUMANN_PRIVATE.replace("c74f", "c74e")):
        with pytest.raises(KeyUnusable) as fault:
            SigningKey.read(text, "the key file")
        assert "KDFz" not in str(fault.value)
        assert "the key file" in str(fault.value)


def test_a_checkpoint_of_ours_and_its_cosignature_hold_elsewhere():
    key = SigningKey.new("casebook/7")
    text = checkpoint_text("casebook/7", 12, bytes(32))
    theirs = TheirCheckpoint.from_text(str(Note(text, (key.sign(text),))))
    theirs.verify(signing.Vkey.from_string(str(key.verifier)))
    theirs = TheirCheckpoint.make_signed(
        "casebook/7", 12, bytes(32), [signing.PlainEd25519Signer("casebook/7", key._key)]
    )
    check_note(read_note(theirs.serialize().encode()), [key.verifier])


def test_a_witness_signs_its_time_with_the_text():
    secret, when = Ed25519PrivateKey.generate(), 1679315147
    witness = VerifierKey("witness.example/w", secret.public_key().public_bytes_raw(), COSIGNATURE)
    text = checkpoint_text("casebook/7", 12, bytes(32))
    made = secret.sign(b"cosignature/v1\ntime %d\n%b" % (when, text.encode()))
    assert witness.signed(text.encode(), when.to_bytes(8, "big") + made)
    assert not witness.signed(text.encode(), (when + 1).to_bytes(8, "big") + made)
    theirs = signing.Vkey.from_string(str(witness)).get_verifier()
    theirs.verify(when.to_bytes(8, "big") + made, TheirCheckpoint("casebook/7", 12, bytes(32), []))


@pytest.mark.parametrize("size", ["-1", "012", "1.0", "", "9" * 30, "１"])
def test_a_size_is_written_in_one_way(size):
    with pytest.raises(NoteInvalid):
        read_checkpoint(SOFA.replace("20852163", size).encode())
