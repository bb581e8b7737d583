"""The steps of the six policies, as a table that is written from their files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from services.policies.plain_words.deciding import length
from services.policies.plain_words.phrases import FORCES, either, need_in_words, plain
from tests.bodies.bodies import BODIES, Body

PAGE = Path(__file__).parents[2] / "docs" / "other-policies.md"
BEGINS, ENDS = "<!-- written from the files -->\n", "<!-- until here -->\n"
HEAD = "| step | the council | needs first | decided by | how long, and what else | rules |\n"
SILENT_ABOUT = {"asking": "asking", "warnings": "warning", "mutes": "muting", "appeals": "appeals"}

Row = tuple[str, str, str, str, str, list[str]]


def tables() -> str:
    """A table of the steps of each policy, in the order of their names."""
    return "\n".join(_table(body) for body in BODIES)


def page_with_tables(page: str) -> str:
    """The page with the tables as the files now have them."""
    before, _, rest = page.partition(BEGINS)
    return before + BEGINS + "\n" + tables() + "\n" + ENDS + rest.partition(ENDS)[2]


def _table(body: Body) -> str:
    file = body.file
    lines = (f"| {' | '.join([*row[:5], ', '.join(row[5])])} |\n" for row in _rows(file))
    return f"### {file['policy']['council']}\n\n{HEAD}|{'---|' * 6}\n{''.join(lines)}"


def _rows(file: dict[str, Any]) -> Iterator[Row]:
    yield from _beforehand(file)
    yield _sanction(file, "asking", _ways)
    yield from _removals(file)
    yield _sanction(file, "warnings", _ways)
    yield _sanction(file, "mutes", _beside)
    yield from _blocks(file)
    yield _row("take a block back", file, {"force": "may"} | file["blocks"]["reversal"], _agreed)
    yield _sanction(file, "appeals", _limits)


def _beforehand(file: dict[str, Any]) -> Iterator[Row]:
    """Pages that are moderated before publication, and what machines may do."""
    for name, page in file["channels"]["pages"].items():
        if page.get("moderated") == "before":
            yield f"read before it appears: {name}", "will", "", "", "", file["channels"]["rules"]
    if "automation" in file:
        filters = {"may_act_first": "may act first", "never": "never"}
        said = filters[file["automation"].get("filter", "never")]
        yield "a filter of the platform", said, "", "", "", file["automation"]["rules"]


def _removals(file: dict[str, Any]) -> Iterator[Row]:
    yield _row("hide or delete", file, file["removal"])
    for code, ground in file["removal"].get("grounds", {}).items():
        yield _row(f"hide or delete: {plain(code)}", file, ground)
    if never := file["removal"].get("never_for"):
        said = f"hide or delete: {either(never['categories'])}"
        yield said, "never", "", "", "", never["rules"]
    if "withholding" in file:
        yield _row("withhold", file, file["withholding"])


def _blocks(file: dict[str, Any]) -> Iterator[Row]:
    blocks = file["blocks"]
    for code, ground in blocks["grounds"].items():
        inherited = {"force": "may"} | {
            key: blocks[key]
            for key in ("decided_by", "approval", "lengths", "hearing")
            if key in blocks
        }
        yield _row(f"block: {plain(code)}", file, inherited | ground, _lasting)
    yield _row("tell them of a block", file, blocks.get("notice"), _ways, about="notice")


def _sanction(file: dict[str, Any], table: str, more: Any) -> Row:
    name = {"asking": "ask for removal", "warnings": "warn", "mutes": "mute", "appeals": "appeal"}
    return _row(name[table], file, file.get(table), more, about=SILENT_ABOUT[table])


def _row(
    step: str,
    file: dict[str, Any],
    said: Mapping[str, Any] | None,
    more: Any = lambda _: "",
    about: str | None = None,
) -> Row:
    if said is None:
        number, silence = next(
            (number, each) for number, each in file["silences"].items() if each["about"] == about
        )
        return step, f"silent: {silence['follows']}", "", "", "", [number]
    force = said.get("force") or _force(file, said["rules"])
    needs = "; ".join(need_in_words(need) for need in said.get("needs", ()))
    deciders = either(said.get("decided_by", ()))
    if approval := said.get("approval"):
        deciders += f"{'; ' if deciders else ''}approved by {either(approval['by'])}"
    return step, FORCES[force], needs, deciders, more(said), said["rules"]


def _force(file: dict[str, Any], rules: list[str]) -> str:
    """The force of the clauses: that of the first which has one, else what the council may do."""
    forces = [file["clauses"][rule]["force"] for rule in rules if rule in file["clauses"]]
    return next((force for force in forces if force != "info"), "may")


def _ways(said: Mapping[str, Any]) -> str:
    parts = [either(said["ways"])] if "ways" in said else []
    parts += [f"stating {either(said['states'], 'and')}"] if "states" in said else []
    parts += [f"first {', then '.join(said['levels'])}"] if "levels" in said else []
    if "window" in said:
        parts.append(f"{said['window']['working_days']} working days to mend it")
    return "; ".join(parts)


def _beside(said: Mapping[str, Any]) -> str:
    return "a page has a mute or a block" if said.get("instead_of_block") else ""


def _lasting(said: Mapping[str, Any]) -> str:
    parts = [line.strip() for line in length(said)]
    if hearing := said.get("hearing"):
        parts.append(f"heard first: {hearing['reply_working_days']} working days to reply")
    if said.get("approval", {}).get("sets_length"):
        parts.append("the approver says how long")
    return "; ".join(parts)


def _agreed(said: Mapping[str, Any]) -> str:
    agreed = either(said.get("agreement_of", ()))
    parts = [f"with the agreement of {agreed}"] if agreed else []
    return "; ".join(parts + (["by another than decided it"] if "distinct" in said else []))


def _limits(said: Mapping[str, Any]) -> str:
    parts = ["at any time"] if said.get("any_time") else []
    for key, words in (
        ("after_months", "after {}"),
        ("within_months", "within {}"),
        ("every_months", "again after {}"),
    ):
        if key in said:
            parts.append(words.format(f"{said[key]} months"))
    parts += [f"for {either(said['because'])} only"] if "because" in said else []
    parts += [f"by {said['by']}"] if "by" in said else []
    return "; ".join(parts + ([f"for {said['kind']}"] if "kind" in said else []))
