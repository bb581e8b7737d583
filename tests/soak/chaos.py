"""What happens to the town: in an order that a seed decides, until enough was killed."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from random import Random
from time import monotonic, sleep

import psycopg

from tests.soak.town import Program, Town

KILLED = {"writer": 4, "publisher": 3, "projector": 4, "broker": 1, "database": 2}
STOOD_STILL = {"publisher": 1, "projector": 1, "broker": 1, "database": 1}
CUT = 2
BETWEEN = (0.05, 0.6)
STILL = (0.2, 1.5)
ANSWERS, PATIENCE = 15, 3.0


class Chaos:
    """Kills, freezes and cuts; counts what it did."""

    def __init__(self, town: Town, seed: int) -> None:
        self._town = town
        self._random = Random(seed)
        self.done: Counter[str] = Counter()

    @property
    def kills(self) -> int:
        """How often something was killed."""
        return sum(times for what, times in self.done.items() if what.startswith("killed "))

    def until(self, kills: int, seconds: float) -> None:
        """Go on until that many kills, or until the time is up."""
        acts = [
            *(("killed", what) for what, times in KILLED.items() for _ in range(times)),
            *(("froze", what) for what, times in STOOD_STILL.items() for _ in range(times)),
            *([("cut", "connections")] * CUT),
        ]
        end = monotonic() + seconds
        while self.kills < kills and monotonic() < end:
            sleep(self._random.uniform(*BETWEEN))
            verb, what = self._random.choice(acts)
            {"killed": self._kill, "froze": self._freeze, "cut": self._cut}[verb](what)
            self.done[f"{verb} {what}"] += 1
            self._town.everybody()
            self._let_work()

    def _let_work(self) -> None:
        """Wait until somebody was answered, but not for long: a server may be away."""
        before, end = self._town.answered(), monotonic() + PATIENCE
        while self._town.answered() < before + ANSWERS and monotonic() < end:
            sleep(0.02)

    def _kill(self, what: str) -> None:
        if what == "broker":
            self._random.choice(self._town.kafka.nodes).process.kill()
        elif what == "database":
            self._town.database.process.kill()
        else:
            self._one(what).kill()
        sleep(self._random.uniform(0, 0.5))

    def _freeze(self, what: str) -> None:
        servers = {"broker": self._town.kafka.nodes[0], "database": self._town.database}
        frozen = servers[what].process if what in servers else self._one(what)
        frozen.freeze()
        sleep(self._random.uniform(*STILL))
        frozen.thaw()

    def _cut(self, _what: str) -> None:
        """End every connection to the database, whatever it is in the middle of."""
        with (
            suppress(psycopg.OperationalError),
            psycopg.connect(self._town.address, connect_timeout=5) as connection,
        ):
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'"
            )

    def _one(self, what: str) -> Program:
        several = {"writer": self._town.writers, "projector": self._town.projectors}
        return self._random.choice(several.get(what, [self._town.publisher]))
