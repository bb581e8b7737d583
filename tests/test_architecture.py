"""Who may import what, where the world is touched, and how large a file may be."""

import ast
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SHIPPED = ("domain", "projections", "schemas", "services")
LONGEST_FILE = 250
# It goes out alone, so that a stranger can read all of it: nothing of it may lie elsewhere.
LONGER = {"services/proof/verify.py": 400}

STANDARD = sys.stdlib_module_names
TOUCHES_THE_WORLD = {
    *("asyncio", "ctypes", "http", "logging", "multiprocessing", "os", "random", "secrets"),
    *("shutil", "socket", "sqlite3", "subprocess", "tempfile", "threading", "time", "urllib"),
}
MAY_IMPORT = {
    "domain": (STANDARD - TOUCHES_THE_WORLD) | {"domain", "eventsourcing.domain"},
    "projections": (STANDARD - TOUCHES_THE_WORLD) | {"projections", "schemas"},
    "schemas": (STANDARD - TOUCHES_THE_WORLD)
    | {"schemas", "fastjsonschema", "jsonschema", "jsonschema_rs", "orjson"},
}
ONLY_IN = {
    "sqlite3": ("services.store.sqlite",),
    "click": ("services.cli",),
    "cryptography": ("services.proof.keys",),
    "services.proof.verify": (),
}
IN_ONE_MODULE = ("kafka", "psycopg")

CLOCK = re.compile(
    r"(datetime|date|datetime\.datetime|datetime\.date)\.(now|utcnow|today)"
    r"|time\.(time|time_ns|localtime|gmtime|ctime)"
)
ENVIRONMENT = re.compile(r"os\.(environ|environb|getenv|getenvb|putenv|unsetenv)")
PATH_OF_A_MACHINE = re.compile(r"(?<![\w.~-])/(?:home|root|Users|work|mnt|opt)/\w|[A-Z]:\\\\?Users")


def sources(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def module(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imports(path: Path) -> Iterator[str]:
    """Yield the full name of all that a file imports, inside its functions too."""
    package = module(path).split(".") if path.stem == "__init__" else module(path).split(".")[:-1]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            origin = ".".join([*above, node.module] if node.module else above)
            yield from (f"{origin}.{name.name}" for name in node.names)


def uses(path: Path, what: re.Pattern[str]) -> Iterator[str]:
    """Yield `file:line name` wherever a file reads such a name, imported whole or by itself."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.Attribute):
            names = [ast.unparse(node)]
        elif isinstance(node, ast.ImportFrom):
            names = [f"{node.module}.{name.name}" for name in node.names]
        for name in names:
            if what.fullmatch(name):
                yield f"{path.relative_to(ROOT)}:{node.lineno} {name}"


def within(name: str, packages: Iterable[str]) -> bool:
    return any(name == package or name.startswith(f"{package}.") for package in packages)


@pytest.mark.parametrize("folder", MAY_IMPORT)
def test_a_folder_imports_only_what_it_may(folder: str) -> None:
    strangers = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in sources(folder)
        for name in imports(path)
        if not within(name, MAY_IMPORT[folder])
    ]
    assert not strangers, "\n".join(strangers)


@pytest.mark.parametrize("library", ONLY_IN)
def test_a_library_is_imported_only_where_it_belongs(library: str) -> None:
    strangers = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in sources(*SHIPPED)
        for name in imports(path)
        if within(name, [library]) and not within(module(path), ONLY_IN[library])
    ]
    assert not strangers, "\n".join(strangers)


@pytest.mark.parametrize("library", IN_ONE_MODULE)
def test_a_server_is_spoken_to_in_one_module(library: str) -> None:
    speakers = {
        module(path)
        for path in sources(*SHIPPED)
        for name in imports(path)
        if within(name, [library])
    }
    assert len(speakers) <= 1, speakers


def test_the_clock_is_read_in_one_module() -> None:
    others = [path for path in sources(*SHIPPED) if module(path) != "services.clock"]
    readers = [use for path in others for use in uses(path, CLOCK)]
    assert not readers, "\n".join(readers)


def test_the_environment_is_read_in_one_module() -> None:
    others = [path for path in sources(*SHIPPED) if module(path) != "services.settings"]
    readers = [use for path in others for use in uses(path, ENVIRONMENT)]
    assert not readers, "\n".join(readers)


def test_no_source_file_is_longer_than_a_reader_can_hold() -> None:
    long = [
        f"{path.relative_to(ROOT)} has {lines} lines"
        for path in sources(*SHIPPED, "tests", "bench")
        if (lines := len(path.read_text(encoding="utf-8").splitlines()))
        > LONGER.get(path.relative_to(ROOT).as_posix(), LONGEST_FILE)
    ]
    assert not long, "\n".join(long)


def test_python_names_no_council() -> None:
    shipped = (ROOT / "domain" / "policies").glob("*/*.toml")
    bodies = [path.parent.name for path in (ROOT / "tests" / "bodies").glob("*/policy.toml")]
    assert len(bodies) == 6
    councils = {"ashfield", "northamptonshire", r"\btfl\b", *bodies}
    councils |= {path.parent.name for path in shipped}
    name = re.compile("|".join(re.sub(r"[-_]", "[-_ ]?", council) for council in councils), re.I)
    assert name.search("if council == 'Transport for London' or marram_bay:")
    named = [
        f"{path.relative_to(ROOT)}:{number} {line.strip()}"
        for path in sources(*SHIPPED, "bench")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if name.search(line)
    ]
    assert not named, "\n".join(named)


def test_nothing_names_a_path_of_one_machine() -> None:
    kinds = {".py", ".toml", ".json", ".md", ".txt", ".yml", ".csv"}
    folders = [ROOT / folder for folder in (*SHIPPED, "tests", "bench", "docs")]
    files = [path for folder in folders for path in folder.rglob("*") if path.suffix in kinds]
    files += [path for path in ROOT.glob("*") if path.suffix in kinds]
    files += [ROOT / "Makefile", ROOT / ".ci" / "run"]
    named = [
        f"{path.relative_to(ROOT)}: {found.group()}"
        for path in files
        if (found := PATH_OF_A_MACHINE.search(path.read_text(encoding="utf-8", errors="replace")))
    ]
    assert not named, "\n".join(named)
