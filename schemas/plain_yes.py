"""A quick yes to what is plainly sound; every doubt is left to the check that can say why."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from schemas.catalogue import Schema

PlainYes = Callable[[Any], bool]
PYTHON = {"object": dict, "array": list, "string": str, "integer": int, "boolean": bool}
SAY_NOTHING = {"$schema", "title", "description", "examples", "x-personal", "x-correctable"}


def plain_yes(schema: Schema) -> PlainYes:
    """A function that is true only of what the schema allows, and of nearly all that it allows.

    It is several times as quick as the library's check, because it need not say what is wrong.
    A keyword that it doesn't know makes it never say yes.
    """
    try:
        return _Writer().function(schema)
    except _UnknownKeywordError:
        return lambda _: False


class _UnknownKeywordError(Exception):
    """The schema says something that isn't written down here."""


class _Writer:
    """Writes one schema down as Python, in which `return False` stands for a doubt."""

    def __init__(self) -> None:
        self._named: dict[str, Any] = {}
        self._values = 0

    def function(self, schema: Schema) -> PlainYes:
        """The schema as a function of one value."""
        lines = ["def yes(v):", " try:", *_under(self._of("v", schema), "  "), "  return True"]
        source = "\n".join([*lines, " except KeyError:", "  return False"])
        exec(source, self._named)
        yes: PlainYes = self._named["yes"]
        return yes

    def _of(self, value: str, schema: Schema) -> Iterator[str]:
        said = {word: what for word, what in schema.items() if word not in SAY_NOTHING}
        kind, nullable = _kind(said.pop("type", None), said)
        lines = [f"if type({value}) is not {PYTHON[kind].__name__}: return False"] if kind else []
        match kind:
            case "object":
                lines += self._object(value, said)
            case "array":
                lines += self._array(value, said)
            case "string":
                lines += self._string(value, said)
        if "minimum" in said:
            lines.append(f"if {value} < {int(said.pop('minimum'))}: return False")
        if "enum" in said:
            if nullable or not kind:
                raise _UnknownKeywordError("enum")
            lines.append(
                f"if {value} not in {self._name(frozenset(said.pop('enum')))}: return False"
            )
        if "anyOf" in said:
            ways = [self._name(_Writer().function(way)) for way in said.pop("anyOf")]
            either = " or ".join(f"{way}({value})" for way in ways)
            lines.append(f"if not ({either}): return False")
        if said:
            raise _UnknownKeywordError(*said)
        if nullable:
            yield f"if {value} is not None:"
        yield from _under(lines, " ") if nullable else lines

    def _object(self, value: str, said: Schema) -> Iterator[str]:
        fields, required = said.pop("properties", {}), said.pop("required", ())
        closed = said.pop("additionalProperties", True) is False
        if "minProperties" in said:
            yield f"if len({value}) < {int(said.pop('minProperties'))}: return False"
        counted = self._new()
        optional = fields.keys() - set(required)
        if closed and optional:
            yield f"{counted} = {len(required)}"
        for name in required:
            field = self._new()
            yield f"{field} = {value}[{name!r}]"
            yield from self._of(field, fields.get(name, {}))
        for name in (name for name in fields if name in optional):
            field = self._new()
            yield f"if {name!r} in {value}:"
            yield f" {field} = {value}[{name!r}]"
            if closed:
                yield f" {counted} += 1"
            yield from _under(self._of(field, fields[name]), " ")
        if closed:
            # Each key counted is one of its fields, so that one more is a key that it doesn't know.
            yield f"if len({value}) != {counted if optional else len(required)}: return False"

    def _array(self, value: str, said: Schema) -> Iterator[str]:
        if "minItems" in said:
            yield f"if len({value}) < {int(said.pop('minItems'))}: return False"
        if said.pop("uniqueItems", False):
            yield f"if len({value}) > 1 and not {self._name(_differ)}({value}): return False"
        if "items" in said:
            item = self._new()
            yield f"for {item} in {value}:"
            yield from _under([*self._of(item, said.pop("items")), "pass"], " ")

    def _string(self, value: str, said: Schema) -> Iterator[str]:
        fewest, most = said.pop("minLength", 0), said.pop("maxLength", None)
        if fewest or most is not None:
            up_to = "" if most is None else f" <= {int(most)}"
            yield f"if not {int(fewest)} <= len({value}){up_to}: return False"
        if "pattern" in said:
            # `$` alone would let a line feed through at the end.
            pattern = re.compile(said.pop("pattern").replace("$", r"\Z"))
            yield f"if {self._name(pattern.search)}({value}) is None: return False"

    def _name(self, thing: Any) -> str:
        name = f"thing{len(self._named)}"
        self._named[name] = thing
        return name

    def _new(self) -> str:
        self._values += 1
        return f"v{self._values}"


def _kind(types: Any, said: Schema) -> tuple[str, bool]:
    """The kind of value, and whether null will do; taken more strictly where none is named."""
    if types is None:
        if said.keys() & {"properties", "required", "minProperties"}:
            return "object", False
        if "minItems" in said:
            return "array", False
        kinds = {type(value) for value in said.get("enum", ())}
        return next((kind for kind, python in PYTHON.items() if kinds == {python}), ""), False
    named = [types] if isinstance(types, str) else [kind for kind in types if kind != "null"]
    if len(named) != 1 or named[0] not in PYTHON:
        raise _UnknownKeywordError("type")
    return named[0], not isinstance(types, str)


def _under(lines: Iterable[str], indent: str) -> list[str]:
    return [indent + line for line in lines]


def _differ(items: list[Any]) -> bool:
    # One kind only: 1, 1.0 and True are one another to a set.
    return {type(item) for item in items} in ({str}, {int}) and len(set(items)) == len(items)
