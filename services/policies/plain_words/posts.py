"""What happens to a post without a finding of the council's, in plain words."""

from __future__ import annotations

from collections.abc import Iterator

from services.policies.plain_words.citing import File, cited
from services.policies.plain_words.following import following
from services.policies.plain_words.phrases import either, needs_in_words

_LANGUAGES = {"en": "English", "cy": "Welsh"}
_ACTS = {
    "hide_part": "hide a part of a post",
    "message": "write to a person",
    "block": "block anybody",
    "mute": "mute anybody",
}
_FILTER = {
    "may_act_first": "The platform's filter may act before anybody has looked; it counts against"
    " nobody, and what it did wrongly is put back.",
    "never": "No filter acts first; one that did is recorded as irregular.",
}


def page_in_words(pages: File, page: File) -> Iterator[str]:
    """What is said of a page beyond its name and platform; nothing where nothing is."""
    said = []
    if "language" in page:
        said.append(f"in {_LANGUAGES.get(page['language'], page['language'])}")
    if "twin_of" in page:
        said.append(f"the same page as {pages[page['twin_of']]['name']}")
    if "team" in page:
        said.append(f"looked after by {page['team']}")
    if "moderated" in page:
        said.append(f"moderated {page['moderated']} publication")
    if said:
        yield f"    {page['name']}: {', '.join(said)}."


def platform_in_words(platform: str, limits: File) -> Iterator[str]:
    """What a platform does not let a page's owner do, and what a block achieves there."""
    if "cannot" in limits:
        acts = either(_ACTS.get(act, act) for act in limits["cannot"])
        yield f"  On {platform} a page's owner can't {acts}: {limits['because']}."
    if "block_means" in limits:
        yield f"  On {platform} a block means: {limits['block_means']}."


def withholding(file: File) -> Iterator[str]:
    """What a post needs before it is kept unpublished, where a page is moderated before."""
    held = [p["name"] for p in file["channels"]["pages"].values() if p.get("moderated") == "before"]
    if not held:
        return
    step = file.get("withholding")
    yield f"  On {either(held, 'and')} nobody sees a post before it is approved."
    yield "  Approving one needs nothing; withholding one:"
    yield from needs_in_words(step or file["removal"])
    yield from cited(file, (step or file["removal"])["rules"])


def automation(file: File) -> Iterator[str]:
    """What may act or suggest by itself."""
    if step := file.get("automation"):
        if "filter" in step:
            yield f"  {_FILTER[step['filter']]}"
        if "suggestions" in step:
            may = "may suggest" if step["suggestions"] else "never suggests"
            yield f"  A machine {may}; a person decides."
        yield from cited(file, step["rules"])
    yield from following(file, "platform_acted")
