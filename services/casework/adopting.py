"""Adopting a version of a policy: its bytes are kept for good, and its name is given once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path

from domain.commands.outcomes import InvalidCommand
from domain.people.council import Council
from domain.policy.policy import Policy
from services.casework.offices import parsed
from services.casework.recording import Body
from services.policies import faults
from services.policies.reading import LARGEST
from services.store.directory import Directory


def adopt(
    directory: Directory, council: Council, file: str, starts: str, decision: str, today: date
) -> tuple[Body, list[str]] | str:
    """The data of an adoption and what to know about it, or why it can't be; keeps the bytes.

    Raises InvalidCommand where the file can't be read, isn't sound, is another council's, or
    bears the name of a version whose bytes are others (R-A54, R-N50).
    """
    path = Path(file)
    text = _text(path)
    policy = parsed(text, sha256(text).hexdigest())
    _check_name(council, policy)
    first = date.fromisoformat(starts)
    for adoption in council.adoptions:
        if (adoption.policy.sha256, adoption.starts) == (policy.sha256, first):
            return f"Version {policy.version} was adopted already, from {first}"
    data = adoption_data(directory, text, path.name, decision, starts, path)
    return data, list(_notes(council, policy, first, today))


def adoption_data(
    directory: Directory,
    text: bytes,
    name: str,
    decision: str,
    starts: str | None,
    path: Path | None = None,
) -> Body:
    """The data of an adoption; the file's bytes are kept in the register by SHA-256."""
    digest = directory.keep_policy_file(text, path)
    policy = parsed(text, digest)
    data: Body = {
        "policy": policy.id,
        "policy_version": policy.version,
        "sha256": digest,
        "decision": decision,
        "file": name,
    }
    return data | ({"from": starts} if starts else {})


def _text(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            text = file.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        problem = f"can't be read: {path} ({getattr(error, 'strerror', None) or error})"
        raise InvalidCommand("file", problem, "a policy file that is there") from None
    found = faults(text)
    if found:
        first = "; ".join(str(fault) for fault in found[:3])
        problem = f"is not sound ({len(found)} faults): {first}"
        raise InvalidCommand("file", problem, "a file that casebook policy check finds sound")
    return text


def _check_name(council: Council, policy: Policy) -> None:
    if policy.id != council.id:
        problem = f"is the policy of {policy.id}, not of {council.id}"
        raise InvalidCommand("file", problem, "this council's own policy")
    for adoption in council.adoptions:
        kept = adoption.policy
        if kept.version == policy.version and kept.sha256 != policy.sha256:
            problem = (
                f"calls itself version {policy.version}, which was adopted with other bytes "
                f"(SHA-256 {kept.sha256[:12]}…) and can't be changed under those it judged"
            )
            wanted = "another name for the changed text in [policy] version, then adopt that"
            raise InvalidCommand("file", problem, wanted)


def _notes(council: Council, policy: Policy, first: date, today: date) -> Iterator[str]:
    if policy.in_force_from and policy.in_force_from != first:
        yield f"the file says in force from {policy.in_force_from}; it is adopted from {first}"
    replaced, before = policy.at("policy", "replaces"), council.in_force(first)
    if replaced and before and before.version != replaced:
        yield f"the file says it replaces {replaced}; in force on {first} is {before.version}"
    if first < today:
        yield (
            f"it is in force since {first}, before today: what was decided since then keeps the "
            f"version that it was judged by"
        )
