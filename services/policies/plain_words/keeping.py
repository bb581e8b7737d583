"""How long what is recorded is kept, in plain words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from services.policies.plain_words.citing import File, cited
from services.policies.plain_words.phrases import plain

_FROM = {
    "last_event": "the last thing recorded",
    "closed": "the day on which the incident was closed",
    "block_ended": "the end of the block",
}


def retention(file: File) -> Iterator[str]:
    """Each class of record with how long it is kept at least and at most, and from when."""
    for name, kept in file.get("retention", {}).items():
        bounds = [
            f"at {bound} {_time(kept[bound])}" for bound in ("least", "most") if bound in kept
        ]
        start = f", counted from {_FROM[kept['from']]}"
        yield f"  {plain(name).capitalize()}: kept {' and '.join(bounds)}{start}."
        if "evidential" in kept:
            yield f"    where it is evidence: {kept['evidential']}"
        yield from cited(file, kept["rules"])


def _time(time: Mapping[str, int]) -> str:
    if "months" in time:
        return f"{time['months']} month" + ("" if time["months"] == 1 else "s")
    years = time["calendar_years"]
    whole = f"{years} calendar year" + ("" if years == 1 else "s")
    return f"{whole} (to the end of the last of them)"
