"""One process that sends its share of the casework to PostgreSQL: ours, or the library's own."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

from eventsourcing.application import Application

from bench.casework import Command, commands
from bench.registers import fitting_council
from bench.stock import StockApplication
from services.assemble import Views, open_casework

Handle = Callable[[Command], Any]


def stock_on_postgres(address: str, *, threads: int = 1, tables: bool = False) -> StockApplication:
    """The library's application on its own PostgreSQL recorder, by its default path."""
    parts = urlsplit(address)
    return StockApplication(
        {
            "PERSISTENCE_MODULE": "eventsourcing.postgres",
            "POSTGRES_DBNAME": parts.path[1:],
            "POSTGRES_HOST": parts.hostname or parse_qs(parts.query)["host"][0],
            "POSTGRES_PORT": str(parts.port or 5432),
            "POSTGRES_USER": parts.username or "postgres",
            "POSTGRES_PASSWORD": parts.password or "none",
            "POSTGRES_POOL_SIZE": str(threads),
            # Eight processes that make them at once get in one another's way.
            "CREATE_TABLE": "y" if tables else "n",
        }
    )


def shares(sent: list[Command], count: int) -> list[list[Command]]:
    """The commands dealt out, all of an account to one of `count`."""
    dealt: list[list[Command]] = [[] for _ in range(count)]
    for command in sent:
        number = int(command["account"]["handle"].rpartition(".")[2])
        dealt[number % count].append(command)
    return dealt


def send(handle: Handle, sent: list[Command], threads: int) -> None:
    """Send each command and wait for its answer, as so many callers at once."""
    if threads == 1:
        for command in sent:
            handle(command)
        return
    callers = [Thread(target=send, args=(handle, share, 1)) for share in shares(sent, threads)]
    for caller in callers:
        caller.start()
    for caller in callers:
        caller.join()


def main() -> None:
    """Make everything ready, say so, wait for the word, send, and tell how long it took."""
    kind, address = sys.argv[1:3]
    accounts, processes, mine, threads = map(int, sys.argv[3:])
    sent = shares(commands(fitting_council(), accounts), processes)[mine]
    outcomes: list[str] = []
    application: Application[UUID] | None = None
    if kind == "stock":
        stock = application = stock_on_postgres(address, threads=threads)

        def handle(command: Command) -> None:
            stock.add(command["account"]["handle"], command)
            outcomes.append("accepted")
    else:
        casework = open_casework(address, views=Views.ELSEWHERE)

        def handle(command: Command) -> None:
            outcomes.append(casework.handle(command)["outcome"])

    print("ready", flush=True)
    sys.stdin.readline()
    start = time.perf_counter()
    send(handle, sent, threads)
    print(time.perf_counter() - start, outcomes.count("accepted"), len(outcomes), flush=True)
    if application:
        application.close()


if __name__ == "__main__":
    main()
