"""What each role may do: where a policy is silent, and where it says so itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

COMPLAINTS = frozenset(
    {
        "file-appeal",
        "acknowledge-appeal",
        "withdraw-appeal",
        "complain",
        "acknowledge-complaint",
        "extend-complaint",
        "answer-complaint",
        "escalate-complaint",
        "note",
    }
)
OFFICER = COMPLAINTS | {
    "flag",
    "complete-record",
    "capture",
    "do-not-capture",
    "uphold",
    "dismiss",
    "overturn",
    "hide",
    "delete",
    "restore",
    "content-gone",
    "content-changed",
    "approve",
    "withhold",
    "platform-acted",
    "not-possible",
    "ask-removal",
    "removal-honoured",
    "warn",
    "mute",
    "unmute",
    "block",
    "propose-block",
    "notify-intention",
    "receive-response",
    "consider-response",
    "notify-block",
    "apply-block",
    "lift-block",
    "review-block",
    "vary-block",
    "tell-director",
    "refer-police",
    "not-referred",
    "report-platform",
    "refer-authority",
    "disclose",
    "consider-legal",
    "close-incident",
    "discharge",
    "dismiss-appeal",
    "reverse-block",
    "change-handle",
    "link-accounts",
    "unlink-accounts",
    "correct",
}
MANAGER = OFFICER | {
    "agree-reversal",
    "decline-reversal",
    "approve-block",
    "decline-block",
    "waive",
    "declare-period",
    "end-period",
}

# From the lowest up: an event carries the lowest role that suffices.
RIGHTS: dict[str, frozenset[str]] = {
    "auditor": frozenset(),
    "records_officer": frozenset(),
    "complaints_officer": COMPLAINTS,
    "officer": OFFICER,
    "communications_manager": MANAGER,
    "service_director": frozenset({"director-acknowledges"}),
    "administrator": frozenset({"appoint", "end-appointment", "adopt-policy"}),
}
READERS = frozenset(RIGHTS) - {"administrator"}


@dataclass(frozen=True, slots=True)
class Rights:
    """What each role may do, the lowest role first; further roles are `like` one of the seven."""

    commands: Mapping[str, frozenset[str]]
    like: Mapping[str, str]

    def lowest(self, roles: Iterable[str], command: str, among: Iterable[str] = ()) -> str | None:
        """The lowest of these roles that may do the command; `among` narrows who may."""
        held, allowed = set(roles), set(among)
        for role, commands in self.commands.items():
            if role in held and command in commands and (not allowed or role in allowed):
                return role
        return None

    def held_as(self, roles: Iterable[str], wanted: str) -> str | None:
        """The first of these roles that is the wanted one, or a further role like it."""
        return next((r for r in sorted(roles) if self.like.get(r, r) == wanted), None)

    def may_read(self, roles: Iterable[str]) -> bool:
        """Whether one of these roles may read cases."""
        return any(self.like.get(role, role) in READERS for role in roles)

    def able(self, command: str) -> list[str]:
        """The roles that may do the command."""
        return [role for role, commands in self.commands.items() if command in commands]


SILENT = Rights(RIGHTS, {})
"""What holds where a policy says nothing of roles."""
