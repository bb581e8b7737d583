"""One server process: known again by its number and start, stopped, killed, frozen and thawed."""

from __future__ import annotations

import signal
from contextlib import suppress
from pathlib import Path
from subprocess import Popen
from typing import NamedTuple

import psutil

STOPPING_SECONDS = 30.0


class Process(NamedTuple):
    """A process that we started; `started` tells it from a later one of the same number."""

    pid: int
    started: float

    @classmethod
    def of(cls, pid: int) -> Process:
        """The process that runs under this number now."""
        return cls(pid, psutil.Process(pid).create_time())

    @classmethod
    def launched(cls, words: list[str], log: Path) -> Process:
        """Start a program that outlives us, in a session of its own; what it says goes to `log`."""
        with log.open("ab") as file:
            program = Popen(words, stdout=file, stderr=file, start_new_session=True)
        program.returncode = 0  # or Python would warn that it outlives us, as it is meant to
        return cls.of(program.pid)

    @property
    def running(self) -> bool:
        """Whether it is there; a frozen one is."""
        with suppress(psutil.NoSuchProcess):
            found = psutil.Process(self.pid)
            same = found.create_time() == self.started
            return bool(same and found.status() != psutil.STATUS_ZOMBIE)
        return False

    def stop(self, by: signal.Signals = signal.SIGTERM) -> None:
        """Ask it to end and wait until it has; kill it where it does not."""
        if not self.running:
            return
        self.thaw()
        found = psutil.Process(self.pid)
        found.send_signal(by)
        try:
            found.wait(STOPPING_SECONDS)
        except psutil.TimeoutExpired:
            self.kill()

    def kill(self) -> None:
        """End it at once, with all that it started (`kill -9`)."""
        family = self._family()
        for each in family:
            with suppress(psutil.NoSuchProcess):
                each.kill()
        psutil.wait_procs(family, STOPPING_SECONDS)

    def freeze(self) -> None:
        """Let it and all that it started stand still where they are (SIGSTOP)."""
        for each in self._family():
            each.suspend()

    def thaw(self) -> None:
        """Let it go on."""
        for each in self._family():
            with suppress(psutil.NoSuchProcess):
                each.resume()

    def _family(self) -> list[psutil.Process]:
        if not self.running:
            return []
        head = psutil.Process(self.pid)
        return [head, *head.children(recursive=True)]
