"""A Kafka cluster of one node or several, in folders beside each other."""

from __future__ import annotations

import base64
import uuid
from collections.abc import Sequence
from pathlib import Path

from services.local.kafka_node import KafkaNode, Seat
from services.local.ports import free_ports
from services.local.process import Process


class Cluster:
    """Its nodes are killed, frozen and started again one by one; ports and disks stay."""

    def __init__(
        self,
        folder: Path,
        cache: Path,
        seats: Sequence[Seat],
        cluster_id: str,
        processes: Sequence[Process | None] = (),
    ) -> None:
        self.seats = list(seats)
        self.cluster_id = cluster_id
        known = [*processes, *[None] * (len(self.seats) - len(processes))]
        self.nodes = [
            KafkaNode(folder / f"kafka-{seat.node}", seat, self.seats, cluster_id, cache, process)
            for seat, process in zip(self.seats, known, strict=True)
        ]

    @classmethod
    def new(cls, folder: Path, cache: Path, nodes: int = 1) -> Cluster:
        """One that was never started, on free ports."""
        ports = iter(free_ports(2 * nodes))
        seats = [Seat(number, next(ports), next(ports)) for number in range(1, nodes + 1)]
        return cls(folder, cache, seats, _new_id())

    @property
    def address(self) -> str:
        """Host and port of every node, as clients are told them."""
        return ",".join(node.address for node in self.nodes)

    def start(self) -> None:
        """Start every node and wait until all serve clients."""
        for node in self.nodes:
            node.launch()
        for node in self.nodes:
            node.wait()

    def stop(self) -> None:
        """Stop every node."""
        for node in self.nodes:
            node.stop()


def _new_id() -> str:
    """22 characters, as Kafka writes its ids; a leading dash would be read as an option."""
    while (made := base64.urlsafe_b64encode(uuid.uuid4().bytes)[:22].decode()).startswith("-"):
        pass
    return made
