"""The command behind recorded events, as far as they hold it, ready to be judged again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import orjson

import schemas
from domain.calendar.london import parse_moment
from services.casework.documents import Document

Body = dict[str, Any]
COMMANDS = {
    "CommentFlagged": "flag",
    "RecordCompleted": "complete-record",
    "EvidenceCaptured": "capture",
    "EvidenceNotCaptured": "do-not-capture",
    "FlagUpheld": "uphold",
    "FlagDismissed": "dismiss",
    "FindingOverturned": "overturn",
    "PostHidden": "hide",
    "PostDeleted": "delete",
    "PostRestored": "restore",
    "PostApproved": "approve",
    "PostWithheld": "withhold",
    "ContentGone": "content-gone",
    "ContentChanged": "content-changed",
    "PlatformActed": "platform-acted",
    "ActionNotPossible": "not-possible",
    "RemovalRequested": "ask-removal",
    "RemovalHonoured": "removal-honoured",
    "WarningGiven": "warn",
    "Muted": "mute",
    "MuteEnded": "unmute",
    "Blocked": "block",
    "BlockProposed": "propose-block",
    "BlockApproved": "approve-block",
    "BlockDeclined": "decline-block",
    "IntentionNotified": "notify-intention",
    "ResponseReceived": "receive-response",
    "ResponseConsidered": "consider-response",
    "BlockVaried": "vary-block",
    "BlockNoticeGiven": "notify-block",
    "BlockApplied": "apply-block",
    "BlockLifted": "lift-block",
    "BlockReviewed": "review-block",
    "DirectorNotified": "tell-director",
    "DirectorAcknowledged": "director-acknowledges",
    "PoliceReferred": "refer-police",
    "PoliceNotReferred": "not-referred",
    "AuthorityReferred": "refer-authority",
    "InformationDisclosed": "disclose",
    "PlatformReported": "report-platform",
    "LegalActionConsidered": "consider-legal",
    "IncidentClosed": "close-incident",
    "DutyWaived": "waive",
    "DutyDischarged": "discharge",
    "AppealFiled": "file-appeal",
    "AppealReceivedEarly": "file-appeal",
    "AppealAcknowledged": "acknowledge-appeal",
    "AppealWithdrawn": "withdraw-appeal",
    "AppealDismissed": "dismiss-appeal",
    "ReversalAgreed": "agree-reversal",
    "ReversalDeclined": "decline-reversal",
    "BlockReversed": "reverse-block",
    "ComplaintReceived": "complain",
    "ComplaintAcknowledged": "acknowledge-complaint",
    "ComplaintExtended": "extend-complaint",
    "ComplaintAnswered": "answer-complaint",
    "ComplaintEscalated": "escalate-complaint",
    "HandleChanged": "change-handle",
    "AccountsLinked": "link-accounts",
    "AccountsUnlinked": "unlink-accounts",
    "NoteAdded": "note",
    "RecordCorrected": "correct",
}
"""The command of each event that a person's command makes; AccountOpened comes with a flag."""
MADE_LONGER = ("block", "propose-block", "approve-block")
"""Their events hold the length in full, which the command may have left to the policy."""


def documents(made: Sequence[Body]) -> Iterator[Document]:
    """The documents that may have made these events of one command, the likeliest first.

    None where the record doesn't hold what was asked: a refusal of which no `asked` is kept.
    """
    main = next((each for each in made if each["type"] == "BlockApproved"), made[-1])
    asked = _refused(main) if main["type"] == "RefusalRecorded" else _asked(made, main)
    if asked is None:
        return
    fields = _envelope(main) | asked
    if "AccountOpened" not in [each["type"] for each in made]:
        fields["case"] = main["case"]
    if fields["command"] in MADE_LONGER and main["type"] != "RefusalRecorded":
        yield _document({key: fields[key] for key in fields if key != "length"}, main)
    yield _document(fields, main)


def _document(fields: Body, main: Body) -> Document:
    at = parse_moment(main["occurred_at"])
    return Document(fields, at, main["command_id"], b"", id_given=True)


def _envelope(event: Body) -> Body:
    fields = {"council": event["council"], "actor": event["actor"]["id"]}
    fields |= {key: event[key] for key in ("on_behalf_of", "note") if key in event}
    if "already_done" in event:
        fields["already_done"] = {"reason": event["already_done"]}
    return fields


def _refused(event: Body) -> Body | None:
    kept = event["data"].get("asked")
    return {"command": event["data"]["command"], **orjson.loads(kept)} if kept else None


def _asked(made: Sequence[Body], main: Body) -> Body:
    command, data = COMMANDS[main["type"]], main["data"]
    known = schemas.command_schema(command)["properties"]
    fields = {key: value for key, value in data.items() if key in known}
    if command == "capture":
        fields |= data  # a file's name, size and hash were found when it was kept
        if "held_at" not in data:
            fields["file"] = data.get("file_name", "")
    if made[0]["type"] == "AccountOpened":
        fields["account"] = made[0]["data"] | fields.get("account", {})
    return {"command": command, **fields}
