"""What a council's own headings mean: said on the command line, or saved once and for all."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path

from services.importing.reading import RegisterFile
from services.importing.unreadable import UnreadableRegister
from services.importing.wording import field_of, fields, squeezed


def named(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """From headings, squeezed, to fields; raises UnreadableRegister for a field there isn't."""
    found = {}
    for heading, field in pairs:
        known = field_of(field)
        if known is None:
            near = get_close_matches(field, fields())
            hint = f"Is it {' or '.join(near)}?" if near else f"There are {', '.join(fields())}."
            raise UnreadableRegister(f"There is no field {field!r} for {heading!r}. {hint}")
        found[squeezed(heading) or heading.strip()] = known
    return found


def saved(path: Path) -> list[tuple[str, str]]:
    """The headings and fields of a mapping file; raises UnreadableRegister where it is none."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise UnreadableRegister(f"{path} can't be read ({error.strerror}).") from None
    except ValueError as error:
        raise UnreadableRegister(f"{path} is no sound mapping file: {error}.") from None
    pairs = list(content.get("columns", content).items())
    if not all(isinstance(field, str) for _, field in pairs):
        raise UnreadableRegister(f'{path} is no mapping file: wanted lines "Heading" = "field".')
    return pairs


def save(path: Path, file: RegisterFile) -> None:
    """Write down every column as it was understood, to be used again or put right."""
    pairs: dict[str, str] = {}
    for table in file.tables:
        for text, field in zip(table.headings.texts, table.headings.fields, strict=True):
            if text:
                pairs.setdefault(text, field or "ignored")
    lines = [f"{json.dumps(text)} = {json.dumps(field)}" for text, field in pairs.items()]
    path.write_text("\n".join(["[columns]", *lines, ""]), encoding="utf-8")
