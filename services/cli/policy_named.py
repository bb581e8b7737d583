"""A policy as the command line names it: an adopted version, or a file that may be a draft."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from domain.policy.policy import Policy


def file_text(name: str) -> bytes:
    """The bytes of a policy file, at most one more than the largest that is read."""
    from services.policies.reading import LARGEST

    try:
        with Path(name).expanduser().open("rb") as opened:
            return opened.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise click.UsageError(
            f"{name} can't be read ({why}). Name a policy file that is there."
        ) from None


def policy_named(context: click.Context, name: str) -> Policy:
    """The policy of an id (`council`, `council@version`) in the register, or of a sound file."""
    if not is_file(name):
        from services.cli.opening import opened
        from services.cli.versions import version

        with opened(context) as casework:
            return version(casework, name)
    from hashlib import sha256

    from domain.policy.policy import read_policy
    from services.policies import faults
    from services.policies.reading import read

    text = file_text(name)
    if found := faults(text):
        raise click.UsageError(
            f"{name} is not sound: {found[0]}. casebook policy check {name} tells every fault."
        )
    return read_policy(read(text), sha256(text).hexdigest())


def is_file(name: str) -> bool:
    """Whether a file is meant rather than a council; an id holds neither `/` nor `.toml`."""
    return "/" in name or "\\" in name or name.endswith(".toml") or Path(name).is_file()


def contents(policy: Policy) -> dict[str, Any]:
    """What the policy's file says."""
    said: Mapping[str, Any] = policy.file
    return dict(said)
