"""Sends command documents through the real `casebook submit`, one process, one answer a line."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.modes import register_at, until_shown

CASEBOOK = Path(sys.executable).parent / "casebook"
Document = dict[str, Any]
STAFF = {
    "jo.p": "officer",
    "pat.o": "officer",
    "mia.m": "communications_manager",
    "sam.d": "service_director",
    "col.c": "complaints_officer",
}
MAPLE = {"platform": "facebook", "handle": "maple.heron", "name": "Maple Heron"}


class Council:
    """A register of one council, spoken to in JSON Lines."""

    def __init__(self, folder: Path, council: str) -> None:
        self.where, self.council = register_at(folder), council
        self.run("init", "--council", council, "--administrator", "admin")
        for staff, role in STAFF.items():
            self.one("appoint", actor="admin", staff=staff, role=role, **{"from": "2012-01-01"})

    def run(self, *words: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        """One command line."""
        command = [str(CASEBOOK), *words, "--register", str(self.where)]
        until_shown(self.where)
        return subprocess.run(command, input=stdin, capture_output=True, text=True, check=False)

    def json(self, *words: str) -> Any:
        """What a command line answers in JSON."""
        return json.loads(self.run(*words, "--json").stdout)

    def submit(self, *documents: Document) -> list[Document]:
        """The answers to documents sent together."""
        lines = "".join(json.dumps(document) + "\n" for document in documents)
        return [
            json.loads(line) for line in self.run("submit", "-", stdin=lines).stdout.splitlines()
        ]

    def one(self, command: str, at: str | None = None, **fields: Any) -> Document:
        """The answer to one command about Maple Heron's account, or about the office."""
        document: Document = {"command": command, "council": self.council, "actor": "jo.p"}
        if at:
            document["occurred_at"] = at
        if command not in ("appoint", "end-appointment"):
            document["account"] = MAPLE
        [answer] = self.submit(document | fields)
        return answer

    def flag(self, at: str, **fields: Any) -> Document:
        """Flag a complete comment of that moment."""
        item = {"kind": "comment", "posted_at": at, "text": "you **** useless lot"}
        whole = {"item": item, "source": {"kind": "officer"}, "why": "swearing at staff"}
        return self.one("flag", at, **(whole | fields))

    def uphold(self, at: str, incident: int, **fields: Any) -> Document:
        """Uphold an incident as swearing, or as said."""
        swearing = [{"category": "abusive_threatening", "sub_reason": "swearing"}]
        whole = {"findings": swearing, "viewpoint_neutral": True} | fields
        return self.one("uphold", at, incident=incident, **whole)


def outcome(answer: Document) -> str:
    """What came of a command, and by which rules."""
    rules = " ".join(rule["rule"] for rule in answer.get("verdict", {}).get("rules", ()))
    return f"{answer['outcome']} {rules}".strip()


def rules(answer: Document) -> set[str]:
    """The numbers of the rules named."""
    return {rule["rule"] for rule in answer["verdict"]["rules"]}


def owed(answer: Document) -> dict[str, str | None]:
    """The duties raised, with when they are due."""
    return {duty["code"]: duty["due"] for duty in answer["verdict"]["duties"]}
