"""Every bit of an export changed, every event removed, every two swapped: each is found.

The verifier's own steps run in this process, each bit through the step that reads it, and an
event's bits on top of the state that the step has after the events before it. What a file's
SHA-256 in the signed manifest would find anyway is left out of play: the steps must find it by
themselves, as if that were mended. Only policy files, evidence, the page and the verifier, whose
bytes nothing else holds, go by that SHA-256. Signatures are checked by a library here; that the
verifier's own arithmetic says the same is shown in `test_verifier`.
"""

import copy
from functools import lru_cache

import pytest

from services.proof import verify
from tests.proof.registers import (
    checked,
    exported_case,
    exported_log,
    files_of,
    flips,
    long_case,
    quick_ed25519,
    refused,
)

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def exports(tmp_path_factory):
    folder = tmp_path_factory.mktemp("mutation")
    made = long_case(folder)
    case = files_of(exported_case(made, folder / "case.zip"))
    log = files_of(exported_log(made, folder / "log.zip"))
    made.casework.close()
    return {"case": case, "log": log}


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    monkeypatch.setattr(verify, "ed25519", lru_cache(1000)(quick_ed25519))
    for name in ("unbase64", "read_json"):
        monkeypatch.setattr(verify, name, lru_cache(1000)(getattr(verify, name)))


@pytest.fixture
def count(capsys):
    """Tell of how many changes how many were found, and fail unless all were."""

    def told(what, found):
        tried = len(found)
        with capsys.disabled():
            print(f"\n{what}: {tried:,} tried, {sum(found):,} found", end="")
        assert tried
        assert all(found)

    return told


def parts(files, name):
    return files[name].splitlines()


def pairs_of(files):
    return list(zip(parts(files, "events.jsonl"), parts(files, "proofs"), strict=True))


def beginning(check):
    """A walk through an export that has not begun."""
    return verify.Walk(check.case, check.last, check.walk.roots)


def snapshot(walk):
    found = object.__new__(verify.Walk)
    found.__dict__ = walk.__dict__ | {"tops": list(walk.tops)}
    return found


@pytest.mark.parametrize("kind", ["case", "log"])
def test_every_bit_of_the_events_and_of_their_proofs(exports, count, kind):
    check = checked(exports[kind])
    assert check.wrong == []
    walk, of_events, of_proofs = beginning(check), [], []
    pairs = pairs_of(exports[kind])
    assert len(pairs) > 100
    for number, (event, proof) in enumerate(pairs, 1):
        for changed in flips(event):
            then = snapshot(walk)
            found = refused(then.event, changed, proof)
            of_events.append(found and str(number) in then.where)
        for changed in flips(proof):
            of_proofs.append(refused(snapshot(walk).event, event, changed))
        walk.event(event, proof)
    count(f"bits of the events of the {kind}, with their position told", of_events)
    count(f"bits of the proofs of the {kind}", of_proofs)


def test_every_bit_of_the_events_where_their_hashes_are_mended_too(exports, count):
    """In the log, an event's hash stands beside it: changed alike, the next root tells."""
    check = checked(exports["log"])
    found, pairs = [], pairs_of(exports["log"])
    leaves = [bytes.fromhex(listed.decode()) for _, listed in pairs]
    for number, (event, _) in enumerate(pairs):
        size = min(size for size in check.walk.roots if size > number)
        proof = inclusion(leaves[:size], number)
        assert verify.root_above(leaves[number], number, size, proof) == check.walk.roots[size]
        for changed in flips(event):
            leaf = verify.digest(b"\0", changed)
            found.append(verify.root_above(leaf, number, size, proof) != check.walk.roots[size])
    count("bits of the events of the log, their hashes mended", found)
    number = 50
    changed = next(flips(pairs[number][0]))
    mended = [listed for _, listed in pairs]
    mended[number] = verify.digest(b"\0", changed).hex().encode()
    events = [event for event, _ in pairs]
    events[number] = changed
    wrong = events_checked(exports["log"], events, mended)
    assert any("not that of the checkpoint, since " in each for each in wrong)


def inclusion(leaves, index):
    """The hashes beside the way from a leaf to the root, the lowest first."""
    if len(leaves) == 1:
        return []
    left = 1 << (len(leaves) - 1).bit_length() - 1
    near, far = (leaves[:left], leaves[left:]) if index < left else (leaves[left:], leaves[:left])
    return [*inclusion(near, index if index < left else index - left), root(far)]


def root(leaves):
    if len(leaves) == 1:
        return leaves[0]
    left = 1 << (len(leaves) - 1).bit_length() - 1
    return verify.digest(b"\1", root(leaves[:left]), root(leaves[left:]))


def events_checked(files, events, proofs):
    """What is wrong with an export of these events, by the walk through them alone."""
    check = checked(files)
    joined = {"events.jsonl": events, "proofs": proofs}
    check.bundle.held = files | {name: b"".join(x + b"\n" for x in joined[name]) for name in joined}
    check.walk = beginning(check)
    check.attempt("the events", check._events)
    return check.wrong


@pytest.mark.parametrize("kind", ["case", "log"])
def test_every_event_removed_every_two_swapped_every_line_joined(exports, count, kind):
    files = exports[kind]
    events, proofs = parts(files, "events.jsonl"), parts(files, "proofs")
    removed = []
    for number in range(len(events)):
        left = [part[:number] + part[number + 1 :] for part in (events, proofs)]
        removed.append(bool(events_checked(files, *left)))
        removed.append(bool(events_checked(files, left[0], proofs)))
    count(f"events of the {kind} removed, with their proofs and without", removed)
    walk, swapped = beginning(checked(files)), []
    for one, (event, proof) in enumerate(zip(events, proofs, strict=True)):
        for other in events[one + 1 :]:
            swapped.append(refused(snapshot(walk).event, other, proof))
        walk.event(event, proof)
    count(f"pairs of events of the {kind} swapped", swapped)
    moved = []
    for number in range(len(events) - 1):
        late, proof = [p[:number] + p[number + 1 :] + [p[number]] for p in (events, proofs)]
        moved.append(bool(events_checked(files, late, proofs)))
        moved.append(bool(events_checked(files, late, proof)))
    count(f"events of the {kind} put at the end, with their proofs and without", moved)
    joined = []
    for name in ("events.jsonl", "proofs"):
        place = files[name].find(b"\n")
        while place >= 0:
            for bit in range(8):
                changed = bytearray(files[name])
                changed[place] ^= 1 << bit
                lines = {"events.jsonl": events, "proofs": proofs}
                lines[name] = bytes(changed).split(b"\n")[:-1]
                joined.append(bool(events_checked(files, *lines.values())))
            place = files[name].find(b"\n", place + 1)
    count(f"line ends of the {kind} changed", joined)


@pytest.mark.parametrize("kind", ["case", "log"])
def test_every_bit_of_the_checkpoints_and_of_the_keys(exports, count, kind):
    check = checked(exports[kind])
    keys, files = check.keys, exports[kind]

    def sealed(changed, name):
        seal = copy.copy(check)
        seal.bundle = type(check.bundle)(files | {name: changed})
        seal._seal()
        return seal

    def as_signed(changed):
        if keys.checkpoint(changed) == check.last:
            raise AssertionError("the same checkpoint in other bytes")

    found = [refused(as_signed, changed) for changed in flips(files["checkpoint"])]
    count(f"bits of the checkpoint of the {kind}", found)
    found = [refused(verify.Keys, changed) for changed in flips(files["keys"])]
    count(f"bits of the keys of the {kind}", found)
    for name in ("manifest.json", "manifest.signature"):
        found = [refused(sealed, changed, name) for changed in flips(files[name])]
        count(f"bits of {name} of the {kind}", found)
    found = []
    for line in parts(files, "checkpoints.jsonl"):
        for changed in flips(line):
            older = copy.copy(check)
            older.bundle = type(check.bundle)({"checkpoints.jsonl": changed + b"\n"})
            older.proofs, older.walk = {}, copy.copy(check.walk)
            older.walk.roots = {}
            found.append(refused(older._older))
    count(f"bits of the earlier checkpoints of the {kind}, and of the proofs from them", found)


def test_every_bit_of_the_policy_and_of_the_evidence(exports, count):
    files = exports["case"]
    check = checked(files)
    for name in files:
        if name.startswith(("policies/", "evidence/")):
            found = []
            for changed in flips(files[name]):
                check.bundle.held = {name: changed}
                found.append(refused(check._file, name))
            count(f"bits of {name[:20]}…", found)
            # Renamed after what it now holds, it is not what the events name.
            changed = next(flips(files[name]))
            digest = verify.hashlib.sha256(changed).hexdigest()
            other = f"{name[: name.index('/') + 1]}{digest}{name[name.index('/') + 65 :]}"
            held = {other if each == name else each: files[each] for each in files}
            assert any("it names" in each or name in each for each in checked(held).wrong)
