"""Where a policy holds, what is recorded, and what is a breach, in plain words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from services.policies.plain_words.citing import File, cited
from services.policies.plain_words.following import following
from services.policies.plain_words.hours import hours
from services.policies.plain_words.phrases import either, plain
from services.policies.plain_words.posts import page_in_words, platform_in_words

_FACTS = {
    "true_facts": "what is true",
    "fact_source": "the source of what is true",
    "characteristics": "the characteristic",
    "target": "whom it targets",
    "intended_word": "the word that is meant",
    "elements": "the elements",
    "completely": "that it is so completely",
}


CAPTURES = {
    "must": "Evidence is always kept, unless a reason is recorded why not.",
    "may": "Evidence may be kept.",
    "never": "No evidence is kept.",
}
_RECORD = {
    "account.name": "the name of the account",
    "account.handle": "the handle",
    "item.posted_at": "the date of the post",
    "item.post": "the post",
    "why": "why it is unacceptable",
}


def places(file: File) -> Iterator[str]:
    """The pages, the hours, and what a platform can't do."""
    channels = file["channels"]
    pages = channels["pages"]
    yield f"  The council's pages: {', '.join(page['name'] for page in pages.values())}."
    yield from (line for page in pages.values() for line in page_in_words(pages, page))
    yield from cited(file, channels["rules"])
    for platform, limits in file.get("platforms", {}).items():
        yield from platform_in_words(platform, limits)
    yield "  What was sent to the council itself counts too, and has no page to be hidden from:"
    yield from cited(file, channels["nothing_to_remove"])
    yield from hours(file)


def _record_word(field: str) -> str:
    return _RECORD.get(field, field)


def record(file: File) -> Iterator[str]:
    """What a record must hold, and how evidence is kept."""
    kept = file["record"]
    fields = either(map(_record_word, kept["fields"]), "and")
    yield f"  A record must hold: {fields or 'nothing in particular'}."
    if "fields_without_post" in kept:
        without = either(map(_record_word, kept["fields_without_post"]), "and")
        yield f"  Where there is no post: {without}."
    yield from cited(file, kept["rules"])
    known = "It is complete" if fields else "Whose account it is must be known"
    yield f"  {known} before anybody acts. [{', '.join(kept['before_acting'])}]"
    if unknown := kept.get("unknown_author"):
        yield "  Where the author is not known yet, completing it is owed:"
        yield from cited(file, unknown)
    yield "  Nobody is acted against for a view:"
    yield from cited(file, file["viewpoint"]["rules"])
    capture = file["capture"]
    if "force" in capture:
        yield f"  {CAPTURES[capture['force']]}"
        yield from cited(file, capture["rules"])
    if asks := capture.get("asks_lawful_to_hold"):
        yield f"  Before {either(asks['formats'])} is captured, somebody says it is lawful to hold:"
        yield from cited(file, asks["rules"])
    if never := capture.get("never_after"):
        yield f"  Nothing is captured any more after {either(never['grounds'])}:"
        yield from cited(file, never["rules"])
    yield from following(file, "flagged", "not_captured", "content_changed")


def breaches(file: File) -> Iterator[str]:
    """Each category with its words and what must be stated with it."""
    for code, category in file["categories"].items():
        yield f"  {plain(code).capitalize()}{_kinds(category)}{_counting(category)}"
        yield from cited(file, category["rules"])
        yield from _resting_on(file, category)
        yield from (
            f"    must be stated: {_asked(file, asked)}" for asked in _asks(category, False)
        )
        yield from (f"    may be stated: {_asked(file, asked)}" for asked in _asks(category, True))
    for name, mark in file.get("marks", {}).items():
        another = ", by another person than who recorded it" if _another(mark) else ""
        yield f"  A breach may be marked {name}{another}:"
        yield from cited(file, mark["rules"])
    yield "  Anything else is no breach:"
    yield from cited(file, file["findings"]["not_a_category"])
    yield from following(file, "upheld", "dismissed", "overturned")


def _resting_on(file: File, category: Mapping[str, Any]) -> Iterator[str]:
    if "outside" in category:
        document = file["outside"][category["outside"]]
        yield f"    rests on: {document['name']}, version {document['version']}"
        yield f"      published: {document['source']}"
    if "kinds" in category:
        yield f"    found only of: {either(category['kinds'])}"
    if category.get("catch_all"):
        yield "    for what no other category covers: what it is must be said in words"


def _asks(category: Mapping[str, Any], optional: bool) -> list[Mapping[str, Any]]:
    return [a for a in category.get("asks", ()) if a.get("optional", False) is optional]


def _another(mark: Mapping[str, Any]) -> bool:
    return bool(mark.get("another_than_recorder"))


def _kinds(category: Mapping[str, Any]) -> str:
    kinds = category.get("sub_reasons")
    if not kinds:
        return ""
    required = "one must be named" if category.get("sub_reason_required") else "may be named"
    return f" ({either(kinds)}; {required})"


def _counting(category: Mapping[str, Any]) -> str:
    linked = category.get("linked_posts")
    said = f", with at least {linked} posts linked" if linked else ""
    return said + (", never counted towards a block" if category.get("strike") is False else "")


def _asked(file: File, asked: Mapping[str, Any]) -> str:
    said = _FACTS[asked["field"]]
    if "list" in asked:
        said += f" ({either(file['lists'][asked['list']])})"
    if "all_of" in asked:
        said += f" ({either(asked['all_of'], 'and')}: all)"
    for key in ("only", "kinds"):
        if key in asked:
            said += f" ({either(asked[key])})"
    if "sub_reasons" in asked:
        said += f", for {either(asked['sub_reasons'])}"
    return said + (f" [{', '.join(asked['rules'])}]" if "rules" in asked else "")
