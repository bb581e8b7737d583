"""The answer that a judgement comes to, and the refusal that is itself recorded."""

from __future__ import annotations

from typing import Any

import schemas
from domain.account.user_account import UserAccount
from domain.commands.judging import Judgement
from domain.commands.verdict import Draft, Verdict
from domain.policy.rules import state_rule
from services.casework import answers
from services.casework.answers import Answer
from services.casework.asked import LONGEST, without_free_words
from services.casework.documents import Document
from services.casework.recording import Body
from services.store.lookups import Case


def is_kept(judgement: Judgement) -> bool:
    """Whether a refusal is itself recorded: forbidden, or by a rule that says never."""
    if judgement.outcome == "forbidden":
        return True
    never = any(rule.force == "never" for rule in judgement.verdict.rules)
    return judgement.outcome == "refused" and never


def refusal(judgement: Judgement, fields: dict[str, Any]) -> Draft:
    """The event that says what was refused."""
    data = {"command": fields["command"], "outcome": judgement.outcome}
    data |= {key: fields[key] for key in ("incident", "block") if key in fields}
    if judgement.verdict.missing:
        data["missing"] = judgement.verdict.missing
    asked = without_free_words(fields)
    if len(asked) <= LONGEST:
        data["asked"] = asked
    return Draft("RefusalRecorded", data)


def handle_given_up(document: Document, old: Case) -> Answer:
    """The refusal to write by a handle that another account may have now; names both ways on."""
    what = (
        f"That handle was given up by the account of case {old.case_ref}. "
        f"Name the case, or say that it is a new account (account.new_account)."
    )
    rule = state_rule(what)
    verdict = Verdict(False, [rule], missing=["case", "account.new_account"])
    answer = answers.plain(document.command_id, "refused", [what])
    return answer | {"verdict": verdict.as_json([])}


def of_judgement(
    document: Document,
    judgement: Judgement,
    case: Case | None,
    account: UserAccount,
    made: list[Body],
    also: list[Body],
) -> Answer:
    """The answer to a command about an account; `also` was recorded in another case."""
    if judgement.error:
        fault = schemas.Fault(judgement.error.path, judgement.error.problem, judgement.error.wanted)
        return answers.invalid(document.command_id, [fault])
    case_ref = case.case_ref if case else (made[0]["case"] if made else "") or None
    accepted = judgement.outcome == "accepted"
    duties = [duty for body in made for duty in body["duties"]] if accepted else []
    return {
        "command_id": document.command_id,
        "outcome": judgement.outcome,
        "case": case_ref,
        "version": account.version or None,
        "events": answers.events_in(made) + answers.events_elsewhere(also),
        "verdict": judgement.verdict.as_json(duties),
        "why": judgement.why,
    }
