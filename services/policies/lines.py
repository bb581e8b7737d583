"""At which line of a policy file each table and key stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tree_sitter import Node

_TABLES = ("table", "table_array_element")
_KEYS = ("bare_key", "quoted_key", "dotted_key")


class Lines:
    """Where each place of a file stands, asked for by its dotted path."""

    def __init__(self, known: dict[str, int]) -> None:
        self._known = known

    def of(self, path: str) -> int:
        """The line of that place, or of the nearest table around it where it isn't there."""
        while path and path not in self._known:
            path = path.rpartition(".")[0]
        return self._known.get(path, 1)


def locate(text: bytes) -> Lines:
    """The lines of a file that is sound TOML."""
    import tree_sitter
    import tree_sitter_toml

    toml = tree_sitter.Language(tree_sitter_toml.language())
    root = tree_sitter.Parser(toml).parse(text).root_node
    known: dict[str, int] = {}
    counts: dict[str, int] = {}
    for path, line in _document(root, counts):
        known.setdefault(path, line)
    for path, line in tuple(known.items()):
        # A list of tables, or a table without a heading of its own, begins with its first part.
        while path := path.rpartition(".")[0]:
            known.setdefault(path, line)
    return Lines(known)


def _document(root: Node, counts: dict[str, int]) -> Iterator[tuple[str, int]]:
    for node in root.named_children:
        if node.type == "pair":
            yield from _pair(node, "")
        elif node.type in _TABLES:
            path = _header(node, counts)
            yield path, _line(node)
            for child in node.named_children:
                if child.type == "pair":
                    yield from _pair(child, path)


def _header(node: Node, counts: dict[str, int]) -> str:
    """The path of a table, with the number of each list entry that it lies in."""
    words = _key(node)
    path = ""
    for number, word in enumerate(words, start=1):
        path = _within(path, word)
        if node.type == "table_array_element" and number == len(words):
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = _within(path, str(counts[path]))
    return path


def _pair(node: Node, path: str) -> Iterator[tuple[str, int]]:
    for word in _key(node):
        path = _within(path, word)
        yield path, _line(node)
    yield from _value(node.named_children[-1], path)


def _value(node: Node, path: str) -> Iterator[tuple[str, int]]:
    if node.type == "inline_table":
        for child in node.named_children:
            if child.type == "pair":
                yield from _pair(child, path)
    elif node.type == "array":
        entries = (child for child in node.named_children if child.type != "comment")
        for index, child in enumerate(entries):
            yield _within(path, str(index)), _line(child)
            yield from _value(child, _within(path, str(index)))


def _key(node: Node) -> list[str]:
    key = next(child for child in node.named_children if child.type in _KEYS)
    return list(_words(key))


def _words(key: Node) -> Iterator[str]:
    if key.type == "dotted_key":
        for child in key.named_children:
            yield from _words(child)
    else:
        word = (key.text or b"").decode()
        yield word.strip("\"'") if key.type == "quoted_key" else word


def _line(node: Node) -> int:
    return node.start_point.row + 1


def _within(path: str, word: str) -> str:
    return f"{path}.{word}" if path else word
