"""Ed25519 keys in the text form of signed notes, and the file that the register signs with."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from services.faults import Fault
from services.proof.notes import NoteInvalid, Signature, from_base64, is_key_name, to_base64
from services.store.key_files import write_new

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

PRIVATE = "PRIVATE+KEY+"
ED25519, COSIGNATURE = 1, 4


class KeyUnusable(Fault):
    """The signing key is not there, can't be read, or is not the register's."""


class VerifierKey:
    """A public key: `NAME+ID+BASE64`; of a log (type 1) or of a witness (type 4)."""

    def __init__(self, name: str, public: bytes, kind: int = ED25519) -> None:
        self.name = name
        self.public = public
        self.kind = kind
        self.key_id = sha256(name.encode() + b"\n" + bytes([kind]) + public).digest()[:4]

    @classmethod
    def read(cls, text: str) -> VerifierKey:
        """The key that a text tells; raises NoteInvalid."""
        name, id_, encoded = [*text.strip().split("+", 2), "", ""][:3]
        content = from_base64(encoded)
        kind = content[0] if content else 0
        if not is_key_name(name) or kind not in (ED25519, COSIGNATURE) or len(content) != 33:
            raise NoteInvalid("this is no public key: NAME+ID+BASE64 of an Ed25519 key")
        key = cls(name, content[1:], kind)
        if key.key_id.hex() != id_:
            raise NoteInvalid(f"the key of {name} has the id {key.key_id.hex()}, not {id_}")
        return key

    def __str__(self) -> str:
        encoded = to_base64(bytes([self.kind]) + self.public)
        return f"{self.name}+{self.key_id.hex()}+{encoded}"

    def signed(self, text: bytes, signature: bytes) -> bool:
        """Whether the signature is this key's; a witness's tells its time before it."""
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

        if self.kind == COSIGNATURE:
            when = int.from_bytes(signature[:8], "big")
            text = b"cosignature/v1\ntime %d\n%b" % (when, text)
            signature = signature[8:]
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, text)
        except (InvalidSignature, ValueError):
            return False
        return True


class SigningKey:
    """A private key under a name, which is also the origin of the log that it signs."""

    def __init__(self, name: str, seed: bytes) -> None:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        self._seed = seed
        self._key: Ed25519PrivateKey = Ed25519PrivateKey.from_private_bytes(seed)
        self.verifier = VerifierKey(name, self._key.public_key().public_bytes_raw())

    @classmethod
    def new(cls, name: str) -> SigningKey:
        """A key made of fresh chance."""
        import secrets

        return cls(name, secrets.token_bytes(32))

    @classmethod
    def read(cls, text: str, where: object) -> SigningKey:
        """The key in the text of a key file; raises KeyUnusable, which names no secret."""
        name, id_, encoded = [*text.strip().removeprefix(PRIVATE).split("+", 2), "", ""][:3]
        try:
            content = from_base64(encoded)
        except NoteInvalid:
            content = b""
        if not text.startswith(PRIVATE) or content[:1] != b"\1" or len(content) != 33:
            raise KeyUnusable(f"{where} is no signing key: {PRIVATE}NAME+ID+BASE64.")
        key = cls(name, content[1:])
        if not is_key_name(name) or key.verifier.key_id.hex() != id_:
            raise KeyUnusable(f"{where} is no sound signing key: its id does not fit it.")
        return key

    def sign(self, text: str) -> Signature:
        """This key's signature on a note's text."""
        made = self._key.sign(text.encode())
        return Signature(self.verifier.name, self.verifier.key_id, made)

    def written(self) -> str:
        """The text of a key file; whoever has it can sign."""
        found = self.verifier
        return f"{PRIVATE}{found.name}+{found.key_id.hex()}+{to_base64(bytes([1]) + self._seed)}\n"


def read_key_file(path: Path) -> SigningKey:
    """The signing key in a file; raises KeyUnusable."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise KeyUnusable(
            f"The signing key is not at {path}. Put it back from where it is kept safe: without "
            "it there are no new checkpoints; what is recorded is not touched by that."
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise KeyUnusable(f"The signing key at {path} can't be read ({error}).") from None
    return SigningKey.read(text, path)


def write_key_file(path: Path, key: SigningKey) -> None:
    """Put the key where only this user reads it, safe on the disk; never over another."""
    try:
        write_new(path, key.written().encode())
    except OSError as error:
        raise KeyUnusable(f"The signing key can't be kept at {path} ({error.strerror}).") from None
