"""The clients of kafka-python with the settings that are right for us; nothing else imports it."""

from __future__ import annotations

import logging
import re
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from kafka import KafkaAdminClient, KafkaConsumer, KafkaProducer, TopicPartition
from kafka import errors as said
from kafka.admin import ConfigResource, ConfigResourceType
from kafka.consumer.subscription_state import ConsumerRebalanceListener
from kafka.errors import KafkaError, TopicAlreadyExistsError
from kafka.net.transport import KafkaSSLTransport, KafkaTCPTransport

from services.faults import Fault
from services.log.faults import LogAway, LogRefuses, RecordTooLarge, TopicMissing, TopicNotOurs
from services.log.settings import LARGEST_RECORD, LogSettings
from services.log.tls import is_about_tls, why_no_tls

__all__ = ["ConsumerRebalanceListener", "KafkaError", "TopicAlreadyExistsError", "TopicPartition"]

ANSWER_MS = 10_000
DELIVERY_MS = 20_000
MISSED_AFTER_MS = 6_000
LARGEST_REQUEST = 64 * 1024 * 1024
_FOR_GOOD = (
    said.AuthorizationError,
    said.SaslAuthenticationFailedError,
    said.UnsupportedSaslMechanismError,
    said.IllegalSaslStateError,
    said.SecurityDisabledError,
    said.PolicyViolationError,
    said.InvalidConfigurationError,
    said.InvalidReplicationFactorError,
    said.InvalidTopicError,
    said.UnsupportedVersionError,
    said.KafkaConfigurationError,
)
_NAME = re.compile(r"^(\[Error \d+\] )?(\w+Error: )*")
_SHORTER = (said.OffsetOutOfRangeError, said.LogTruncationError, said.NoOffsetForPartitionError)
_TOO_LARGE = (said.MessageSizeTooLargeError, said.RecordListTooLargeError)
_MISSING = (said.UnknownTopicOrPartitionError, said.UnknownTopicIdError)


class _Heard(logging.Handler):
    """Why a broker let nobody in: kafka-python only logs it, then says that time ran out."""

    last: BaseException | None = None
    hung_up = False

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a refusal; nothing of the client's log is shown: what matters, we say ourselves."""
        told = [*(record.args if isinstance(record.args, tuple) else ()), *(record.exc_info or ())]
        for each in told:
            for error in (each, getattr(each, "__context__", None)):
                if isinstance(error, _FOR_GOOD) or is_about_tls(error):
                    self.last = error
            if isinstance(each, said.KafkaProtocolError) or "socket disconnected" in str(each):
                self.hung_up = True

    def begin(self) -> None:
        """Forget what was said to others."""
        self.last, self.hung_up = None, False


def _heard_out(receive: Callable[[Any], tuple[bytes, Any]]) -> Callable[[Any], tuple[bytes, Any]]:
    """What came first, and that the broker hung up only when asked again.

    kafka-python 3.0 throws away what comes together with the end: why somebody is not let in.
    """

    def received(transport: Any) -> tuple[bytes, Any]:
        data, error = receive(transport)
        return data, None if data else error

    return received


for _each in (KafkaTCPTransport, KafkaSSLTransport):
    _each._sock_recv = _heard_out(_each._sock_recv)


_heard = _Heard()
logging.getLogger("kafka").addHandler(_heard)
logging.getLogger("kafka").propagate = False


def producer(settings: LogSettings) -> Any:
    """A producer that loses nothing, writes nothing twice by itself, and keeps the order."""
    with translated(settings):
        return KafkaProducer(
            **_common(settings),
            allow_auto_create_topics=False,
            enable_idempotence=True,
            acks="all",
            compression_type="lz4",
            linger_ms=20,
            batch_size=256 * 1024,
            max_request_size=LARGEST_REQUEST,  # what the topic takes is looked at before
            delivery_timeout_ms=DELIVERY_MS,
            request_timeout_ms=ANSWER_MS,
            max_block_ms=ANSWER_MS,
        )


def abandon(producer: Any) -> None:
    """Close a producer at once; what it was not answered may have arrived or not."""
    # Its own close first waits for all it still holds, and where that fails it goes on sending.
    producer._sender.force_close()
    with suppress(said.KafkaError):
        producer.close(timeout=ANSWER_MS / 1000)


def member(settings: LogSettings, group: str) -> Any:
    """A consumer that shares the partitions with others; one that is gone is missed in seconds."""
    return consumer(
        settings,
        group,
        session_timeout_ms=MISSED_AFTER_MS,
        heartbeat_interval_ms=MISSED_AFTER_MS // 4,
        max_poll_interval_ms=5 * 60 * 1000,
    )


def take_share(member: Any) -> None:
    """Have a member take the share that its group gave it; to be called before each poll.

    kafka-python 3.0.12 joins anew where a topic changed, and forgets what came of it if a poll's
    time runs out meanwhile: it then reads nothing any more, and says nothing.
    """
    coordinator = member._coordinator
    if coordinator.rejoining and not coordinator.need_rejoin():
        coordinator.request_rejoin()


def consumer(settings: LogSettings, group: str | None = None, **more: Any) -> Any:
    """A consumer that begins only where it is told to, and commits nothing by itself."""
    with translated(settings):
        return KafkaConsumer(
            **_common(settings),
            **more,
            allow_auto_create_topics=False,
            group_id=group,
            enable_auto_commit=False,
            auto_offset_reset="none",
            isolation_level="read_committed",
            fetch_max_wait_ms=100,
            max_partition_fetch_bytes=LARGEST_RECORD,
            fetch_max_bytes=2 * LARGEST_RECORD,  # of all partitions: it is held until it is read
        )


@contextmanager
def admin(settings: LogSettings) -> Iterator[Any]:
    """Asks about topics and makes them."""
    with translated(settings):
        client = KafkaAdminClient(**_common(settings), request_timeout_ms=ANSWER_MS)
        try:
            yield client
        finally:
            client.close()


def topic_configs(admin: Any, topic: str) -> dict[str, str]:
    """Every setting of a topic; none where this user may not see them."""
    asked = ConfigResource(ConfigResourceType.TOPIC, topic)
    try:
        found = admin.describe_configs([asked], config_filter="all")
    except said.AuthorizationError:
        return {}
    held: dict[str, dict[str, str]] = found["topic"][topic]
    return {name: each["value"] for name, each in held.items()}


def error_of(code: int) -> BaseException:
    """The error that a broker means by a number."""
    error: BaseException = said.for_code(code)()
    return error


@contextmanager
def translated(settings: LogSettings) -> Iterator[None]:
    """Whatever Kafka says in here is one of `services.log.faults`."""
    _heard.begin()
    try:
        yield
    except said.KafkaTimeoutError as error:
        raise fault_of(_heard.last or error, settings) from error
    except said.KafkaError as error:
        raise fault_of(error, settings) from error


def fault_of(error: BaseException, settings: LogSettings) -> Fault:
    """The fault to show for what a broker or the client said."""
    why = _NAME.sub("", str(error)) or type(error).__name__
    if isinstance(error, ssl.SSLError):
        return LogRefuses(
            f"Kafka at {settings.address} and Casebook do not agree on TLS ({why_no_tls(error)}). "
            "Look at CASEBOOK_KAFKA_SECURITY, at CASEBOOK_KAFKA_CA (who signed Kafka's "
            "certificate) and, where Kafka asks for one, at CASEBOOK_KAFKA_CERTIFICATE."
        )
    if isinstance(error, _FOR_GOOD):
        return LogRefuses(
            f"Kafka at {settings.address} refuses ({why}). Mend the rights of this user there, or "
            "the CASEBOOK_KAFKA_… settings; casebook config shows them."
        )
    if isinstance(error, _TOO_LARGE):
        return RecordTooLarge(f"A record is too large for {settings.where} ({why}).")
    if isinstance(error, _MISSING):
        return TopicMissing(f"There is no {settings.where}.")
    if isinstance(error, _SHORTER):
        return TopicNotOurs(
            f"The {settings.where} no longer holds what was read from it ({why}). Fill a new one "
            "from the register: casebook publish --refill."
        )
    or_else = " It hung up: CASEBOOK_KAFKA_SECURITY may not say what it asks for."
    hint = or_else if _heard.hung_up and "bootstrap" in why else ""
    return LogAway(f"Kafka at {settings.address} is away or does not take it now ({why}).{hint}")


def _common(settings: LogSettings) -> dict[str, Any]:
    return {
        "bootstrap_servers": settings.address.split(","),
        "client_id": "casebook",
        "bootstrap_timeout_ms": ANSWER_MS,
        "reconnect_backoff_max_ms": 1000,
        **settings.client,
    }
