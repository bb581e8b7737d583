"""The case as a plain page: every event in words, the evidence, and how to check it all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from html import escape
from typing import Any

from projections.words import sentence

_STYLE = "body{max-width:45em;margin:2em auto;padding:0 1em;font:1em/1.5 sans-serif}"


def page(told: Mapping[str, Any], events: Iterable[Mapping[str, Any]]) -> str:
    """An HTML page that needs nothing else; all text in it is escaped."""
    return "\n".join(_lines(told, events)) + "\n"


def _lines(told: Mapping[str, Any], events: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    title = escape(f"Case {told['case']} of {told['council']}")
    yield '<!doctype html>\n<html lang="en-GB">\n<head><meta charset="utf-8">'
    yield f"<title>{title}</title><style>{_STYLE}</style></head>\n<body>\n<h1>{title}</h1>"
    yield f"<p>{told['events']} events, exported {escape(told['made_at'])} (UTC).</p>"
    yield "<h2>How to check it</h2>"
    yield "<p><code>python3 -I -S verify.py BUNDLE.zip --known CHECKPOINT</code>, where CHECKPOINT"
    yield "is one that you kept. This page only retells <code>events.jsonl</code>.</p>"
    yield "<h2>What happened</h2>\n<ol>"
    for event in events:
        yield f"<li>{'<br>'.join(map(escape, _event(event)))}</li>"
    yield "</ol>\n<h2>Evidence</h2>"
    yield "<ul>" if told["custody"] else "<p>None was captured.</p>"
    for each in told["custody"]:
        yield f"<li>{'<br>'.join(escape(f'{word}: {value}') for word, value in each.items())}</li>"
    yield "</ul>\n</body>\n</html>" if told["custody"] else "</body>\n</html>"


def _event(event: Mapping[str, Any]) -> Iterator[str]:
    actor = event["actor"]
    role = f" as {actor['role']}" if actor.get("role") else ""
    late = ", late" if event["late"] else ""
    yield sentence(event)
    yield f"Happened {event['occurred_at']}; recorded {event['recorded_at']}{late}."
    yield f"By {actor['id']}{role} ({actor['kind']})."
    for policy in filter(None, (event.get("policy"), event.get("substance"))):
        yield f"Under {', '.join(event['rules'])} of {policy['id']} version {policy['version']}."
    yield from (f"Irregular: {each['rule']}, {each['what']}." for each in event["irregular"])
    if event.get("note"):
        yield f"{'Imported' if actor['kind'] == 'import' else 'Note'}: {event['note']}"
