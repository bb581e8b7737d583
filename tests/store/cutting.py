"""A wire between casework and PostgreSQL that is cut when the answer to a statement comes."""

from __future__ import annotations

import socket
from contextlib import suppress
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

from services.closing import Closing


class Cutting(Closing):
    """Passes everything on, both ways, until told whose answer is not to arrive."""

    def __init__(self, folder: Path, address: str) -> None:
        # The first and fifth lines: https://www.postgresql.org/docs/current/storage-file-layout.html
        lines = (folder / "postmaster.pid").read_text().splitlines()
        self._server = f"{lines[4].strip()}/.s.PGSQL.{lines[3].strip()}"
        self._listening = socket.create_server(("127.0.0.1", 0))
        port = self._listening.getsockname()[1]
        self.address = f"postgresql://postgres@127.0.0.1:{port}{urlsplit(address).path}"
        self._awaited = b""
        Thread(target=self._serve, daemon=True).start()

    def cut_the_reply_to(self, words: bytes) -> None:
        """Let the next statement with these words through, and nothing back."""
        self._awaited = words

    def close(self) -> None:
        self._listening.close()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listening.accept()
                server = socket.socket(socket.AF_UNIX)
                server.connect(self._server)
                cut = [False]
                Thread(target=self._there, args=(client, server, cut), daemon=True).start()
                Thread(target=self._back, args=(server, client, cut), daemon=True).start()

    def _there(self, client: socket.socket, server: socket.socket, cut: list[bool]) -> None:
        with suppress(OSError):
            while said := client.recv(65536):
                if self._awaited and self._awaited in said:
                    self._awaited, cut[0] = b"", True
                server.sendall(said)
        server.close()

    def _back(self, server: socket.socket, client: socket.socket, cut: list[bool]) -> None:
        with suppress(OSError):
            while said := server.recv(65536):
                if cut[0]:
                    break
                client.sendall(said)
        with suppress(OSError):
            client.shutdown(socket.SHUT_RDWR)
        client.close()
