"""Finds the tests that say which rule they prove, running none; `make rules` prints them."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

TESTS = Path(__file__).parent
NUMBER = re.compile(r"(R-[AN]|D-|LAW-)[1-9]\d*")
_DEFINITIONS = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


class Rule(NamedTuple):
    """One line of rules_listed.txt."""

    number: str
    force: str
    words: str


class Proof(NamedTuple):
    """A test that is marked with a rule's number."""

    rule: str
    file: str
    test: str


def listed_rules() -> list[Rule]:
    """Return the rules that have to be proved, in the order of the policies."""
    lines = (TESTS / "rules_listed.txt").read_text(encoding="utf-8").splitlines()
    return [Rule(*line.split(" | ", 2)) for line in lines if line and not line.startswith("#")]


def proofs(folder: Path = TESTS) -> list[Proof]:
    """Return what every test under the folder says it proves, by file, then by place in it."""
    return [
        Proof(rule, path.relative_to(folder).as_posix(), test)
        for path in sorted(folder.rglob("test_*.py"))
        for test, rule in _marks(ast.parse(path.read_text(encoding="utf-8")))
    ]


def _marks(module: ast.Module) -> Iterator[tuple[str, str]]:
    for node in ast.walk(module):
        if isinstance(node, _DEFINITIONS) and node.name.lower().startswith("test"):
            yield from _numbers(node.name, node.decorator_list)
        elif isinstance(node, ast.Assign) and _named(node, "pytestmark"):
            yield from _numbers("every test of the file or class", [node.value])


def _numbers(test: str, places: list[ast.expr]) -> Iterator[tuple[str, str]]:
    calls = [node for place in places for node in ast.walk(place) if isinstance(node, ast.Call)]
    for call in calls:
        if ast.unparse(call.func) == "pytest.mark.rule":
            yield from ((test, _number(test, argument)) for argument in call.args)


def _number(test: str, argument: ast.expr) -> str:
    number = argument.value if isinstance(argument, ast.Constant) else None
    if not isinstance(number, str) or not NUMBER.fullmatch(number):
        raise ValueError(f"{test}: rule({ast.unparse(argument)}) is not the number of a rule")
    return number


def _named(node: ast.Assign, name: str) -> bool:
    return any(isinstance(target, ast.Name) and target.id == name for target in node.targets)


def table() -> str:
    """Return the listed rules with their force and tests, then those that no test proves."""
    by_rule: dict[str, list[str]] = {}
    for proof in proofs():
        by_rule.setdefault(proof.rule, []).append(f"{proof.file}::{proof.test}")
    lines = [f"{'rule':<6} {'force':<23} tests"]
    for rule in listed_rules():
        tests = list(dict.fromkeys(by_rule.get(rule.number, ["not yet proved"])))
        lines.append(f"{rule.number:<6} {rule.force:<23} {tests[0]}")
        lines += [f"{'':<30} {test}" for test in tests[1:]]
    missing = [rule for rule in listed_rules() if rule.number not in by_rule]
    lines += ["", f"{len(listed_rules())} rules listed, {len(missing)} not yet proved"]
    lines += [f"{rule.number:<6} {rule.force:<23} {rule.words}" for rule in missing]
    return "\n".join(lines)


if __name__ == "__main__":
    print(table())
