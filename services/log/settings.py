"""Which Kafka and which topic, how to be let in, and how a new topic is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from services.log.tls import FILES, checked_files, readable
from services.settings import UnusableSetting, setting

TOPIC = "casebook.events"
PARTITIONS = 12
LARGEST_RECORD = 4 * 1024 * 1024
SECURITY = ("PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL")
MECHANISMS = ("PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512")


@dataclass(frozen=True)
class LogSettings:
    """Where the log is; `client` is what kafka-python is told, and is never shown."""

    address: str
    topic: str = TOPIC
    partitions: int = PARTITIONS
    replication: int | None = None
    """How many brokers keep each record; None: three, or one where there are fewer than three."""
    client: Mapping[str, Any] = field(default_factory=dict, repr=False)

    @property
    def where(self) -> str:
        """The topic and its Kafka, as they may be shown."""
        return f"topic {self.topic} of Kafka at {self.address}"


def log_settings(flags: Mapping[str, str | None]) -> LogSettings:
    """What flags, environment and file say; raises UnusableSetting."""
    address = setting("kafka", flags)
    if not address.value:
        raise UnusableSetting(
            "Say where Kafka is: CASEBOOK_KAFKA=host:port. `casebook services up` starts one."
        )
    for each in address.value.split(","):
        host, colon, port = each.strip().rpartition(":")
        if not (host and colon and port.isdigit() and 0 < int(port) < 65536):
            raise UnusableSetting(
                f"{address.origin} says {each.strip()!r}; a Kafka broker is host:port, "
                "several with commas between."
            )
    return LogSettings(
        address.value.replace(" ", ""),
        _topic(flags),
        _number("kafka_partitions", flags, 10_000) or PARTITIONS,
        _number("kafka_replication", flags, 100),
        _client(flags),
    )


def _topic(flags: Mapping[str, str | None]) -> str:
    name, origin = setting("topic", flags).value or TOPIC, setting("topic", flags).origin
    if len(name) > 249 or not all(c.isascii() and (c.isalnum() or c in "._-") for c in name):
        raise UnusableSetting(
            f"{origin} says {name!r}; a topic's name is letters, digits, dots, dashes and "
            "underscores, at most 249."
        )
    return name


def _number(name: str, flags: Mapping[str, str | None], most: int) -> int | None:
    found = setting(name, flags)
    if not found.value:
        return None
    if not found.value.isdigit() or not 0 < int(found.value) <= most:
        raise UnusableSetting(
            f"{found.origin} says {found.value!r}; it is a number from 1 to {most}."
        )
    return int(found.value)


def _client(flags: Mapping[str, str | None]) -> dict[str, Any]:
    protocol = _one_of("kafka_security", SECURITY, flags)
    client: dict[str, Any] = {"security_protocol": protocol}
    if "SSL" in protocol:
        client |= checked_files({name: setting(name, flags) for name in FILES})
    if protocol.startswith("SASL"):
        client["sasl_mechanism"] = _one_of("kafka_mechanism", MECHANISMS, flags)
        client["sasl_plain_username"] = _needed("kafka_user", flags)
        client["sasl_plain_password"] = _password(flags)
    return client


def _one_of(name: str, known: tuple[str, ...], flags: Mapping[str, str | None]) -> str:
    found = setting(name, flags)
    value = (found.value or known[0]).upper()
    if value not in known:
        raise UnusableSetting(f"{found.origin} says {found.value!r}; it is {' or '.join(known)}.")
    return value


def _password(flags: Mapping[str, str | None]) -> str:
    file = setting("kafka_password_file", flags)
    if not file.value:
        return _needed("kafka_password", flags)
    path = readable(Path(file.value).expanduser(), file.origin)
    try:
        password = path.read_text(encoding="utf-8").rstrip("\r\n")
    except UnicodeDecodeError:
        password = ""
    if not password:
        raise UnusableSetting(f"{file.origin} names {path}, which holds no password as text.")
    return password


def _needed(name: str, flags: Mapping[str, str | None]) -> str:
    if value := setting(name, flags).value:
        return value
    variable = f"CASEBOOK_{name.upper()}"
    also = f", or {variable}_FILE" if name == "kafka_password" else ""
    raise UnusableSetting(f"CASEBOOK_KAFKA_SECURITY asks for {variable}{also}, which is not set.")
