"""What each role may do where a policy is silent."""

from __future__ import annotations

from collections.abc import Iterable

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
    "notify-block",
    "apply-block",
    "lift-block",
    "review-block",
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


def lowest_role(roles: Iterable[str], command: str, among: Iterable[str] = ()) -> str | None:
    """The lowest of these roles that may do the command; `among` narrows who may."""
    held, allowed = set(roles), set(among)
    for role, commands in RIGHTS.items():
        if role in held and command in commands and (not allowed or role in allowed):
            return role
    return None
