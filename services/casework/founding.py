"""Makes a register: its councils, their first policies, its first administrator."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from services.casework.adopting import adoption_data
from services.casework.documents import Document
from services.casework.office_commands import OfficeCommands
from services.casework.offices import Office, Offices, parsed
from services.casework.recording import Body
from services.faults import PolicyNotSound, UnknownCouncil
from services.policies.checking import faults
from services.policies.reading import read
from services.policies.shipped import ShippedPolicy, shipped
from services.store.database import Database
from services.store.directory import Directory

SYSTEM = {"id": "casebook", "role": None, "kind": "system"}


def first_policies(
    councils: list[str], own: Sequence[bytes] = ()
) -> dict[str, list[ShippedPolicy]]:
    """The policies with which these councils begin: their own files, else the shipped ones.

    Raises UnknownCouncil where there is neither, PolicyNotSound where an own file has faults.
    """
    by_council: dict[str, list[ShippedPolicy]] = {}
    for each in shipped():
        by_council.setdefault(each.council, []).append(each)
    by_council |= _by_council(own)
    unknown = [council for council in councils if council not in by_council]
    if unknown:
        known = ", ".join(by_council)
        raise UnknownCouncil(f"No policy is shipped for {unknown[0]}. Shipped: {known}.")
    return by_council


def add_councils(
    database: Database,
    directory: Directory,
    offices: Offices,
    commands: OfficeCommands,
    councils: list[str],
    administrator: str,
    now: datetime,
    own: Sequence[bytes] = (),
) -> list[str]:
    """Add councils with their first policies and an administrator; says what was done."""
    by_council = first_policies(councils, own)
    told = []
    with database.writing():
        for council in dict.fromkeys(councils):
            if directory.council(council):
                told.append(f"{council} is in this register already: nothing was changed.")
                continue
            for policy in by_council[council]:
                told.append(_adopt(directory, commands, council, policy, now))
            offices.forget()
            _appoint(commands, council, administrator, now)
            told.append(f"{administrator} is the administrator of {council}.")
    offices.forget()
    return told


def _by_council(own: Sequence[bytes]) -> dict[str, list[ShippedPolicy]]:
    found: dict[str, list[ShippedPolicy]] = {}
    for text in own:
        if wrong := faults(text):
            said = "; ".join(str(fault) for fault in wrong[:3])
            raise PolicyNotSound(f"The policy file is not sound ({len(wrong)} faults): {said}")
        head = read(text)["policy"]
        policy = ShippedPolicy(head["id"], head["version"], text)
        found.setdefault(policy.council, []).append(policy)
    return found


def _adopt(
    directory: Directory,
    commands: OfficeCommands,
    council: str,
    policy: ShippedPolicy,
    now: datetime,
) -> str:
    name = f"{policy.version}.toml"
    decision = "adopted when the register was made"
    data = adoption_data(directory, policy.text, name, decision, None)
    own = parsed(policy.text, data["sha256"]).in_force_from
    starts = own.isoformat() if own else None
    if starts:
        data["from"] = starts
    commands.record(_document(council, now), Office(council), "PolicyAdopted", data, SYSTEM, now)
    since = f"from {starts}" if starts else "without a date: since always"
    return f"{council}: policy version {policy.version} adopted ({since})."


def _appoint(commands: OfficeCommands, council: str, administrator: str, now: datetime) -> None:
    data: Body = {"staff": administrator, "role": "administrator"}
    commands.record(_document(council, now), Office(council), "RoleGranted", data, SYSTEM, now)


def _document(council: str, now: datetime) -> Document:
    fields = {"command": "init", "council": council, "actor": SYSTEM["id"]}
    return Document(fields, now, str(uuid4()), b"", id_given=False)
