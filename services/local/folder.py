"""The servers of one folder, and the file in it that says where they are."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from services.local.cluster import Cluster
from services.local.kafka_node import KafkaNode, Seat
from services.local.ports import is_free
from services.local.postgres import Postgres
from services.local.process import Process

STATE = "services.json"


class ServicesFolder:
    """PostgreSQL and a Kafka of one node, started together, found again by any process."""

    def __init__(self, folder: Path, cache: Path) -> None:
        self.folder = folder.expanduser().absolute()
        self._cache = cache
        known = self._known()
        self.postgres = Postgres(self.folder / "postgresql", _process(known.get("postgresql")))
        self.cluster = self._cluster(known)

    @property
    def servers(self) -> list[Postgres | KafkaNode]:
        """Each server, running or not."""
        return [self.postgres, *self.cluster.nodes]

    @property
    def exports(self) -> dict[str, str]:
        """The variables that let every other command use them; they must be running."""
        return {
            "CASEBOOK_REGISTER": self.postgres.address,
            "CASEBOOK_KAFKA": self.cluster.address,
        }

    def up(self) -> None:
        """Start what is not running, and wait until it answers; what was stored is still there."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.postgres.start()
        self._remember()
        for node in self.cluster.nodes:
            node.launch()
        self._remember()
        self.cluster.start()

    def down(self) -> None:
        """Stop both; what was stored stays in the folder."""
        self.cluster.stop()
        self.postgres.stop()
        self._remember()

    def _cluster(self, known: dict[str, Any]) -> Cluster:
        new = Cluster.new(self.folder, self._cache)
        if not known:
            return new
        process = _process(known["kafka"])
        seat, cluster_id = Seat(*known["seat"]), known["cluster"]
        ours = process is not None and process.running
        if ours or (is_free(seat.broker) and is_free(seat.controller)):
            return Cluster(self.folder, self._cache, [seat], cluster_id, [process])
        return Cluster(self.folder, self._cache, new.seats, cluster_id)

    def _known(self) -> dict[str, Any]:
        file = self.folder / STATE
        known: dict[str, Any] = json.loads(file.read_text()) if file.exists() else {}
        return known

    def _remember(self) -> None:
        [node] = self.cluster.nodes
        state = {
            "cluster": self.cluster.cluster_id,
            "seat": node.seat,
            "kafka": node.process,
            "postgresql": self.postgres.process,
        }
        partial = self.folder / f"{STATE}.partial"
        partial.write_text(json.dumps(state))
        partial.replace(self.folder / STATE)


def _process(known: list[Any] | None) -> Process | None:
    return Process(*known) if known else None
