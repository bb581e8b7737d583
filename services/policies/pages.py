"""Whether what a policy says of its pages and their platforms can be so."""

from __future__ import annotations

from collections.abc import Iterator

from schemas.faults import Fault
from services.policies.places import Table, table, tables, words

_PAGES = "channels.pages."


def impossible_pages(file: Table) -> Iterator[Fault]:
    """Twins that are not there, and withholding where nothing is ever held."""
    yield from _twins(file)
    yield from _nowhere(file)
    held = [page for _, page in tables(file, "channels.pages") if page.get("moderated") == "before"]
    if "withholding" in file and not held:
        problem = "keeps posts unpublished, and every page is moderated after publication"
        yield Fault("withholding", problem, 'a page with moderated = "before"')


def _nowhere(file: Table) -> Iterator[Fault]:
    """A block that no platform of the council offers."""
    platforms = table(file, "platforms")
    pages = [page.get("platform") for _, page in tables(file, "channels.pages")]
    limits = [words(table(platforms, str(platform)), "cannot") for platform in pages]
    if limits and all("block" in cannot for cannot in limits):
        problem = "can't be applied: no platform of the council's pages offers it"
        yield Fault("blocks.grounds", problem, 'a platform without "block" in cannot')


def _twins(file: Table) -> Iterator[Fault]:
    pages = {path.removeprefix(_PAGES): page for path, page in tables(file, _PAGES[:-1])}
    for channel, page in pages.items():
        twin = page.get("twin_of")
        if not isinstance(twin, str):
            continue
        path = f"{_PAGES}{channel}.twin_of"
        if twin not in pages or twin == channel:
            others = ", ".join(sorted(pages.keys() - {channel})) or "another channel"
            yield Fault(path, f"names {twin}, which is no other page of this file", others)
        elif "language" in page and page["language"] == pages[twin].get("language"):
            yield Fault(path, f"is in the same language as {twin}", "another language")
