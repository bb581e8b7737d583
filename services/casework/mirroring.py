"""What one command records in the history of another case too, such as a link."""

from __future__ import annotations

from datetime import datetime

from domain.account.user_account import UserAccount
from domain.commands.judging import Judgement
from services.casework.documents import Document
from services.casework.histories import Histories
from services.casework.recording import Body, actor_of, bodies
from services.store.lookups import Case

Mirrored = tuple[Case, UserAccount, list[Body]]


def mirrored(
    histories: Histories, judgement: Judgement, document: Document, council: str, now: datetime
) -> list[Mirrored]:
    """The events that belong in other cases, each with its case and account."""
    made = []
    for draft in judgement.drafts:
        case = histories.find(council, draft.case) if draft.case else None
        if case is None:
            continue
        account = histories.account(case)
        events = bodies(
            account.id,
            case.case_ref,
            case.council,
            account.version,
            account.standing.last_occurred,
            judgement,
            [draft],
            document,
            actor_of(document, judgement.role),
            now,
        )
        made.append((case, account, events))
    return made
