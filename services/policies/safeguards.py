"""Whether a policy file keeps what no policy may give up."""

from __future__ import annotations

from collections.abc import Iterator

from schemas.faults import Fault
from services.policies.places import Table, duties, needs, table, words

UNLAWFUL_TO_HOLD = "suspected_illegal_image"


def missing_safeguards(file: Table) -> Iterator[Fault]:
    """A capture that is asked for, also of what is a crime to hold."""
    if UNLAWFUL_TO_HOLD in words(table(file, "capture.never_after"), "grounds"):
        return
    wanted = f'capture.never_after with "{UNLAWFUL_TO_HOLD}" among its grounds'
    for path, duty in duties(file):
        if duty.get("code") == "capture_evidence":
            yield Fault(path, "owes a capture, and there is no way not to", wanted)
    for path, need in needs(file):
        if need.get("what") in ("evidence", "finding_or_unlawful"):
            yield Fault(path, "needs a capture, and there is no way not to", wanted)
