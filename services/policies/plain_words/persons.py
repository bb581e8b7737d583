"""Who may do what under a policy, in plain words."""

from __future__ import annotations

from collections.abc import Iterator

from services.policies.plain_words.citing import File, cited
from services.policies.plain_words.phrases import either, plain


def persons(file: File) -> Iterator[str]:
    """The further roles and the permissions; nothing where the policy leaves both as they are."""
    for role, entry in file.get("roles", {}).items():
        said = f"  {entry['name']} ({plain(role)}) may do what the {plain(entry['like'])} may"
        if more := entry.get("may"):
            said += f", and {either(more, 'and')}"
        if less := entry.get("may_not"):
            said += f", but not {either(less)}"
        yield f"{said}:"
        yield from cited(file, entry["rules"])
    permissions = file.get("permissions", {})
    for command, roles in permissions.items():
        if command != "rules":
            yield f"  Only the {either(roles)} may {command}."
    if permissions:
        yield from cited(file, permissions["rules"])
