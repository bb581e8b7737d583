"""Whether the policies that events were decided under are still what they were."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from services.casework.offices import RESTORE, parsed
from services.policies.reading import LARGEST, UnreadableError, read
from services.policies.shipped import shipped
from services.store.directory import Directory

Finding = dict[str, str]
DO = (
    "Nothing is judged by the changed file: the register keeps the adopted bytes. Put the file "
    "back, or give it another version name and adopt it: casebook adopt-policy"
)


def damaged(directory: Directory) -> Iterator[Finding]:
    """Kept bytes that no longer hash to the name under which they are kept."""
    for digest, text, _ in directory.policy_files():
        if sha256(text).hexdigest() != digest:
            yield {
                "finding": f"The bytes kept as policy file {digest} are no longer those adopted",
                "where": "policy files of the register",
                "do": RESTORE.capitalize(),
            }


def changed_elsewhere(directory: Directory) -> Iterator[Finding]:
    """Adopted files, and shipped ones of an adopted version, that now have other bytes."""
    now = {(each.council, each.version): each.text for each in shipped()}
    for digest, text, lay in directory.policy_files():
        if sha256(text).hexdigest() != digest:
            continue
        policy = parsed(text, digest)
        name = f"{policy.id}@{policy.version}"
        ours = now.get((policy.id, policy.version), text)
        if ours != text:
            yield _changed(f"The shipped file of {name}", digest, ours, policy.id)
        there = _same_version(lay, policy.id, policy.version) if lay else None
        if there is not None and there not in (text, ours):
            yield _changed(f"The file of {name}, {lay},", digest, there, policy.id)


def _changed(what: str, adopted: str, text: bytes, council: str) -> Finding:
    now = sha256(text).hexdigest()
    problem = f"no longer has the bytes that were adopted (SHA-256 was {adopted}, is {now})"
    return {"finding": f"{what} {problem}", "where": council, "do": DO}


def _same_version(lay: Path, council: str, version: str) -> bytes | None:
    """What lies there now, where it still calls itself that version."""
    try:
        with lay.open("rb") as file:
            text = file.read(LARGEST + 1)
        head = read(text).get("policy", {})
    except OSError:
        return None
    except UnreadableError:
        return text
    same = isinstance(head, dict) and (head.get("id"), head.get("version")) == (council, version)
    return text if same else None
