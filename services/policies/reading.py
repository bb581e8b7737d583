"""The bytes of a policy file as tables and values, or the line at which they are no TOML."""

from __future__ import annotations

import re
import tomllib
from typing import Any

from services.policies.fault import PolicyFault

_LINE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")
LARGEST = 1_000_000
"""So many bytes at most: no policy is longer, and what is isn't read to its end."""

LONGEST = 10_000
"""So many characters in a line at most; reading a longer one could take minutes."""

DEEPEST = 20
"""So many tables and lists within each other at most."""

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class UnreadableError(ValueError):
    """The bytes are no TOML; `fault` says at which line and why."""

    def __init__(self, fault: PolicyFault) -> None:
        self.fault = fault
        super().__init__(str(fault))


def read(text: bytes) -> dict[str, Any]:
    """The file's tables; UnreadableError where it is not UTF-8 or no TOML."""
    _check_size(text)
    if text.startswith(_BYTE_ORDER_MARK):
        raise _unreadable(1, "begins with a byte order mark", "UTF-8 without one")
    try:
        file = tomllib.loads(text.decode())
    except UnicodeDecodeError as error:
        line = text.count(b"\n", 0, error.start) + 1
        raise _unreadable(line, "is not UTF-8", "the file saved as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise _not_toml(text, str(error)) from None
    except ValueError:
        raise _unreadable(1, "is no TOML: a number is too long", "a whole number") from None
    except RecursionError:
        raise _too_deep() from None
    _check_depth(file)
    return file


def _check_size(text: bytes) -> None:
    if len(text) > LARGEST:
        raise _unreadable(1, "is too large", f"a policy of at most {LARGEST} bytes")
    for number, line in enumerate(text.splitlines(), 1):
        if len(line) > LONGEST:
            raise _unreadable(number, "is too long", f"a line of at most {LONGEST} characters")


def _check_depth(file: dict[str, Any]) -> None:
    """What walks through the file later may go as deep as its tables do."""
    within: list[Any] = [file]
    for _ in range(DEEPEST):
        within = [
            inner
            for value in within
            for inner in (value.values() if isinstance(value, dict) else value)
            if isinstance(inner, dict | list)
        ]
    if within:
        raise _too_deep()


def _too_deep() -> UnreadableError:
    return _unreadable(1, "nests too deeply", "tables of at most a few levels")


def _not_toml(text: bytes, message: str) -> UnreadableError:
    found = _LINE.search(message)
    last = len(text.splitlines()) or 1
    line = int(found[1]) if found and found[1] else last
    problem = message[: found.start()] if found else message
    return _unreadable(line, f"is no TOML: {problem[:1].lower()}{problem[1:]}", "a sound line")


def _unreadable(line: int, problem: str, wanted: str) -> UnreadableError:
    return UnreadableError(PolicyFault(line, "", problem, wanted))
