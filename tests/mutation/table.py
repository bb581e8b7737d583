"""The table of docs/rules-proved.md: what was broken for each rule, and who noticed."""

from collections.abc import Iterable

from tests.mutation.trying import Tried
from tests.rules_proved import Rule

HEAD = """# Rules, and the tests that notice when one is broken

Made by `make mutation`: in a copy of the tree, each rule is broken, and only the tests marked with
its number are run, up to the third that fails. Where the guard stands in code, in a schema or in a
value, `tests/mutation/guards.toml` says what is changed. Elsewhere what rests on the rule is taken
out of the policy file, one thing at a time: a need, a ground, a category, a duty, a citation. A
broken policy file must still load, and only what a test itself finds wrong counts: a crash, or a
register that does not open, proves nothing.

| rule | force | what was broken | tests run | tests that failed |
| --- | --- | --- | ---: | --- |
"""


def page(rules: Iterable[Rule], tried: dict[str, Tried]) -> str:
    """The whole page, the rules in the order of the policies, and how many are noticed."""
    rows = [_row(rule, tried[rule.number]) for rule in rules]
    weak = [rule for rule, found in tried.items() if not found.seen.failed]
    noticed = f"{len(rows) - len(weak)} of {len(rows)} rules are noticed when they are broken"
    return HEAD + "\n".join(rows) + f"\n\n{noticed}{_but(weak)}.\n"


def _row(rule: Rule, tried: Tried) -> str:
    seen = tried.seen
    broken = f"{tried.how}; in {_short(tried.file)}" if tried.file else tried.how
    failed = _names(seen.failed) or f"none, in {tried.ways} ways to break it"
    return f"| {rule.number} | {rule.force} | {broken} | {len(seen.ran)} | {failed} |"


def _names(failed: list[str]) -> str:
    tests = dict.fromkeys(node.partition("[")[0].rpartition("::")[2] for node in failed)
    return ", ".join(f"`{test}`" for test in tests)


def _short(file: str) -> str:
    return f"`{file.removeprefix('domain/policies/')}`"


def _but(weak: list[str]) -> str:
    return f"; not yet: {', '.join(weak)}" if weak else ""
