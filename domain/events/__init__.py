"""Every event there is, by its stored name."""

from domain.events.accounts import (
    AccountOpened,
    HandleChanged,
    NoteAdded,
    RecordCorrected,
    RefusalRecorded,
)
from domain.events.appeals import (
    AppealAcknowledged,
    AppealDismissed,
    AppealFiled,
    AppealReceivedEarly,
    AppealWithdrawn,
)
from domain.events.blocks import (
    BlockApplied,
    Blocked,
    BlockEnded,
    BlockLifted,
    BlockNoticeGiven,
    BlockReviewed,
    BlockVaried,
    DirectorAcknowledged,
    DirectorNotified,
)
from domain.events.complaints import (
    ComplaintAcknowledged,
    ComplaintAnswered,
    ComplaintEscalated,
    ComplaintExtended,
    ComplaintReceived,
)
from domain.events.council import PeriodDeclared, PeriodEnded, PolicyAdopted
from domain.events.duties import DutyDischarged, DutyWaived
from domain.events.evidence import EvidenceCaptured, EvidenceNotCaptured
from domain.events.findings import FindingOverturned, FlagDismissed, FlagUpheld
from domain.events.incidents import CommentFlagged, IncidentClosed, RecordCompleted
from domain.events.links import AccountsLinked, AccountsUnlinked
from domain.events.proposals import (
    BlockApproved,
    BlockDeclined,
    BlockProposed,
    IntentionNotified,
    ResponseConsidered,
    ResponseReceived,
)
from domain.events.referrals import (
    AuthorityReferred,
    InformationDisclosed,
    LegalActionConsidered,
    PlatformReported,
    PoliceNotReferred,
    PoliceReferred,
)
from domain.events.removal import (
    ActionNotPossible,
    ContentChanged,
    ContentGone,
    PlatformActed,
    PostApproved,
    PostDeleted,
    PostHidden,
    PostRestored,
    PostWithheld,
    RemovalHonoured,
    RemovalRequested,
)
from domain.events.reversals import BlockReversed, ReversalAgreed, ReversalDeclined
from domain.events.sanctions import Muted, MuteEnded, WarningGiven
from domain.events.staff import RoleEnded, RoleGranted

# Stored names are stored history: add to them, never rename or remove.
EVENTS: dict[str, type] = {
    "AccountOpened": AccountOpened,
    "HandleChanged": HandleChanged,
    "AccountsLinked": AccountsLinked,
    "AccountsUnlinked": AccountsUnlinked,
    "NoteAdded": NoteAdded,
    "RecordCorrected": RecordCorrected,
    "RefusalRecorded": RefusalRecorded,
    "CommentFlagged": CommentFlagged,
    "RecordCompleted": RecordCompleted,
    "IncidentClosed": IncidentClosed,
    "EvidenceCaptured": EvidenceCaptured,
    "EvidenceNotCaptured": EvidenceNotCaptured,
    "FlagUpheld": FlagUpheld,
    "FlagDismissed": FlagDismissed,
    "FindingOverturned": FindingOverturned,
    "PostHidden": PostHidden,
    "PostDeleted": PostDeleted,
    "PostRestored": PostRestored,
    "PostApproved": PostApproved,
    "PostWithheld": PostWithheld,
    "ContentGone": ContentGone,
    "ContentChanged": ContentChanged,
    "PlatformActed": PlatformActed,
    "ActionNotPossible": ActionNotPossible,
    "RemovalRequested": RemovalRequested,
    "RemovalHonoured": RemovalHonoured,
    "WarningGiven": WarningGiven,
    "Muted": Muted,
    "MuteEnded": MuteEnded,
    "BlockProposed": BlockProposed,
    "BlockApproved": BlockApproved,
    "BlockDeclined": BlockDeclined,
    "IntentionNotified": IntentionNotified,
    "ResponseReceived": ResponseReceived,
    "ResponseConsidered": ResponseConsidered,
    "Blocked": Blocked,
    "BlockNoticeGiven": BlockNoticeGiven,
    "BlockApplied": BlockApplied,
    "BlockLifted": BlockLifted,
    "BlockVaried": BlockVaried,
    "BlockReviewed": BlockReviewed,
    "BlockEnded": BlockEnded,
    "DirectorNotified": DirectorNotified,
    "DirectorAcknowledged": DirectorAcknowledged,
    "PoliceReferred": PoliceReferred,
    "PoliceNotReferred": PoliceNotReferred,
    "AuthorityReferred": AuthorityReferred,
    "InformationDisclosed": InformationDisclosed,
    "PlatformReported": PlatformReported,
    "LegalActionConsidered": LegalActionConsidered,
    "DutyWaived": DutyWaived,
    "DutyDischarged": DutyDischarged,
    "AppealFiled": AppealFiled,
    "AppealReceivedEarly": AppealReceivedEarly,
    "AppealAcknowledged": AppealAcknowledged,
    "AppealWithdrawn": AppealWithdrawn,
    "AppealDismissed": AppealDismissed,
    "ReversalAgreed": ReversalAgreed,
    "ReversalDeclined": ReversalDeclined,
    "BlockReversed": BlockReversed,
    "ComplaintReceived": ComplaintReceived,
    "ComplaintAcknowledged": ComplaintAcknowledged,
    "ComplaintExtended": ComplaintExtended,
    "ComplaintAnswered": ComplaintAnswered,
    "ComplaintEscalated": ComplaintEscalated,
    "RoleGranted": RoleGranted,
    "RoleEnded": RoleEnded,
    "PolicyAdopted": PolicyAdopted,
    "PeriodDeclared": PeriodDeclared,
    "PeriodEnded": PeriodEnded,
}
