"""Signed notes (C2SP signed-note): a text, and under it who signed it, one line each."""

from __future__ import annotations

from base64 import b64decode, b64encode
from binascii import Error
from typing import NamedTuple, Protocol

LONGEST = 1 << 20
MOST_SIGNATURES = 64
_DASH = "— "


class NoteInvalid(Exception):
    """The text is no signed note, or a signature on it is not by the key that it names."""


class Signature(NamedTuple):
    """Who signed, by name and key id (four bytes), and what the key made of the text."""

    name: str
    key_id: bytes
    signature: bytes

    def line(self) -> str:
        """The signature as it stands under the text."""
        return f"{_DASH}{self.name} {to_base64(self.key_id + self.signature)}\n"


class Note(NamedTuple):
    """The text with its last newline, and its signatures in order."""

    text: str
    signatures: tuple[Signature, ...]

    def __str__(self) -> str:
        return self.text + "\n" + "".join(each.line() for each in self.signatures)


class Verifier(Protocol):
    """A key that is known: its name, its id, and whether it signed a text."""

    @property
    def name(self) -> str:
        """Whose key."""

    @property
    def key_id(self) -> bytes:
        """Four bytes that tell the keys of one name apart."""

    def signed(self, text: bytes, signature: bytes) -> bool:
        """Whether the signature is this key's on this text."""


def read_note(content: bytes) -> Note:
    """The note in these bytes; raises NoteInvalid where they are none."""
    if len(content) > LONGEST:
        raise NoteInvalid(f"it has {len(content):,} bytes, and a note has at most {LONGEST:,}")
    try:
        whole = content.decode()
    except UnicodeDecodeError:
        raise NoteInvalid("it is not UTF-8") from None
    if any(letter < " " and letter != "\n" for letter in whole):
        raise NoteInvalid("it holds a control character")
    text, empty, signed = whole.rpartition("\n\n")
    if not empty or not signed.endswith("\n"):
        raise NoteInvalid("no signatures stand under an empty line at its end")
    lines = signed[:-1].split("\n")
    if len(lines) > MOST_SIGNATURES:
        raise NoteInvalid(f"it has over {MOST_SIGNATURES} signatures")
    return Note(text + "\n", tuple(map(read_signature, lines)))


def read_signature(line: str) -> Signature:
    """The signature that a line tells; raises NoteInvalid."""
    name, space, encoded = line.removeprefix(_DASH).partition(" ")
    if not line.startswith(_DASH) or not space or not is_key_name(name):
        raise NoteInvalid(f"{line[:60]!r} is no signature line: — NAME BASE64")
    decoded = from_base64(encoded)
    if len(decoded) < 5:
        raise NoteInvalid(f"the signature by {name} is too short")
    return Signature(name, decoded[:4], decoded[4:])


def check_note(note: Note, known: list[Verifier]) -> None:
    """Raise NoteInvalid unless a known key signed the note; no known key may have failed to."""
    good = 0
    for each in note.signatures:
        for key in known:
            if (each.name, each.key_id) == (key.name, key.key_id):
                if not key.signed(note.text.encode(), each.signature):
                    raise NoteInvalid(f"the signature is not by {each.name}")
                good += 1
    if not good:
        raise NoteInvalid("no key that is known signed it")


def is_key_name(name: str) -> bool:
    """Whether a key may be called so."""
    return bool(name) and "+" not in name and not any(letter.isspace() for letter in name)


def to_base64(content: bytes) -> str:
    """Standard base64, padded."""
    return b64encode(content).decode()


def from_base64(text: str) -> bytes:
    """What the base64 says; NoteInvalid where its bytes would be written in another way."""
    try:
        found = b64decode(text, validate=True)
    except (Error, ValueError):
        raise NoteInvalid(f"{text[:60]!r} is not base64") from None
    if to_base64(found) != text:
        raise NoteInvalid(f"{text[:60]!r} is base64 in another form than the standard one")
    return found
