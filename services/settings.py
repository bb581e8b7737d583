"""What Casebook is told from outside: flags, the environment, a file; the only reader of these."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import ClassVar, NamedTuple

from services.addresses import is_server
from services.faults import Fault

FILE = "casebook.toml"

_VARIABLES = {
    "register": "CASEBOOK_REGISTER",
    "council": "CASEBOOK_COUNCIL",
    "actor": "CASEBOOK_ACTOR",
    "keys": "CASEBOOK_KEYS",
    "kafka": "CASEBOOK_KAFKA",
    "topic": "CASEBOOK_TOPIC",
    "kafka_partitions": "CASEBOOK_KAFKA_PARTITIONS",
    "kafka_replication": "CASEBOOK_KAFKA_REPLICATION",
    "kafka_security": "CASEBOOK_KAFKA_SECURITY",
    "kafka_ca": "CASEBOOK_KAFKA_CA",
    "kafka_certificate": "CASEBOOK_KAFKA_CERTIFICATE",
    "kafka_key": "CASEBOOK_KAFKA_KEY",
    "kafka_mechanism": "CASEBOOK_KAFKA_MECHANISM",
    "kafka_user": "CASEBOOK_KAFKA_USER",
    "kafka_password": "CASEBOOK_KAFKA_PASSWORD",
    "kafka_password_file": "CASEBOOK_KAFKA_PASSWORD_FILE",
}
_SECRETS = ("kafka_password",)
IN_THE_FILE = tuple(name for name in _VARIABLES if name not in ("actor", *_SECRETS))
"""The actor is not among them: a file that several people read can't say who is acting."""
_FOLDERS = ("register", "keys")
_FLAGS = {"register": "--register", "council": "--council", "actor": "--as"}


class UnusableSetting(Fault):
    """A setting says what this Casebook can't do or read."""

    exit_code: ClassVar[int] = 2


class Setting(NamedTuple):
    """One setting as it holds now; `origin` is the flag, variable or file that says so."""

    name: str
    value: str | None
    origin: str


def settings(flags: Mapping[str, str | None]) -> list[Setting]:
    """Every setting in force: a flag before the environment, before the file, before the default.

    A secret is not told. Raises UnusableSetting where the file can't be read.
    """
    path, file = _file()
    found = [_setting(name, flags, path, file) for name in _VARIABLES]
    return [each._replace(value="…") if _is_secret(each) else each for each in found]


def variables() -> tuple[str, ...]:
    """The environment variables that say settings."""
    return tuple(_VARIABLES.values())


def setting(name: str, flags: Mapping[str, str | None]) -> Setting:
    """One of them, by name; the file is read only where neither flag nor variable tells."""
    found = _told(name, flags)
    return found or _setting(name, flags, *(_file() if name in IN_THE_FILE else (None, {})))


def register_address(flags: Mapping[str, str | None]) -> Path | str:
    """Where the register is: its folder, or the `postgresql://` address of its server."""
    value = setting("register", flags).value or ""
    if is_server(value):
        return value
    return Path(value).expanduser().absolute()


def keys_folder(flags: Mapping[str, str | None] | None = None) -> Path:
    """Where the signing keys of registers on servers lie; an embedded one has its own beside it."""
    return Path(setting("keys", flags or {}).value or "").expanduser()


def services_folder() -> Path:
    """Where `casebook services` keeps its servers, unless another folder is named."""
    return _data_folder().with_name("casebook-services")


def cache_folder() -> Path:
    """Where what was fetched once is kept for the next time."""
    return Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser() / "casebook"


def traces_wanted() -> bool:
    """Whether a fault in Casebook itself is to be shown with its trace, for whoever mends it."""
    return bool(os.environ.get("CASEBOOK_TRACE"))


def _is_secret(found: Setting) -> bool:
    return found.name in _SECRETS and found.value is not None


def _told(name: str, flags: Mapping[str, str | None]) -> Setting | None:
    if flag := flags.get(name):
        return Setting(name, flag, _FLAGS[name])
    variable = _VARIABLES[name]
    if value := os.environ.get(variable, "").strip():
        if not value.isprintable():
            raise UnusableSetting(f"{variable} holds characters that can't be read as text.")
        return Setting(name, value, variable)
    return None


def _setting(
    name: str, flags: Mapping[str, str | None], path: Path | None, file: Mapping[str, str]
) -> Setting:
    if found := _told(name, flags):
        return found
    if path and name in file:
        value = file[name]
        if name in _FOLDERS and "://" not in value:
            value = str(path.parent / Path(value).expanduser())
        return Setting(name, value, str(path))
    defaults = {"register": _data_folder(), "keys": _data_folder().with_name("casebook-keys")}
    return Setting(name, str(defaults[name]) if name in defaults else None, "default")


def _file() -> tuple[Path | None, Mapping[str, str]]:
    """The first `casebook.toml` there is: in the current folder, or in the user's settings."""
    own = os.environ.get("XDG_CONFIG_HOME") or "~/.config"
    for path in (Path.cwd() / FILE, Path(own).expanduser() / "casebook" / FILE):
        if path.is_file():
            return path, _read(path)
    return None, {}


def _read(path: Path) -> Mapping[str, str]:
    import tomllib

    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UnusableSetting(f"{path} can't be read: {error}. Mend it, or move it away.") from None
    for name, value in said.items():
        if name not in IN_THE_FILE or not isinstance(value, str):
            known = " and ".join(f'{each} = "…"' for each in IN_THE_FILE)
            raise UnusableSetting(f"{path}: {name} can't be set so. It may say {known}.")
    return said


def _data_folder() -> Path:
    return Path(os.environ.get("XDG_DATA_HOME") or "~/.local/share").expanduser() / "casebook"
