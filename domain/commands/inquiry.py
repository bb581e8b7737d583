"""One command under judgement: what it says, what it is about, and what is found against it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

from domain.account.block import Appeal, Block, Complaint
from domain.account.incident import Incident
from domain.account.proposal import Proposal
from domain.account.standing import Event, Standing
from domain.account.together import Together
from domain.calendar.london import london_date, write_moment
from domain.calendar.working_days import WorkingCalendar
from domain.commands.outcomes import InvalidCommand, NothingThere
from domain.commands.verdict import Draft, Objection, Owed
from domain.people.appointments import Appointments
from domain.people.council import Council
from domain.policy.policy import Policy
from domain.policy.rules import Rule, Rules, state_rule


class CalendarOf(Protocol):
    """The working days and hours of a policy, for a channel and a kind of item where it has any."""

    def __call__(
        self, policy: Policy, channel: str | None = None, kind: str | None = None
    ) -> WorkingCalendar: ...


@dataclass(slots=True)
class World:
    """What the edge hands in: the moment, the council, who holds which role, the calendar.

    `calendar_of` gives the calendar of a policy, and of a channel and a kind of item where those
    have hours of their own; `history` gives the case's events as recorded; `correctable` tells
    whether a field of an event type may be corrected; `holder_of` names the case that an account
    of these names has. `standing_of` gives another case of the council by its reference, as it
    stood at a moment or (None) as it is recorded; None where there is no such case.
    """

    now: datetime
    council: Council
    appointments: Appointments
    calendar_of: CalendarOf
    history: Callable[[], list[Event]]
    correctable: Callable[[str, str], bool]
    holder_of: Callable[[Mapping[str, str]], str | None]
    standing_of: Callable[[str, str | None], Standing | None]

    def together(self, case: Standing, at: datetime) -> Together:
        """The case with all that are of its account, as links and cases stood at that moment."""
        moment = write_moment(at)
        return Together(case, lambda other: self.standing_of(other, moment) or Standing(other))


@dataclass(slots=True)
class Inquiry:
    """A command, the case as it stood then (`case`) and as it stands (`present`)."""

    command: dict[str, Any]
    world: World
    at: datetime
    case: Standing
    present: Standing
    policies: tuple[Policy, ...]
    role: str = ""
    roles: frozenset[str] = frozenset()
    objections: list[Objection] = field(default_factory=list)
    allowing: list[Rule] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)
    substance: Policy | None = None
    opens_on: str | None = None
    instead: list[tuple[str, Rule]] = field(default_factory=list)
    record_complete: bool = False
    irregular: list[dict[str, str]] = field(default_factory=list)
    together: Together = field(init=False)

    def __post_init__(self) -> None:
        self.together = self.world.together(self.case, self.at)

    @property
    def policy(self) -> Policy:
        """The version whose steps apply at the decision."""
        return self.policies[0]

    @property
    def already_done(self) -> bool:
        """Whether it was done in the world though the rules may say no."""
        return "already_done" in self.command

    @property
    def block_meant(self) -> int | None:
        """The number that a block to be decided has already: named, or got when proposed."""
        if "block" in self.command:
            number: int = self.command["block"]
            return number
        proposal = self.open_proposal()
        return proposal.number if proposal else None

    def open_proposal(self) -> Proposal | None:
        """The open proposal of just this block: on the same ground, for the same incidents."""
        wanted = (self.command["ground"], sorted(self.command["incidents"], key=str))
        for proposal in self.case.open_proposals():
            terms = proposal.terms
            if (terms["ground"], sorted(terms["incidents"], key=str)) == wanted:
                return proposal
        return None

    @property
    def moment(self) -> str:
        """When it happened, as events write it."""
        return write_moment(self.at)

    @property
    def day(self) -> date:
        """The London date on which it happened."""
        return london_date(self.at)

    @property
    def people(self) -> frozenset[str]:
        """Who acts, and for whom."""
        both = (self.command["actor"], self.command.get("on_behalf_of"))
        return frozenset(person for person in both if person)

    def may_as(self, roles: Iterable[str]) -> bool:
        """Whether who acts holds one of these roles."""
        return not self.roles.isdisjoint(roles)

    def refuse(
        self,
        rules: Rules,
        why: str = "",
        missing: Iterable[str] = (),
        allowed_from: str | None = None,
        instead: Iterable[tuple[str, Rule]] = (),
    ) -> None:
        """Say no under these rules; every refusal of an inquiry is kept.

        Of what was already done in the world, a policy's no is kept as an irregularity instead.
        """
        found = Objection(rules, tuple(missing), allowed_from, tuple(instead), why)
        if self.already_done and not found.is_state:
            self.find_irregular(rules, why)
        else:
            self.objections.append(found)

    def find_irregular(self, rules: Iterable[Rule], why: str) -> None:
        """Keep with the event what the rules say against something that was done all the same."""
        self.irregular += [{"rule": rule.id, "what": why or rule.quote} for rule in rules]

    def refuse_state(self, what: str, instead: Iterable[tuple[str, Rule]] = ()) -> None:
        """Say no because of what has happened, where no clause covers it."""
        self.refuse((state_rule(what),), what, instead=instead)

    def allow(self, rules: Rules) -> None:
        """Name rules that allow the act."""
        self.allowing.extend(rules)

    def record(self, type_: str, **data: Any) -> Draft:
        """Draft the event; what is None is left out."""
        kept = {key: value for key, value in data.items() if value is not None}
        draft = Draft(type_, kept)
        self.drafts.append(draft)
        return draft

    def fields(self, *names: str) -> dict[str, Any]:
        """Those fields of the command that it has."""
        return {name: self.command[name] for name in names if name in self.command}

    def incident(self, number: int, path: str = "incident") -> Incident:
        """The incident of that number as it stood then."""
        found: Incident = self._named("incident", number, path)
        return found

    def called(self, incident: Incident) -> str:
        """An incident as people name it here: its number, with its case where that is another."""
        if self.together.case_of(incident) is self.case:
            return str(incident.number)
        return f"{incident.case}/{incident.number}"

    def block(self, number: int | None = None) -> Block:
        """The block that the command names, as it stood then."""
        found: Block = self._named("block", number or self.command["block"], "block")
        return found

    def appeal(self, number: int, path: str = "appeal") -> Appeal:
        """The appeal of that number as it stood then."""
        found: Appeal = self._named("appeal", number, path)
        return found

    def complaint(self, number: int) -> Complaint:
        """The complaint of that number as it stood then."""
        found: Complaint = self._named("complaint", number, "complaint")
        return found

    def _named(self, kind: str, number: int, path: str) -> Any:
        then = getattr(self.case, f"{kind}s").get(number)
        if then is not None:
            return then
        if number not in getattr(self.present, f"{kind}s"):
            raise NothingThere(f"case {self.present.case} has no {kind} {number}")
        happened = self.present.about[(kind, number)][0][0]
        if kind == "block":
            happened = self.present.blocks[number].decided_at  # what was proposed came before
        wanted = f"a moment not before it, or the {kind} that was meant"
        raise InvalidCommand(path, f"{kind} {number} happened on {happened}, later", wanted)

    def check_nothing_came_later(self) -> None:
        """Say that the command is wrong where it names something that happened after it."""
        because = self.command.get("because")
        for kind in ("incident", "block", "appeal", "complaint"):
            unasked = because and kind in ("appeal", "complaint") and kind != because
            number = self.command.get(kind)
            if not isinstance(number, int) or unasked:
                continue
            if number in getattr(self.present, f"{kind}s"):
                self._named(kind, number, kind)

    def owe(self, draft: Draft, duty: Owed) -> None:
        """Attach a duty to the event that raises it, once."""
        if all(_what(owed) != _what(duty) for owed in draft.owes):
            draft.owes.append(duty)

    def owe_plainly(self, draft: Draft, code: str, rule: Rule, about: dict[str, Any]) -> None:
        """Attach a duty of the officer that has no due date."""
        self.owe(draft, Owed(code, rule, "officer", None, None, about))


def _what(duty: Owed) -> tuple[str, dict[str, Any], str]:
    """What makes two duties one; each authority is referred to under a rule of its own."""
    return duty.code, duty.about, duty.rule.id if duty.code == "refer_authority" else ""
