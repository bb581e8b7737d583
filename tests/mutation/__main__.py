"""Breaks every listed rule, or those named, two at a time; all of them make the table anew."""

import sys
import tempfile
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue

from tests.mutation.table import page
from tests.mutation.trying import ROOT, Tried, copy_tree, marked, run, try_rule
from tests.rules_proved import Proof, listed_rules, proofs

AT_ONCE = 2
TABLE = ROOT / "docs" / "rules-proved.md"


def main(asked: list[str]) -> int:
    """Return 0 if every rule was noticed, 1 if not, 2 if a test fails with nothing broken."""
    rules = [rule for rule in listed_rules() if not asked or rule.number in asked]
    by_rule: dict[str, list[Proof]] = defaultdict(list)
    for proof in proofs():
        by_rule[proof.rule].append(proof)
    with tempfile.TemporaryDirectory(prefix="casebook-mutation-") as folder:
        trees: SimpleQueue[Path] = SimpleQueue()
        for number in range(AT_ONCE):
            trees.put(copy_tree(Path(folder) / str(number)))
        before = _before(trees, [proof for rule in rules for proof in by_rule[rule.number]])
        if before:
            print("These tests fail with nothing broken:", *before, sep="\n")
            return 2
        with ThreadPoolExecutor(AT_ONCE) as pool:
            tries = pool.map(lambda rule: _try(trees, rule.number, by_rule[rule.number]), rules)
            tried = {found.rule: found for found in tries}
    if not asked:
        TABLE.write_text(page(rules, tried), encoding="utf-8")
    return 0 if all(found.seen.failed for found in tried.values()) else 1


def _before(trees: SimpleQueue[Path], of_all: list[Proof]) -> list[str]:
    """The tests that fail in an untouched copy: they could not show that anything is noticed."""
    tree = trees.get()
    seen = run(tree, marked(of_all))
    trees.put(tree)
    return seen.failed + seen.broke


def _try(trees: SimpleQueue[Path], rule: str, of_rule: list[Proof]) -> Tried:
    tree = trees.get()
    try:
        found = try_rule(tree, rule, of_rule)
    finally:
        trees.put(tree)
    noticed = "noticed by" if found.seen.failed else "NOT noticed by"
    print(f"{rule:<6} {noticed} {len(found.seen.ran)}: {found.how} ({found.ways})", flush=True)
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
