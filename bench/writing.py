"""How fast commands are recorded, against `eventsourcing` as it comes."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import orjson

from bench.casework import STEPS, Command, commands
from bench.registers import fitting_council, new_register
from bench.rounds import Measure, in_turn
from bench.stock import stock_application
from services.assemble import open_casework

GROUP = 500
CASEBOOK = [sys.executable, "-c", "from services.cli.main import main; main()"]


def one_at_a_time(rounds: int, accounts: int) -> Measure:
    """Each command durable, and the views up to date, before the next is sent."""
    council = fitting_council()
    sent = commands(council, accounts)

    def ours() -> float:
        with _folder() as folder, new_register(folder, council) as casework:
            answers: list[dict[str, Any]] = []
            rate = _rate(len(sent), lambda: answers.extend(map(casework.handle, sent)))
            _check(answers)
            return rate

    return in_turn(
        "one command at a time, durable, views up to date / a stock save",
        "per second",
        rounds,
        ours,
        lambda: _stock(sent),
        at_least=0.8,
    )


def in_groups(rounds: int, accounts: int, stock_accounts: int) -> Measure:
    """As `casebook submit` does it, without its process: no answer before its commit."""
    council = fitting_council()
    lines = [orjson.dumps(command) for command in commands(council, accounts)]

    def ours() -> float:
        with _folder() as folder, new_register(folder, council) as casework:
            answers: list[dict[str, Any]] = []

            def submit() -> None:
                for start in range(0, len(lines), GROUP):
                    answers.extend(casework.handle_lines(lines[start : start + GROUP]))

            rate = _rate(len(lines), submit)
            _check(answers)
            return rate

    return in_turn(
        f"{len(lines):,} commands on {accounts:,} accounts, in groups of {GROUP} / a stock save",
        "per second",
        rounds,
        ours,
        lambda: _stock(commands(council, stock_accounts)),
        at_least=4,
    )


def submitted(rounds: int, accounts: int, stock_accounts: int) -> Measure:
    """`casebook submit` as a process, its start and its output counted in."""
    council = fitting_council()
    lines = b"\n".join(orjson.dumps(command) for command in commands(council, accounts))

    def ours() -> float:
        with _folder() as folder:
            new_register(folder, council).close()
            file, answered = folder / "commands.jsonl", folder / "answers.jsonl"
            file.write_bytes(lines)
            with answered.open("wb") as out:
                rate = _rate(
                    accounts * STEPS,
                    lambda: subprocess.run(
                        [*CASEBOOK, "--register", str(folder), "submit", str(file)],
                        stdout=out,
                        check=False,
                    ),
                )
            _check([orjson.loads(line) for line in answered.open("rb")])
            with open_casework(folder) as casework:
                if casework.projector.position < accounts * STEPS:
                    raise RuntimeError("not every command was recorded")
            return rate

    return in_turn(
        f"`casebook submit` of {accounts * STEPS:,} commands / a stock save",
        "per second",
        rounds,
        ours,
        lambda: _stock(commands(council, stock_accounts)),
        at_least=4,
    )


def _stock(sent: list[Command]) -> float:
    with _folder() as folder:
        application = stock_application(folder)

        def save() -> None:
            for command in sent:
                application.add(command["account"]["handle"], command)

        rate = _rate(len(sent), save)
        application.close()
        return rate


def _rate(count: int, run: Callable[[], Any]) -> float:
    start = time.perf_counter()
    run()
    return count / (time.perf_counter() - start)


def _check(answers: list[dict[str, Any]]) -> None:
    """A rate of refusals would be no rate of casework."""
    outcomes = [answer["outcome"] for answer in answers]
    accepted = outcomes.count("accepted")
    if accepted + outcomes.count("refused") < len(outcomes) or accepted < 0.9 * len(outcomes):
        other = next(answer for answer in answers if answer["outcome"] != "accepted")
        raise RuntimeError(f"the timed casework was not accepted: {other}")


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="casebook-bench-") as name:
        yield Path(name)
