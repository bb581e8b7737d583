"""Account commands: find the case, judge, record, answer. One transaction, opened by the caller."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

import schemas
from domain.account.evolve import fold
from domain.account.standing import Standing
from domain.account.user_account import UserAccount
from domain.calendar.london import london_date, parse_moment, write_moment
from domain.commands.deciders import acting_role, deciders, why_forbidden
from domain.commands.inquiry import World
from domain.commands.judging import Judgement, judge
from domain.commands.verdict import Verdict
from services.casework import answers
from services.casework.answers import Answer
from services.casework.attaching import attach
from services.casework.documents import Document
from services.casework.ending import ended_blocks
from services.casework.finding import Found, Naming, find
from services.casework.histories import Histories
from services.casework.judged import handle_given_up, is_kept, of_judgement, refusal
from services.casework.mirroring import mirrored
from services.casework.offices import Office, Offices
from services.casework.recording import Body, actor_of, bodies, timer
from services.store.evidence import Evidence
from services.store.lookups import Case, Lookups
from services.store.register import Register


class AccountCommands:
    """Carries out commands about accounts; must run inside `database.writing()`."""

    def __init__(
        self, register: Register, lookups: Lookups, offices: Offices, evidence: Evidence
    ) -> None:
        self._register = register
        self._lookups = lookups
        self._offices = offices
        self._evidence = evidence
        self._histories = Histories(register, lookups)
        self._naming = Naming(lookups)

    def answer(self, document: Document, office: Office, now: datetime, dry: bool) -> Answer:
        """The answer to a command; recorded unless `dry`."""
        fields = document.fields
        found = find(self._lookups, fields)
        opens = fields["command"] == "flag" and "case" not in fields
        if found.case is None and (found.given_up or not opens):
            return self._nothing_there(document, office, found, now)
        account = self._histories.account(found.case)
        if found.case:
            self._end_blocks(account, found.case, office, now)  # a dry run is rolled back whole
        self._not_before_the_last_event(document, account)
        judgement = self._judge(document, office, account, found.case, now)
        if found.warning and judgement.outcome == "accepted":
            judgement.verdict.warnings.append(found.warning)
        made = self._events_of(judgement, document, office, account, found.case, now, dry)
        elsewhere = mirrored(self._histories, judgement, document, office.council.id, now)
        if made and not dry:
            self._save(account, found, made)
            for there, other, events in elsewhere:
                self._save(other, Found(there), events)
        also = [body for _, _, events in elsewhere for body in events]
        return of_judgement(document, judgement, found.case, account, made, also)

    def _end_blocks(self, account: UserAccount, case: Case, office: Office, now: datetime) -> None:
        """End what has run out in the case, and in those read together with it."""
        for there, each in ((case, account), *self._histories.linked(account)):
            if each.standing.blocks:
                self.end_blocks(each, there, office, now)

    def end_blocks(self, account: UserAccount, case: Case, office: Office, now: datetime) -> bool:
        """Record that fixed blocks of the account which have run out by now have ended."""
        world = self._world(office, account, case, now)
        ended = ended_blocks(account.standing, world)
        for document, judgement in ended:
            made = bodies(
                account.id,
                case.case_ref,
                case.council,
                account.version,
                account.standing.last_occurred,
                judgement,
                judgement.drafts,
                document,
                timer(),
                now,
            )
            self._save(account, Found(case), made)
        return bool(ended)

    def account(self, case: Case) -> UserAccount:
        """The account of a case, as it stands."""
        return self._histories.account(case)

    def verdict(self, document: Document, office: Office, case: Case, now: datetime) -> Verdict:
        """What the policy says of a command about a case, whoever gave it; records nothing."""
        account = self._histories.account(case)
        world = self._world(office, account, case, now)
        present = account.standing
        found = judge(document.fields, document.at, present, present, world, by_anyone=True)
        return found.verdict

    def _judge(
        self,
        document: Document,
        office: Office,
        account: UserAccount,
        case: Case | None,
        now: datetime,
    ) -> Judgement:
        world = self._world(office, account, case, now)
        present = account.standing
        fields = document.fields
        then = present
        if case is None:
            then = Standing(platform=fields["account"]["platform"])
        elif write_moment(document.at) < present.last_occurred:
            then = fold(self._histories.events(account.id), moment_judged(document, present))
        return judge(fields, document.at, then, present, world)

    def _world(
        self, office: Office, account: UserAccount, case: Case | None, now: datetime
    ) -> World:
        def holder_of(names: Mapping[str, str]) -> str | None:
            holder = find(self._lookups, {"council": office.council.id, "account": names}).case
            return holder.case_ref if holder else None

        return World(
            now=now,
            council=office.council,
            appointments=office.appointments,
            calendar_of=self._offices.calendar,
            history=lambda: self._histories.events(account.id) if case else [],
            correctable=correctable,
            holder_of=holder_of,
            standing_of=partial(self._histories.standing, office.council.id),
        )

    def _events_of(
        self,
        judgement: Judgement,
        document: Document,
        office: Office,
        account: UserAccount,
        case: Case | None,
        now: datetime,
        dry: bool,
    ) -> list[Body]:
        drafts = [draft for draft in judgement.drafts if draft.case is None]
        if judgement.outcome == "accepted":
            attach(self._evidence, account.id, document.fields, drafts, dry)
        elif case and not dry and is_kept(judgement):
            drafts = [refusal(judgement, document.fields)]
        if case is None and drafts and judgement.outcome == "accepted" and not dry:
            prefix = office.council.earliest().policy.reference
            case = self._lookups.open_case(office.council.id, prefix, account.id)
        return bodies(
            account.id,
            case.case_ref if case else "",
            office.council.id,
            account.version,
            account.standing.last_occurred,
            judgement,
            drafts,
            document,
            actor_of(document, judgement.role),
            now,
        )

    def _save(self, account: UserAccount, found: Found, made: list[Body]) -> None:
        for body in made:
            account.record(body)
        positions = self._register.record(account)
        case = found.case or Case(made[0]["council"], account.id, made[0]["case"])
        platform = account.standing.platform
        if found.takes_over:
            handle = made[0]["data"]["handle"]
            self._lookups.give_up_handle(case.council, platform, handle)
        for body, position in zip(made, positions, strict=True):
            self._naming.learn(case, platform, body, position)
        if account.stale:
            self._register.forget(account.id)
        if any(body["type"] == "HandleChanged" for body in made):
            # One that is entered late may have been followed by another.
            self._naming.goes_by(case, self._histories.account(case).standing.handle or "")

    def _not_before_the_last_event(self, document: Document, account: UserAccount) -> None:
        """What happens now is not earlier than what the cases hold, whatever this clock says."""
        if "occurred_at" in document.fields:
            return
        last = account.standing.last_occurred
        if other := document.fields.get("other"):
            there = self._histories.standing(document.fields["council"], other, None)
            last = max(last, there.last_occurred if there else "")
        if write_moment(document.at) < last:
            document.at = parse_moment(last)

    def _nothing_there(
        self, document: Document, office: Office, found: Found, now: datetime
    ) -> Answer:
        fields = document.fields
        day = london_date(document.at)
        policy, recorded = office.council.procedure(day), london_date(now)
        among, rules = deciders(policy, fields)
        people = office.appointments
        if acting_role(policy.rights, people, fields, day, recorded, among)[1] is None:
            why = why_forbidden(fields, day, recorded)
            answer = answers.plain(document.command_id, "forbidden", [why])
            return answer | {"verdict": Verdict(False, list(rules)).as_json([])}
        if found.given_up:
            return handle_given_up(document, found.given_up)
        named = fields.get("case") or _named(fields["account"])
        return answers.plain(document.command_id, "not_found", [f"there is no case of {named}"])


def _named(account: dict[str, Any]) -> str:
    name = account.get("handle") or account.get("account_id") or "an unknown author"
    return f"{account['platform']}/{name}"


def correctable(type_: str, field: str) -> bool:
    """Whether that field of an event of this type may be corrected."""
    return field in schemas.correctable_fields(type_)


def moment_judged(document: Document, present: Standing) -> str:
    """An application before its own block is judged as at the decision (D-3)."""
    at = write_moment(document.at)
    block = present.blocks.get(document.fields.get("block", 0))
    if document.fields["command"] == "apply-block" and block:
        return max(at, block.decided_at)
    return at
