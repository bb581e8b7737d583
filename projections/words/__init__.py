"""One plain English sentence for every event: who did what, how, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from projections.words import (
    appeals,
    blocks,
    flags,
    judgements,
    links,
    office,
    posts,
    proposals,
    referrals,
    sanctions,
)
from projections.words.phrases import Saying, listed, who

WORDS: dict[str, Saying] = {
    **flags.SAYINGS,
    **judgements.SAYINGS,
    **sanctions.SAYINGS,
    **posts.SAYINGS,
    **blocks.SAYINGS,
    **proposals.SAYINGS,
    **appeals.SAYINGS,
    **referrals.SAYINGS,
    **links.SAYINGS,
    **office.SAYINGS,
}


def sentence(event: Mapping[str, Any]) -> str:
    """The event, whole with its personal values, in one sentence."""
    said = WORDS[event["type"]](who(event), event["data"])
    if event["type"] == "RefusalRecorded" and event["rules"]:
        said += f", under {listed(event['rules'])}"
    if event["actor"]["kind"] == "import":
        said += ", as an earlier register says"
    if "already_done" in event:
        said += ", although the rules did not allow it"
    return said + "."
