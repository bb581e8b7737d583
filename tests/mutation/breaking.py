"""Each way to take a rule out of a policy file: what is dropped, and the text that is left."""

import copy
import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import tomlkit

from services.policies import faults

Step = str | int
Path = tuple[Step, ...]
DEFINED_IN = ("clauses", "settings", "silences")


class Broken(NamedTuple):
    """A file in which a rule is broken, and how, in words."""

    how: str
    file: str
    text: str


def broken_policies(file: str, text: str, rule: str) -> Iterator[Broken]:
    """Every sound file that lacks one thing resting on the rule; last the one that lacks all.

    A file that would not load is left out: a register that does not open proves nothing.
    """
    if f"{rule} = " not in text:
        return
    document = tomlkit.parse(text)
    if _text(document) != text:
        raise ValueError(f"{file} cannot be written back as it was")
    for how, change in _ways(document.unwrap(), rule):
        changed = copy.deepcopy(document)
        try:
            change(changed)
        except LookupError:
            continue
        left = _text(changed)
        if left != text and not faults(left.encode()):
            yield Broken(how, file, left)


def _text(document: tomlkit.TOMLDocument) -> str:
    """The file's text, with the space before a closing brace that tomlkit loses."""
    return re.sub(r"(?<=[^\s{])\}", " }", tomlkit.dumps(document))


def _ways(plain: dict[str, Any], rule: str) -> Iterator[tuple[str, Callable[[Any], None]]]:
    """What rests on the rule: each thing dropped, each citation, each part; then all at once."""
    in_order = reversed(list(_cited(plain, rule)))
    cited = sorted((path for path in in_order if path[0] not in DEFINED_IN), key=_telling)
    things = [path[:-1] if path[-1] == "rules" else path for path in cited]
    for thing in things:
        yield f"dropped {_named(plain, thing)}", lambda doc, at=thing: _drop(doc, at)
    for path in cited:
        alone = f"dropped the citation at {_named(plain, path)}"
        yield alone, lambda doc, at=path: _uncite(doc, at, rule)
    for thing in things:
        for part in _parts(plain, thing):
            yield f"dropped {_named(plain, part)}", lambda doc, at=part: _drop(doc, at)
    yield "dropped the rule's line and all that rests on it", lambda doc: _drop_all(doc, rule)


def _cited(value: Any, rule: str, path: Path = ()) -> Iterator[Path]:
    """The lists that hold the rule's number; the last first, so that dropping moves none."""
    if isinstance(value, list) and rule in value:
        yield path
    elif isinstance(value, (dict, list)):
        inner = value.items() if isinstance(value, dict) else enumerate(value)
        for step, held in reversed(list(inner)):
            yield from _cited(held, rule, (*path, step))


def _telling(path: Path) -> int:
    """What an act needs tells most of a rule, then a ground or a category, then a duty."""
    kinds = ("needs", "grounds", "asks", "categories", "duties")
    return next((rank for rank, kind in enumerate(kinds) if kind in path), len(kinds))


def _parts(plain: Any, thing: Path) -> Iterator[Path]:
    """What stands beside the citation: each key, then each element of a list."""
    table = _at(plain, thing)
    if isinstance(table, dict):
        keys = [key for key in table if key != "rules"]
        yield from ((*thing, key) for key in keys)
        for key in keys:
            if isinstance(table[key], (list, dict)):
                steps = table[key] if isinstance(table[key], dict) else range(len(table[key]))
                yield from ((*thing, key, step) for step in steps)


def _drop(document: Any, path: Path) -> None:
    del _at(document, path[:-1])[path[-1]]
    if path[0] == "categories" and len(path) == 2:
        _forget(document, str(path[1]))


def _forget(document: Any, category: str) -> None:
    """Take a dropped category out of the duties and needs that name it."""
    for holder in (document["duties"], document["removal"]["needs"]):
        for index in reversed(range(len(holder))):
            for key in ("categories", "except_categories"):
                names = holder[index].get(key, [])
                if category in names:
                    names.remove(category)
            if holder[index].get("categories") == []:
                del holder[index]


def _uncite(document: Any, path: Path, rule: str) -> None:
    _at(document, path).remove(rule)


def _drop_all(document: Any, rule: str) -> None:
    for path in list(_cited(document.unwrap(), rule)):
        _uncite(document, path, rule)
        if not _at(document, path):
            _drop(document, path[:-1] if path[-1] == "rules" else path)
    for kind in DEFINED_IN:
        if rule in document.get(kind, {}):
            del document[kind][rule]


def _at(value: Any, path: Path) -> Any:
    for step in path:
        value = value[step]
    return value


def _named(plain: Any, path: Path) -> str:
    """A place as the officer who wrote the file would find it: `duties.3 (refer_police)`."""
    dotted = ".".join(str(step) for step in path)
    for length in range(len(path), 0, -1):
        held = _at(plain, path[:length])
        if isinstance(held, dict) and ("code" in held or "what" in held):
            what = held.get("what") or f"{held['code']} when {held['on']}"
            return f"{dotted} ({what})"
    return dotted
