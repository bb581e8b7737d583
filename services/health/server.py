"""The small web server that tells how a service is: /metrics, /livez, /readyz."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import ClassVar

from services.faults import Fault
from services.health.gauges import Gauges
from services.health.progress import Progress


class PortTaken(Fault):
    """The port on which health is to be told can't be listened on."""

    exit_code: ClassVar[int] = 2


@contextmanager
def told(
    gauges: Gauges, progress: Progress, port: int | None, host: str = "127.0.0.1"
) -> Iterator[int | None]:
    """Tell health on a port while the block runs; the port (0 takes a free one), or None.

    Raises PortTaken where it can't be listened on.
    """
    if port is None:
        yield None
        return
    try:
        server = ThreadingHTTPServer((host, port), _handler(gauges, progress))
    except OSError as error:
        raise PortTaken(
            f"Port {port} of {host} can't be listened on ({error.strerror}). "
            "Name a free one with --health-port."
        ) from None
    thread = Thread(target=server.serve_forever, args=(0.1,), name="health", daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()


def _handler(gauges: Gauges, progress: Progress) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        answers: ClassVar[dict[str, Callable[[], tuple[bool, str]]]] = {
            "/metrics": lambda: (True, gauges.text()),
            "/livez": lambda: _worded(progress.alive()),
            "/readyz": lambda: _worded(progress.ready()),
        }

        def do_GET(self) -> None:
            answer = self.answers.get(self.path.partition("?")[0])
            if answer is None:
                self._send(404, "There are /metrics, /livez and /readyz.\n")
                return
            good, text = answer()
            self._send(200 if good else 503, text)

        def log_message(self, format: str, *_: object) -> None:
            """Who asks is no news."""

        def _send(self, status: int, text: str) -> None:
            body = text.encode()
            self.send_response(status)
            self.send_header("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    return Handler


def _worded(found: tuple[bool, str]) -> tuple[bool, str]:
    good, why = found
    return good, f"{'yes' if good else 'no'}: {why}\n"
