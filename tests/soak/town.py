"""Everything that runs: both servers, writers, a publisher, projectors; each can be killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from services import assemble
from services.local.cluster import Cluster
from services.local.postgres import Postgres
from services.log.settings import LogSettings
from tests.servers import running_kafka, running_postgres
from tests.soak.writer import COUNCIL

ROOT = Path(__file__).parents[2]
PARTITIONS = 6
WRITERS = 3
PROJECTORS = 2


class Program:
    """One process of ours, started again after each kill; what it says goes to a file."""

    def __init__(self, name: str, words: list[str], folder: Path, settings: dict[str, str]) -> None:
        self.name = name
        self._words = words
        self._said = folder / f"{name}.log"
        self._environment = {**os.environ, **settings, "PYTHONPATH": str(ROOT)}
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, if it does not run."""
        if self._process is None or self._process.poll() is not None:
            with self._said.open("ab") as said:
                words = [sys.executable, *self._words]
                self._process = subprocess.Popen(
                    words, env=self._environment, stdout=said, stderr=said
                )

    def kill(self) -> None:
        """`kill -9`."""
        if self._process:
            self._process.kill()
            self._process.wait()

    def freeze(self) -> None:
        """Let it stand still."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let it go on."""
        self._signal(signal.SIGCONT)

    def end(self, seconds: float) -> None:
        """Ask it to end, and wait."""
        self._signal(signal.SIGTERM)
        self.wait(seconds)

    def wait(self, seconds: float) -> None:
        """Wait for its own end."""
        if self._process:
            self._process.wait(seconds)

    def said(self) -> str:
        """The last of what it said."""
        return self._said.read_text(errors="replace")[-2000:] if self._said.exists() else ""

    def _signal(self, number: signal.Signals) -> None:
        if self._process and self._process.poll() is None:
            with suppress(ProcessLookupError):
                self._process.send_signal(number)


class Town:
    """One council's register on real servers, with everybody at work."""

    def __init__(self, folder: Path, database: Postgres, kafka: Cluster) -> None:
        self.folder = folder
        self.database = database
        self.kafka = kafka
        self.address = database.address
        self.log = LogSettings(kafka.address, "casebook.soak", partitions=PARTITIONS)
        self.stop = folder / "stop"
        self.writers = [self._writer(f"writer{n}") for n in range(WRITERS)]
        self.publisher = self._casebook("publisher", "publish")
        self.projectors = [self._casebook(f"projector{n}", "project") for n in range(PROJECTORS)]

    @property
    def programs(self) -> list[Program]:
        """Every process of ours."""
        return [*self.writers, self.publisher, *self.projectors]

    @property
    def journals(self) -> list[Path]:
        """What the writers were answered."""
        return [self.folder / f"{writer.name}.jsonl" for writer in self.writers]

    def answered(self) -> int:
        """How many commands were answered so far."""
        return sum(path.read_bytes().count(b"\n") for path in self.journals if path.exists())

    def found(self) -> None:
        """Make the register, with an officer."""
        assemble.found(self.address, [COUNCIL], "admin")
        with assemble.open_casework(self.address) as casework:
            post = {"staff": "jo.p", "role": "officer", "from": "2012-01-01"}
            appoint = {"command": "appoint", "council": COUNCIL, "actor": "admin"}
            assert casework.handle(appoint | post)["outcome"] == "accepted"

    def everybody(self) -> None:
        """Start whatever does not run; Kafka takes its time, and is not waited for."""
        for node in self.kafka.nodes:
            if not node.running:
                node.launch()
        self.database.start()
        for program in self.programs:
            program.start()

    def _casebook(self, name: str, *words: str) -> Program:
        settings = {
            "CASEBOOK_REGISTER": self.address,
            "CASEBOOK_KAFKA": self.log.address,
            "CASEBOOK_TOPIC": self.log.topic,
            "CASEBOOK_KAFKA_PARTITIONS": str(self.log.partitions),
        }
        run = ["-c", "from services.cli.main import main; main()", *words]
        return Program(name, run, self.folder, settings)

    def _writer(self, name: str) -> Program:
        journal = self.folder / f"{name}.jsonl"
        words = ["-m", "tests.soak.writer", self.address, name, str(journal), str(self.stop)]
        return Program(name, words, self.folder, {})


@contextmanager
def town(folder: Path) -> Iterator[Town]:
    """Servers of its own, which end with it."""
    with running_postgres() as database, running_kafka(1) as kafka:
        made = Town(folder, database, kafka)
        made.found()
        try:
            yield made
        finally:
            for program in made.programs:
                program.kill()
