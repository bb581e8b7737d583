"""Checks a Casebook export by itself: python3 -I -S verify.py BUNDLE.zip [--known CHECKPOINT].

One file, Python 3.9 or newer, its standard library and nothing else; it shares no code with
Casebook, opens no connection and writes no file: the bundle is read where it lies. Ends with 0
where all holds, 6 where anything does not.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import io
import json
import re
import stat
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator
from itertools import zip_longest
from typing import Any, BinaryIO, cast

MOST_DIRECTORY = 4 << 20  # bytes of the list of files: over 30,000 of them
MOST_LINE, MOST_TEXT, PIECE = 4 << 20, 8 << 20, 1 << 20
NAMED = re.compile(
    r"manifest\.(json|signature)|checkpoint|checkpoints\.jsonl|keys|events\.jsonl|proofs|verify\.py"
    r"|case\.html|policies/(?P<policy>[0-9a-f]{64})\.toml|evidence/(?P<evidence>[0-9a-f]{64})"
)
HAND_OVER, MANIFEST = "casebook/key-hand-over", "casebook/export-manifest"
P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D, ROOT = -121665 * pow(121666, P - 2, P) % P, pow(2, (P - 1) // 4, P)
Key = tuple[str, bytes, bytes]  # name, id, public key
Checkpoint = tuple[int, bytes]  # number of events, root
Point = tuple[int, int, int, int]


class Wrong(Exception):
    """Something does not hold; the text says what and where."""


def ed25519(public: bytes, text: bytes, signature: bytes) -> bool:
    """Whether the signature on the text is by this key (RFC 8032)."""

    def point(encoded: bytes) -> Point:
        y = int.from_bytes(encoded, "little")
        sign, y = y >> 255, y & (1 << 255) - 1
        square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
        x = pow(square, (P + 3) // 8, P)
        x = x * ROOT % P if (x * x - square) % P else x
        if y >= P or (x * x - square) % P or (x == 0 and sign):
            raise Wrong("a key is no point of the curve")
        x = P - x if x & 1 != sign else x
        return x, y, 1, x * y % P

    def add(one: Point, two: Point) -> Point:
        a, b = (one[1] - one[0]) * (two[1] - two[0]) % P, (one[1] + one[0]) * (two[1] + two[0]) % P
        c, d = 2 * one[3] * two[3] * D % P, 2 * one[2] * two[2] % P
        e, f, g, h = b - a, d - c, d + c, b + a
        return e * f % P, g * h % P, f * g % P, e * h % P

    def times(factor: int, point: Point) -> Point:
        found: Point = (0, 1, 1, 0)
        while factor:
            found = add(found, point) if factor & 1 else found
            point, factor = add(point, point), factor >> 1
        return found

    key, s = point(public), int.from_bytes(signature[32:], "little")
    base = point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))
    if len(signature) != 64 or s >= L:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + public + text).digest(), "little") % L
    x, y, z, _ = add(times(s, base), times(k, (P - key[0], key[1], 1, P - key[3])))
    x, y = x * pow(z, P - 2, P) % P, y * pow(z, P - 2, P) % P
    return (y | (x & 1) << 255).to_bytes(32, "little") == signature[:32]


def digest(*parts: bytes) -> bytes:
    """A hash of the Merkle tree (RFC 6962): over 0 and a leaf, or over 1 and two nodes."""
    return hashlib.sha256(b"".join(parts)).digest()


def root_above(leaf: bytes, index: int, size: int, proof: list[bytes]) -> bytes:
    """The root to which an inclusion proof leads."""
    if (index, size, proof) == (0, 1, []):
        return leaf
    if not proof or size < 2:
        raise Wrong("it has the wrong length")
    left = 1 << (size - 1).bit_length() - 1
    if index < left:
        return digest(b"\1", root_above(leaf, index, left, proof[:-1]), proof[-1])
    return digest(b"\1", proof[-1], root_above(leaf, index - left, size - left, proof[:-1]))


def roots_above(first: int, size: int, proof: list[bytes], top: bytes) -> Checkpoint:
    """Both roots, one after the other, to which a consistency proof leads; `top` if known."""
    if first == size and len(proof) + bool(top) == 1:
        return size, (top or proof[0]) * 2
    if not proof or not 0 < first < size:
        raise Wrong("it has the wrong length")
    left, other = 1 << (size - 1).bit_length() - 1, proof[-1]
    if first <= left:
        both = roots_above(first, left, proof[:-1], top)[1]
        return size, both[:32] + digest(b"\1", both[32:], other)
    both = roots_above(first - left, size - left, proof[:-1], b"")[1]
    return size, digest(b"\1", other, both[:32]) + digest(b"\1", other, both[32:])


def unbase64(text: Any) -> bytes:
    """What the base64 says; there is one way only to write it."""
    try:
        found = base64.b64decode(text, validate=True)
    except (ValueError, TypeError):
        found = b""
    if not found or base64.b64encode(found).decode() != text:
        raise Wrong(f"{str(text)[:60]!r} is not base64, or not in its standard form")
    return found


def read_key(text: str) -> Key:
    """A public key in the form of signed notes (C2SP): NAME+ID+BASE64."""
    name, id_, encoded = [*text.split("+", 2), "", ""][:3]
    content = unbase64(encoded)
    key_id = hashlib.sha256(name.encode() + b"\n" + content).digest()[:4]
    if not name or content[:1] != b"\1" or len(content) != 33 or key_id.hex() != id_:
        raise Wrong(f"{text[:80]!r} is no public key: NAME+ID+BASE64")
    return name, key_id, content[1:]


def read_note(content: bytes, keys: list[Key]) -> list[str]:
    """The lines of a note that all these keys signed."""
    text, empty, lines = content.decode(errors="replace").rpartition("\n\n")
    strange = re.search(r"[\x00-\x09\x0b-\x1f\ufffd]", text)
    if not empty or not lines.endswith("\n") or strange or lines.count("\n") > 64:
        raise Wrong("it is no signed note")
    waiting = set(keys)
    for line in lines[:-1].split("\n"):
        dash, name, encoded = line.split(" ") if line.count(" ") == 2 else ("", "", "")
        made = unbase64(encoded)
        if dash != "—" or not name or len(made) < 5:
            raise Wrong(f"{line[:60]!r} is no signature")
        for key in keys:
            if (name, made[:4]) == key[:2]:
                if not ed25519(key[2], (text + "\n").encode(), made[4:]):
                    raise Wrong(f"the signature is not by the key {name}+{made[:4].hex()}")
                waiting.discard(key)
    if waiting:
        raise Wrong("the key that should have signed it did not")
    return text.split("\n")


class Keys:  # of a log, one after another, each handed over to by the one before
    def __init__(self, content: bytes) -> None:
        first, *notes = content.decode(errors="replace").split("\n\n\n")
        self.keys, self.after = [read_key(first.rstrip("\n"))], [0]
        for number, note in enumerate(notes, 1):
            lines = [*note.split("\n"), *[""] * 5]
            self.keys.append(read_key(lines[4]))
            self.after.append(int(lines[2][:18]))
            read_note(note.rstrip("\n").encode() + b"\n", self.keys[-2:])
            of = {self.keys[0][0], self.keys[-1][0], lines[1]}
            if lines[0] != HAND_OVER or len(of) > 1 or self.after[-1] < self.after[-2]:
                raise Wrong(f"hand-over {number} of the key is none")

    def checkpoint(self, content: bytes) -> Checkpoint:
        """The checkpoint (C2SP) in a note, signed by the key of its time."""
        size = int(content.split(b"\n")[1][:18])
        of_then = [key for key, after in zip(self.keys, self.after) if after < size][-1]
        lines = read_note(content, [of_then])
        if lines[:2] != [of_then[0], str(size)] or len(unbase64(lines[2])) != 32 or lines[3:]:
            raise Wrong("it is no checkpoint of this log")
        return size, unbase64(lines[2])


class _Guarded(io.FileIO):  # lets nobody read a list of files too long to hold
    def read(self, size: int | None = -1) -> bytes:
        if size and size > MOST_DIRECTORY:
            raise Wrong("the bundle lists more files than an export has")
        return super().read(MOST_DIRECTORY if size is None or size < 0 else size) or b""


class Bundle:  # the files of an export, read in pieces where they lie
    def __init__(self, path: str) -> None:
        try:
            self._zip = zipfile.ZipFile(cast(BinaryIO, _Guarded(path)))
        except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            raise Wrong(f"{path} can't be read as an export: {error}") from None
        self.sizes: dict[str, int] = {}
        for each in self._zip.infolist():
            name = each.orig_filename
            if name in self.sizes or not NAMED.fullmatch(name):
                raise Wrong(f"the bundle holds {name[:80]!r} twice, or as no export does")
            link = stat.S_ISLNK(each.external_attr >> 16)
            if link or each.flag_bits & 1 or each.compress_type not in (0, 8):
                raise Wrong(f"{name} in the bundle is a link, encrypted, or strangely packed")
            self.sizes[name] = each.file_size
        packed = sum(each.compress_size for each in self._zip.infolist())
        if sum(self.sizes.values()) > 200 * packed + PIECE:
            raise Wrong("the bundle unpacks to much more than it holds, as no export does")

    def pieces(self, name: str) -> Iterator[bytes]:
        try:
            with self._zip.open(name) as file:
                while piece := file.read(PIECE):
                    yield piece
        except KeyError:
            raise Wrong(f"{name} is missing from the bundle") from None
        except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError) as error:
            raise Wrong(f"{name} in the bundle is damaged: {error}") from None

    def read(self, name: str) -> bytes:
        if self.sizes.get(name, 0) > MOST_TEXT:
            raise Wrong(f"{name} is larger than in any export")
        return b"".join(self.pieces(name))

    def lines(self, name: str) -> Iterator[bytes]:
        rest = b""
        for piece in self.pieces(name):
            *whole, rest = (rest + piece).split(b"\n")
            yield from whole
            if len(rest) > MOST_LINE:
                raise Wrong(f"{name} has a line longer than any event")


def read_json(content: bytes) -> dict[str, Any]:  # nothing given twice
    def fields(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        if len(dict(pairs)) != len(pairs):
            raise Wrong("a field is given twice")
        return dict(pairs)

    found = json.loads(content, object_pairs_hook=fields, parse_int=lambda text: int(text[:18]))
    return {**found}


class Walk:  # the events in order: of one case with a proof each, or all with their hashes
    def __init__(self, case: Any, last: Checkpoint, roots: dict[int, bytes]) -> None:
        self.case, self.last, self.roots = case, last, roots
        self.tops: list[tuple[int, bytes]] = []  # of the complete subtrees: height and hash
        self.count = self.right = self.imported = 0
        self.named: dict[str, str] = {}
        self.where, self.stream = "", None

    def event(self, line: bytes, beside: bytes) -> None:
        self.count += 1
        self.where = f"event {self.count}"
        (self._of_log if self.case is None else self._of_case)(line, beside)
        event = read_json(line)
        self.stream = self.stream or event["stream"]
        if self.case and (event["case"], event["stream"]) != (self.case, self.stream):
            raise Wrong("it is of another case")
        if self.case and event["sequence"] != self.count:
            raise Wrong(f"it says that it is number {event['sequence']}: one is missing before")
        for of in filter(None, (event.get("policy"), event.get("substance"))):
            self.named.setdefault(f"policies/{of.get('sha256')}.toml", self.where)
        if event["type"] == "PolicyAdopted":
            self.named.setdefault(f"policies/{event['data']['sha256']}.toml", self.where)
        if event["type"] == "EvidenceCaptured" and self.case and "sha256" in event["data"]:
            self.named.setdefault(f"evidence/{event['data']['sha256']}", self.where)
        self.imported += event["actor"]["kind"] == "import"

    def _of_log(self, line: bytes, listed: bytes) -> None:
        self.where = f"the event at position {self.count}"
        found, height = digest(b"\0", line), 0
        was_listed = found.hex().encode() == listed
        while self.tops and self.tops[-1][0] == height:
            found, height = digest(b"\1", self.tops.pop()[1], found), height + 1
        self.tops.append((height, found))
        if not was_listed:
            raise Wrong("it is not what was recorded there")
        if self.count in self.roots:
            for _, top in reversed(self.tops[:-1]):
                found = digest(b"\1", top, found)
            if found != self.roots[self.count]:
                raise Wrong(f"the log up to here is not that of the checkpoint, since {self.right}")
            self.right = self.count

    def _of_case(self, line: bytes, beside: bytes) -> None:
        told = read_json(beside)
        position, proof = told["position"], [unbase64(each) for each in told["hashes"]]
        self.where = f"event {self.count} of the case, at position {position} of the log"
        if root_above(digest(b"\0", line), position - 1, self.last[0], proof) != self.last[1]:
            raise Wrong("it is not what was recorded there: it, or its proof, was changed")


class Check:  # what holds, what is wrong, and what this bundle alone can't tell
    def __init__(self, bundle: Bundle, known: bytes = b"", trusted: str = "") -> None:
        self.held, self.wrong, self.unsaid = list[str](), list[str](), list[str]()
        self.bundle, self.proofs = bundle, dict[int, list[bytes]]()
        self.attempt("keys, checkpoint or manifest", self._seal)
        if not self.wrong:
            for name in {*bundle.sizes, *self.files} - {"manifest.json", "manifest.signature"}:
                self.attempt(name, self._file, name)
            self.attempt("checkpoints.jsonl", self._older)
            if known:
                self.attempt("the checkpoint you keep", self._outside, known)
            self.attempt("the events", self._events)
            self.attempt("the key", self._tell, known, trusted)

    def attempt(self, what: str, step: Callable[..., None], *words: Any) -> None:
        try:
            step(*words)
        except (Wrong, LookupError, TypeError, AttributeError, ValueError, RecursionError) as error:
            plain = str(error) if isinstance(error, Wrong) else f"it is malformed ({error})"
            if len(self.wrong) < 20:
                self.wrong.append(f"{what or self.walk.where}: {plain}")

    def _seal(self) -> None:
        self.keys = Keys(self.bundle.read("keys")[: 1 << 16])
        self.last = self.keys.checkpoint(self.bundle.read("checkpoint"))
        content = self.bundle.read("manifest.json")
        lines = read_note(self.bundle.read("manifest.signature"), self.keys.keys[-1:])
        if lines != [MANIFEST, self.keys.keys[0][0], hashlib.sha256(content).hexdigest()]:
            raise Wrong("the manifest is not the one that was signed")
        self.manifest = read_json(content)
        self.case, self.files = self.manifest["case"], self.manifest["files"]
        self.walk = Walk(self.case, self.last, dict([self.last]))

    def _file(self, name: str) -> None:
        found, own = hashlib.sha256(), NAMED.fullmatch(name)
        for piece in self.bundle.pieces(name):
            found.update(piece)
        named = (own and (own["policy"] or own["evidence"])) or found.hexdigest()
        if {found.hexdigest()} != {named, self.files.get(name)}:
            raise Wrong("this is not the file that was exported")

    def _older(self) -> None:
        for number, line in enumerate(self.bundle.lines("checkpoints.jsonl")):
            told = read_json(line)
            size, root = self.keys.checkpoint(told["note"].encode())
            self.proofs[size] = [unbase64(each) for each in told["proof"]]
            both = roots_above(size, self.last[0], self.proofs[size], root)[1]
            if both != root + self.last[1] or number > 1000:
                raise Wrong(f"that over {size} events is of another history, or of too many")
            self.walk.roots[size] = root

    def _outside(self, known: bytes) -> None:
        size, root = self.keys.checkpoint(known)
        if size > self.last[0]:
            raise Wrong(f"it covers {size} events, this export {self.last[0]}: the tail was cut")
        if self.case is None and self.walk.roots.setdefault(size, root) == root:
            return  # the events are walked past it
        if size not in {*self.proofs, self.last[0]}:
            raise Wrong(f"no proof leads here from {size} events: export with --since FILE")
        proof = self.proofs.get(size, [])
        if roots_above(size, self.last[0], proof, root)[1] != root + self.last[1]:
            raise Wrong(f"its {size} events are others than those here: the history was forked")

    def _events(self) -> None:
        for pair in zip_longest(self.bundle.lines("events.jsonl"), self.bundle.lines("proofs")):
            self.attempt("", self.walk.event, *pair)
        here = {*self.files, *self.manifest["left_out"]}
        named = [(name, where) for name, where in self.walk.named.items() if name not in here]
        self.wrong += [f"{where}: it names {name}, which is not here" for name, where in named[:20]]
        count = self.last[0] if self.case is None else self.manifest["events"]
        if self.walk.count != count:
            raise Wrong(f"there are {self.walk.count} here, and should be {count}")

    def _tell(self, known: bytes, trusted: str) -> None:
        whole, key = self.case is None, self.keys.keys[-1]
        self.held += [
            f"{self.walk.count} events of {'the log' if whole else self.case}, byte for byte",
            f"{len(self.proofs)} checkpoints before, each over the first of {self.last[0]} events",
            f"{len(self.walk.named)} policy files and pieces of evidence that the events name",
            f"{self.walk.imported} events were imported: they say from which row of which file",
        ]
        self.unsaid += [f"{name}: {why}" for name, why in self.manifest["left_out"].items()]
        if not known:
            self.unsaid.append("whether the tail was cut off, or others are shown another history")
        if not whole:
            self.unsaid.append("whether the case has later events: the export of the log tells")
        if not trusted:
            public = base64.b64encode(b"\1" + key[2]).decode()
            self.unsaid.append(f"whose key this is: {key[0]}+{key[1].hex()}+{public}; see --key")
        elif read_key(trusted) not in self.keys.keys:
            raise Wrong("the one that you know is none that signed this")


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("bundle", help="the file that `casebook export` made")
    parser.add_argument("--known", help="a file with a checkpoint kept elsewhere")
    parser.add_argument("--key", default="", help="the public key as you were told it")
    asked = parser.parse_args()
    try:
        with open(asked.known or asked.bundle, "rb") as file:
            known = file.read(PIECE) if asked.known else b""
        check = Check(Bundle(asked.bundle), known, asked.key)
        told = {"Holds": [] if check.wrong else check.held, "Wrong": check.wrong}
        told["Not told here"] = check.unsaid
    except (Wrong, OSError) as error:
        told = {"Wrong": [str(error)]}
    for heading, lines in told.items():
        for line in lines:
            print(f"{heading}: {ascii(line)[1:-1]}")
    return 6 if told["Wrong"] else 0


if __name__ == "__main__":
    sys.exit(main())
