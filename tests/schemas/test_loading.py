"""Starting is cheap: nothing is read, compiled or imported before it is needed."""

import subprocess
import sys

import schemas
from schemas import catalogue


def loaded_after(code: str) -> set[str]:
    show = f"import sys; {code}; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", show], capture_output=True, text=True, check=True)
    return set(run.stdout.split())


def test_importing_the_schemas_brings_no_validator_along() -> None:
    assert not loaded_after("import schemas") & {"fastjsonschema", "jsonschema", "orjson"}


def test_a_sound_document_needs_no_validator_that_is_slow_to_import() -> None:
    code = "import schemas; schemas.check_command(schemas.command_schema('hide')['examples'][0])"
    loaded = loaded_after(code)
    assert not loaded & {"fastjsonschema", "jsonschema"}


def test_a_schema_is_read_once() -> None:
    assert schemas.command_schema("hide") is catalogue.command_schema("hide")
