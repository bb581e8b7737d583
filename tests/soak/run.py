"""One run: everybody at work, chaos, then quiet, and the verdict."""

from __future__ import annotations

from math import inf
from pathlib import Path

from services.store.postgres import PostgresDatabase
from tests.projector.streaming import caught_up, project, publish, until
from tests.soak.chaos import Chaos
from tests.soak.town import town
from tests.soak.verdict import Verdict, judged
from tests.soak.writer import answers_in

AT_WORK = 30.0
CALM = 120.0


def soaked(folder: Path, kills: int, seed: int, seconds: float = inf) -> tuple[Chaos, Verdict]:
    """Let so much be killed while people work; what was done, and what is true at the end."""
    with town(folder) as place:
        place.everybody()
        until(lambda: all(map(answers_in, place.journals)), "everybody is at work", AT_WORK)
        for path in place.journals:
            assert answers_in(path)[0]["outcome"] == "accepted", answers_in(path)[0]
        chaos = Chaos(place, seed)
        chaos.until(kills, seconds)
        place.stop.touch()
        for node in place.kafka.nodes:
            node.wait()
        for writer in place.writers:
            writer.wait(CALM)
        for program in (place.publisher, *place.projectors):
            program.end(CALM)
        publish(place.address, place.log)
        project(place.address, place.log)
        views = PostgresDatabase.open_views(place.address)
        until(lambda: caught_up(views), "all is in the views", CALM)
        views.close()
        return chaos, judged(place)


def told(chaos: Chaos, verdict: Verdict) -> str:
    """The figures, one line, and what was done, another."""
    done = ", ".join(f"{what} {times}" for what, times in sorted(chaos.done.items()))
    standing = ", ".join(f"{kind} {times}" for kind, times in sorted(verdict.counted.items()))
    return (
        f"commands {verdict.commands} (sent again {verdict.again}), kills {chaos.kills}, "
        f"lost {len(verdict.lost)}, doubled {len(verdict.doubled)}, "
        f"out of order {len(verdict.out_of_order)}, views wrong {len(verdict.views)}\n"
        f"{done}\nevents {verdict.events}, records {verdict.records}: {standing}"
    )
