"""`python -m bench`: runs every measure, prints a table, writes bench/results.json."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from bench import (
    importing,
    projecting,
    proving,
    publishing,
    reading,
    replaying,
    serving,
    starting,
    visible,
    writing,
)
from bench.filling import long_register
from bench.rounds import Measure
from bench.servers import servers

RESULTS = Path(__file__).parent / "results.json"


class Sizes(NamedTuple):
    """How much is measured; a quick run shows that all works, its ratios mean little."""

    rounds: int
    singly_accounts: int
    accounts: int
    stock_accounts: int
    long: int
    middling: int
    short: int
    one_by_one: int
    imports: int
    rows: int
    fewer_rows: int
    rows_singly: int
    long_case: int
    tree: int
    served: int
    live: int
    seen: int


WHOLE = Sizes(
    rounds=5,
    singly_accounts=300,
    accounts=2_000,
    stock_accounts=400,
    long=1_000_000,
    middling=100_000,
    short=10_000,
    one_by_one=1_500,
    imports=5,
    rows=100_000,
    fewer_rows=10_000,
    rows_singly=600,
    long_case=1_000,
    tree=10_000_000,
    served=400,
    live=20_000,
    seen=2_000,
)
QUICK = Sizes(
    rounds=2,
    singly_accounts=50,
    accounts=200,
    stock_accounts=50,
    long=50_000,
    middling=20_000,
    short=10_000,
    one_by_one=300,
    imports=2,
    rows=2_000,
    fewer_rows=1_000,
    rows_singly=100,
    long_case=300,
    tree=100_000,
    served=80,
    live=5_000,
    seen=400,
)


def main() -> int:
    """The exit code: 1 where a ratio misses its target."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a small run that writes no file")
    quick = parser.parse_args().quick
    found = []
    for measure in measures(QUICK if quick else WHOLE):
        print(_line(measure), flush=True)
        found.append(measure)
    if not quick:
        results = {"machine": _machine(), "measures": [each.as_json() for each in found]}
        RESULTS.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")
    return 0 if all(each.holds for each in found) else 1


def measures(sizes: Sizes) -> Iterator[Measure]:
    """Every measure, each as soon as it is known."""
    yield starting.helping(2 * sizes.rounds)
    yield writing.one_at_a_time(sizes.rounds, sizes.singly_accounts)
    yield writing.in_groups(sizes.rounds, sizes.accounts, sizes.stock_accounts)
    yield writing.submitted(sizes.rounds, sizes.accounts, sizes.stock_accounts)
    yield from replaying.replaying(sizes.rounds, sizes.long_case)
    yield from proving.writing(sizes.rounds, sizes.singly_accounts, sizes.accounts)
    yield proving.inclusion(sizes.rounds, sizes.tree, sizes.short)
    yield from serving.serving(sizes.rounds, sizes.served)
    yield from importing.importing(sizes.imports, sizes.rows, sizes.fewer_rows, sizes.rows_singly)
    with tempfile.TemporaryDirectory(prefix="casebook-bench-") as name:
        folders = {
            size: Path(name) / str(size) for size in (sizes.long, sizes.middling, sizes.short)
        }
        for size, folder in folders.items():
            long_register(folder, size)
        long, middling, short = folders.values()
        yield from proving.checking(sizes.rounds, long, middling)
        # Measured first: a rebuild is what gives these registers their views.
        yield reading.memory(long, middling)
        yield reading.rebuilding(sizes.rounds, middling, sizes.one_by_one)
        yield reading.replay(sizes.rounds, long, short)
        yield reading.audit(sizes.rounds, long, short)
        with servers() as at:
            yield publishing.publishing(at, sizes.rounds, middling)
            yield from projecting.projecting(
                at, sizes.rounds, middling, sizes.live, sizes.one_by_one
            )
            yield publishing.memory(at, long, middling)
            yield projecting.memory(at, long, middling)
            yield from visible.visible(at, sizes.rounds, sizes.seen)


def _line(measure: Measure) -> str:
    target = (
        f"at least {measure.at_least:g}" if measure.at_least else f"at most {measure.at_most:g}"
    )
    held = "holds" if measure.holds else "MISSED"
    figures = f"{measure.ours:10,.1f} / {measure.against:10,.1f} {measure.unit:18}"
    return f"{measure.name:82} {figures} {measure.ratio:6.2f}  {target:12} {held}"


def _machine() -> str:
    system = platform.freedesktop_os_release() if sys.platform == "linux" else {}
    name = f"{system.get('ID', platform.system()).title()} {system.get('VERSION_ID', '')}".strip()
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    return f"{os.cpu_count()} shared cores, Python {version}, {name}"


if __name__ == "__main__":
    sys.exit(main())
