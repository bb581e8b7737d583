"""Free ports for servers that are killed and started again under the same number."""

from __future__ import annotations

import socket
from random import SystemRandom

# Below the ports that systems give to outgoing connections: while a killed server is away, no
# client's own connection can take its port, nor connect to itself there.
_FROM, _UNTIL = 20_000, 32_000
_random = SystemRandom()


def free_ports(count: int) -> list[int]:
    """So many different ports on which nothing listens now."""
    found: set[int] = set()
    while len(found) < count:
        port = _random.randrange(_FROM, _UNTIL)
        if is_free(port):
            found.add(port)
    return sorted(found)


def is_free(port: int) -> bool:
    """Whether a server could listen there now."""
    with socket.socket() as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
