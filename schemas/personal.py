"""Part an event into what may stand in clear and what is somebody's personal data, and back.

The `x-personal` marks of the schemas are the one source: sealing, redaction, subject access and
erasure all go by them.
"""

from functools import cache
from typing import Any

from schemas.marks import marked

Event = dict[str, Any]
# Field by field: None where the field itself is personal, else the plan for what is inside.
_Plan = tuple[tuple[str, Any], ...]


@cache
def personal_paths(type: str, version: int = 1) -> tuple[tuple[str, str], ...]:
    """The personal fields of an event type, each with whose they are: account, reporter, staff.

    Paths are dotted from the event down (`note`, `data.item.text`); `*` stands for any item of a
    list (`data.findings.*.true_facts`).
    """
    return marked(type, version, "x-personal")


def subject_of(type: str, path: str, version: int = 1) -> str:
    """Whose data a path that `split` gave is; KeyError where it is nobody's."""
    general = ".".join("*" if step.isdigit() else step for step in path.split("."))
    return dict(personal_paths(type, version))[general]


def split(event: Event) -> tuple[Event, dict[str, Any]]:
    """The event without its personal fields, and those by path: `data.findings.0.true_facts`.

    The event given is left as it is; KeyError where its type or version is unknown.
    """
    clear = dict(event)
    personal = dict[str, Any]()
    _take_out(clear, _plan(event["type"], event["version"]), "", personal, copied=True)
    return clear, personal


def cut_out(event: Event) -> dict[str, Any]:
    """As `split`, out of an event that nobody else holds: it is itself the clear one then."""
    personal = dict[str, Any]()
    _take_out(event, _plan(event["type"], event["version"]), "", personal, copied=False)
    return personal


def join(clear: Event, personal: dict[str, Any]) -> Event:
    """What `split` parted, whole again; fields that `personal` lacks stay left out."""
    event = dict(clear)
    opened: dict[str, Any] = {"": event}
    for path, value in personal.items():
        above, _, field = path.rpartition(".")
        _open(opened, above)[field] = value
    return event


def _take_out(
    holder: Any, plan: _Plan, above: str, personal: dict[str, Any], *, copied: bool
) -> None:
    for field, inner in plan:
        if field not in holder:
            continue
        path = above + field
        if inner is None:
            personal[path] = holder.pop(field)
        elif isinstance(inside := holder[field], dict):
            if copied:
                holder[field] = inside = inside.copy()
            _take_out(inside, inner, path + ".", personal, copied=copied)
        else:
            if copied:
                holder[field] = inside = [dict(item) for item in inside]
            for index, item in enumerate(inside):
                _take_out(item, inner, f"{path}.{index}.", personal, copied=copied)


def _open(opened: dict[str, Any], path: str) -> Any:
    """The holder at a path, copied once so that the clear event is left as it is."""
    if path not in opened:
        above, _, field = path.rpartition(".")
        holder = _open(opened, above)
        key: Any = int(field) if isinstance(holder, list) else field
        holder[key] = opened[path] = holder[key].copy()
    return opened[path]


@cache
def _plan(type: str, version: int) -> _Plan:
    tree: dict[str, Any] = {}
    for path, _ in personal_paths(type, version):
        *above, field = path.replace(".*", "").split(".")
        holder = tree
        for step in above:
            holder = holder.setdefault(step, {})
        holder[field] = None
    return _frozen(tree)


def _frozen(tree: dict[str, Any]) -> _Plan:
    return tuple((field, inner and _frozen(inner)) for field, inner in tree.items())
