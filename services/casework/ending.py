"""Fixed-length blocks that have run out: ended by the timer, never by the officer."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4

from domain.account.block import Block
from domain.account.standing import Standing
from domain.calendar.london import at_london, london_date
from domain.commands.discharge import ended_by
from domain.commands.duties import raise_unblocked
from domain.commands.inquiry import Inquiry, World
from domain.commands.judging import Judgement
from domain.commands.verdict import Verdict
from services.casework.documents import Document


def ended_blocks(case: Standing, world: World) -> list[tuple[Document, Judgement]]:
    """The endings to record by now, each with the moment at which the block ran out."""
    return [
        _ending(case, block, world)
        for block in case.standing_blocks()
        if _run_out(block, world.now)
    ]


def runs_until(block: Block) -> datetime | None:
    """The moment at which a block ends by itself: the end of its last day in London."""
    if block.length["kind"] != "fixed" or block.length.get("ends") != "by_itself":
        return None
    last = date.fromisoformat(block.length["until"])
    return at_london(last + timedelta(days=1), time()).astimezone(UTC)


def _run_out(block: Block, now: datetime) -> bool:
    ends = runs_until(block)
    return ends is not None and ends <= now


def _ending(case: Standing, block: Block, world: World) -> tuple[Document, Judgement]:
    at = runs_until(block) or world.now
    policy = world.council.procedure(london_date(at))
    command = {"command": "tick", "actor": "casebook", "block": block.number}
    inquiry = Inquiry(command, world, at, case, case, (policy,))
    set_by = sorted(block.length_set_by or block.deciders)[0]
    draft = inquiry.record("BlockEnded", block=block.number, length=block.length, set_by=set_by)
    raise_unblocked(inquiry, draft, block.number, block.reached)
    draft.ends = ended_by(inquiry, draft)
    document = Document(command, at, str(uuid4()), b"", id_given=False)
    ground = policy.block_grounds.get(block.ground)
    verdict = Verdict(True, list(ground.rules if ground else policy.cited("blocks", "rules")))
    return document, Judgement("accepted", verdict, drafts=[draft], policy=policy)
