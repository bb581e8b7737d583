"""What each event counts as, and in which tables."""

from __future__ import annotations

from typing import NamedTuple


class Counted(NamedTuple):
    """A measure that an event adds one to, and the tables it is broken down in beside `month`."""

    measure: str
    by: tuple[str, ...] = ()
    each: str = ""
    """The list in the event's data of which each entry counts by itself; else the event does."""
    day: str = ""
    """The London date in the event's data on which it counts; else the day it happened."""


ITEM = ("channel", "target")
BLOCK = ("ground", "scope")

# The literal table: a new event is one line here, or its name in NOT_COUNTED.
COUNTED: dict[str, tuple[Counted, ...]] = {
    "AccountOpened": (Counted("accounts_opened"),),
    "CommentFlagged": (
        Counted("flagged", (*ITEM, "kind", "source", "welfare_concern", "outcome")),
    ),
    "EvidenceCaptured": (Counted("captured", ITEM),),
    "EvidenceNotCaptured": (Counted("not_captured", ("capture_ground",)),),
    "FlagUpheld": (
        Counted("upheld", ITEM),
        Counted("findings", ("category",), each="findings"),
    ),
    "FlagDismissed": (Counted("dismissed", (*ITEM, "reason")),),
    "FindingOverturned": (Counted("overturned", (*ITEM, "because")),),
    "PostHidden": (Counted("hidden", (*ITEM, "removal_ground")),),
    "PostDeleted": (Counted("deleted", (*ITEM, "removal_ground")),),
    "PostRestored": (Counted("restored", ITEM),),
    "PostApproved": (Counted("posts_approved", ITEM),),
    "PostWithheld": (Counted("posts_withheld", ITEM),),
    "PlatformActed": (Counted("platform_acted", (*ITEM, "action", "because")),),
    "ContentGone": (Counted("gone", (*ITEM, "by")),),
    "RemovalRequested": (Counted("asked", (*ITEM, "via", "delivery")),),
    "RemovalHonoured": (Counted("honoured", (*ITEM, "how")),),
    "ActionNotPossible": (Counted("not_possible", ("action",)),),
    "IncidentClosed": (Counted("closed", ITEM),),
    "WarningGiven": (Counted("warned", ("level", "via", "delivery")),),
    "Muted": (Counted("muted"), Counted("pages_muted", ("channel",), each="channels")),
    "MuteEnded": (Counted("mutes_ended"),),
    "BlockProposed": (Counted("blocks_proposed", BLOCK),),
    "BlockApproved": (Counted("blocks_approved"),),
    "BlockDeclined": (Counted("blocks_declined"),),
    "Blocked": (
        Counted("blocked", (*BLOCK, "length", "outcome")),
        Counted("pages_blocked", ("channel",), each="channels"),
    ),
    "BlockVaried": (Counted("blocks_varied"),),
    "BlockReviewed": (Counted("blocks_reviewed"),),
    "BlockNoticeGiven": (Counted("block_notices", ("via", "delivery")),),
    "DirectorNotified": (Counted("director_told", ("via", "delivery")),),
    "BlockReversed": (Counted("reversed", ("because",)),),
    "BlockEnded": (Counted("ended"),),
    "IntentionNotified": (Counted("intentions", ("via", "delivery")),),
    "ResponseReceived": (Counted("responses", day="received_on"),),
    "AppealReceivedEarly": (Counted("appeals_early", ("via", "outcome"), day="received_on"),),
    "AppealFiled": (Counted("appeals_filed", ("via", "outcome"), day="received_on"),),
    "AppealDismissed": (Counted("appeals_dismissed"),),
    "AppealWithdrawn": (Counted("appeals_withdrawn"),),
    "ComplaintReceived": (Counted("complaints", ("via",), day="received_on"),),
    "ComplaintEscalated": (Counted("complaints_escalated"),),
    "ComplaintExtended": (Counted("complaints_extended", ("stage",)),),
    "ComplaintAnswered": (Counted("complaints_answered", ("stage", "result")),),
    "PoliceReferred": (Counted("police_referred", ("police_ground",)),),
    "PoliceNotReferred": (Counted("police_not_referred"),),
    "PlatformReported": (Counted("platform_reported", (*ITEM, "to", "what")),),
    "AuthorityReferred": (Counted("authority_referred"),),
    "InformationDisclosed": (Counted("disclosed"),),
    "LegalActionConsidered": (Counted("legal_considered", ("legal_outcome",)),),
    "RefusalRecorded": (Counted("refusals_recorded", ("command", "refusal")),),
}

NOT_COUNTED = frozenset(
    {
        # They add to what another event told.
        *("RecordCompleted", "RecordCorrected", "NoteAdded", "HandleChanged", "ContentChanged"),
        *("AccountsLinked", "AccountsUnlinked", "DutyWaived", "DutyDischarged"),
        # Steps on the way to what is counted.
        *("BlockApplied", "BlockLifted", "DirectorAcknowledged", "AppealAcknowledged"),
        *("ReversalAgreed", "ReversalDeclined", "ComplaintAcknowledged", "ResponseConsidered"),
        # Of the office, not of an account.
        *("RoleGranted", "RoleEnded", "PolicyAdopted", "PeriodDeclared", "PeriodEnded"),
    }
)

DUTIES = Counted("duties", ("duty", "outcome"))
"""What was owed, by what became of it; counted in the month in which it was raised."""
IRREGULAR = Counted("irregularities", ("rule",), each="irregular")
"""What was recorded though a rule said otherwise: one for each rule of each event."""

MEASURES = (*(counted for each in COUNTED.values() for counted in each), DUTIES, IRREGULAR)
"""Every measure there is, in the order in which they are told."""

OUTCOMES: dict[str, tuple[str, ...]] = {
    "flagged": ("waiting", "upheld", "dismissed", "overturned"),
    "blocked": ("blocked", "reversed", "ended"),
    "appeals_filed": ("open", "upheld", "dismissed", "withdrawn"),
    "appeals_early": ("early", "withdrawn"),
    "duties": ("met_in_time", "met_late", "met", "waived", "open", "overdue"),
}
"""What had become of each by the cut-off. A duty that was `met` had no date to be met by."""
