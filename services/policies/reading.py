"""The bytes of a policy file as tables and values, or the line at which they are no TOML."""

from __future__ import annotations

import re
import tomllib
from typing import Any

from services.policies.fault import PolicyFault

_LINE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")
LARGEST = 1_000_000
"""So many bytes at most: no policy is longer, and what is isn't read to its end."""

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class UnreadableError(ValueError):
    """The bytes are no TOML; `fault` says at which line and why."""

    def __init__(self, fault: PolicyFault) -> None:
        self.fault = fault
        super().__init__(str(fault))


def read(text: bytes) -> dict[str, Any]:
    """The file's tables; UnreadableError where it is not UTF-8 or no TOML."""
    if len(text) > LARGEST:
        raise _unreadable(1, "is too large", f"a policy of at most {LARGEST} bytes")
    if text.startswith(_BYTE_ORDER_MARK):
        raise _unreadable(1, "begins with a byte order mark", "UTF-8 without one")
    try:
        return tomllib.loads(text.decode())
    except UnicodeDecodeError as error:
        line = text.count(b"\n", 0, error.start) + 1
        raise _unreadable(line, "is not UTF-8", "the file saved as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise _not_toml(text, str(error)) from None
    except RecursionError:
        raise _unreadable(1, "nests too deeply", "tables of at most a few levels") from None


def _not_toml(text: bytes, message: str) -> UnreadableError:
    found = _LINE.search(message)
    last = len(text.splitlines()) or 1
    line = int(found[1]) if found and found[1] else last
    problem = message[: found.start()] if found else message
    return _unreadable(line, f"is no TOML: {problem[:1].lower()}{problem[1:]}", "a sound line")


def _unreadable(line: int, problem: str, wanted: str) -> UnreadableError:
    return UnreadableError(PolicyFault(line, "", problem, wanted))
