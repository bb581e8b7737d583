"""What TLS needs, looked at before Kafka is asked; and what its errors mean in words."""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from pathlib import Path

from services.settings import Setting, UnusableSetting

FILES = {
    "kafka_ca": "ssl_cafile",
    "kafka_certificate": "ssl_certfile",
    "kafka_key": "ssl_keyfile",
}
_BROKE_OFF = (ssl.SSLEOFError, ssl.SSLZeroReturnError, ssl.SSLSyscallError)


def checked_files(told: Mapping[str, Setting]) -> dict[str, str]:
    """The files that settings name, by kafka-python's options; `told` is by our own names.

    Raises UnusableSetting where one can't be read, or holds something else.
    """
    found = {name: _readable(each) for name, each in told.items() if each.value}
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    if ca := found.get("kafka_ca"):
        try:
            context.load_verify_locations(ca)
        except ssl.SSLError:
            raise UnusableSetting(
                f"{told['kafka_ca'].origin} names {ca}, which holds no certificate in PEM form."
            ) from None
    if certificate := found.get("kafka_certificate"):
        try:
            # Without a word for it, OpenSSL would ask at the terminal, where nobody may be.
            context.load_cert_chain(certificate, found.get("kafka_key"), password="")
        except ssl.SSLError as error:
            raise UnusableSetting(
                f"{told['kafka_certificate'].origin} names {certificate}, which can't be used "
                f"({why_no_tls(error)}). It holds a certificate in PEM form, and it or the file "
                "that CASEBOOK_KAFKA_KEY names the private key of that certificate, not locked."
            ) from None
    return {FILES[name]: path for name, path in found.items()}


def is_about_tls(error: object) -> bool:
    """Whether the two can't agree on TLS; a connection that just broke off is none of it."""
    return isinstance(error, ssl.SSLError) and not isinstance(error, _BROKE_OFF)


def why_no_tls(error: ssl.SSLError) -> str:
    """What OpenSSL says, as words."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return error.verify_message
    return (error.reason or str(error)).lower().replace("_", " ")


def _readable(named: Setting) -> str:
    return str(readable(Path(named.value or "").expanduser(), named.origin))


def readable(path: Path, origin: str) -> Path:
    """The path, if what a setting names there can be read; raises UnusableSetting."""
    try:
        path.open("rb").close()
    except OSError as error:
        raise UnusableSetting(
            f"{origin} names {path}, which can't be read: {error.strerror}."
        ) from None
    return path
