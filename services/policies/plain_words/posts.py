"""What happens to a post without a finding of the council's, in plain words."""

from __future__ import annotations

from collections.abc import Iterator

from services.policies.plain_words.citing import File, cited
from services.policies.plain_words.following import following

_FILTER = {
    "may_act_first": "The platform's filter may act before anybody has looked; it counts against"
    " nobody, and what it did wrongly is put back.",
    "never": "No filter acts first; one that did is recorded as irregular.",
}


def automation(file: File) -> Iterator[str]:
    """What may act or suggest by itself."""
    if step := file.get("automation"):
        if "filter" in step:
            yield f"  {_FILTER[step['filter']]}"
        if "suggestions" in step:
            may = "may" if step["suggestions"] else "never"
            yield f"  A machine {may} suggest; a person decides."
        yield from cited(file, step["rules"])
    yield from following(file, "platform_acted")
