"""Runs a rule's own tests in a copy of the tree in which the rule is broken."""

import importlib.util
import json
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from tests.mutation.breaking import Broken, broken_policies
from tests.mutation.guards import broken_guards
from tests.rules_proved import Proof

ROOT = Path(__file__).parents[2]
COPIED = ("domain", "projections", "schemas", "services", "tests")
POLICIES = "domain/policies/*/*.toml"
SPARING = (
    "-q",
    "--tb=no",
    "--maxfail=3",
    "-p",
    "no:cacheprovider",
    "-p",
    "tests.mutation.watching",
)


class Seen(NamedTuple):
    """What the tests of a rule did: which ran, failed by an assertion, or could not run."""

    ran: list[str]
    failed: list[str]
    broke: list[str]


class Tried(NamedTuple):
    """The first way to break a rule that its tests notice; else the last that was tried."""

    rule: str
    how: str
    file: str
    seen: Seen
    ways: int


def copy_tree(folder: Path) -> Path:
    """Copy all that a test needs, and nothing of git or of earlier runs."""
    leave_out = shutil.ignore_patterns("__pycache__", "*.egg-info", ".*")
    for name in COPIED:
        shutil.copytree(ROOT / name, folder / name, ignore=leave_out)
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def try_rule(tree: Path, rule: str, proofs: Iterable[Proof]) -> Tried:
    """Break the rule in one way after another until one of its own tests fails."""
    tests = marked(proofs)
    tried = Tried(rule, "nothing to break was found", "", Seen([], [], []), 0)
    for ways, broken in enumerate(_ways(tree, rule), start=1):
        seen = run_broken(tree, broken, tests)
        tried = Tried(rule, broken.how, broken.file, seen, ways)
        if seen.failed:
            break
    return tried


def marked(proofs: Iterable[Proof]) -> list[str]:
    """The tests as pytest is asked for them; a file marked as a whole is run as a whole."""
    names = (
        f"tests/{proof.file}" + ("" if " " in proof.test else f"::{proof.test}") for proof in proofs
    )
    return list(dict.fromkeys(names))


def _ways(tree: Path, rule: str) -> Iterator[Broken]:
    """A guard that somebody chose says more than a line dropped by rote, so it comes first."""
    yield from broken_guards(tree, rule)
    for path in sorted(tree.glob(POLICIES)):
        file = path.relative_to(tree).as_posix()
        yield from broken_policies(file, path.read_text(encoding="utf-8"), rule)


def run_broken(tree: Path, broken: Broken, tests: list[str]) -> Seen:
    """Run the tests with the file as broken, and mend it again."""
    path = tree / broken.file
    sound = path.read_text(encoding="utf-8")
    _write(path, broken.text)
    try:
        return run(tree, tests)
    finally:
        _write(path, sound)


def run(tree: Path, tests: list[str]) -> Seen:
    """Run tests in the tree. Raises RuntimeError where pytest itself could not start."""
    note = tree / "noted.json"
    note.unlink(missing_ok=True)
    command = [sys.executable, "-m", "pytest", *SPARING, f"--note-in={note}", *tests]
    done = subprocess.run(command, cwd=tree, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1) or not note.exists():
        raise RuntimeError(f"{' '.join(tests)}:\n{done.stdout}{done.stderr}")
    return Seen(**json.loads(note.read_text(encoding="utf-8")))


def _write(path: Path, text: str) -> None:
    """Write it, and forget what Python made of it within the same second."""
    path.write_text(text, encoding="utf-8")
    Path(importlib.util.cache_from_source(str(path))).unlink(missing_ok=True)
