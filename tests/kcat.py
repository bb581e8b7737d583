"""kcat, which docs/consuming.md shows: the one on this machine, or fetched once without root."""

from __future__ import annotations

import os
import shutil
import subprocess
from fcntl import LOCK_EX, flock
from pathlib import Path

import pytest

from services.settings import cache_folder

_FOLDER = cache_folder() / "kcat"
_LACKING = (
    "kcat is lacking, and docs/consuming.md shows a command of it. Install it (Debian and Ubuntu: "
    "apt install kcat; macOS: brew install kcat). "
)


def environment() -> dict[str, str]:
    """An environment in which `kcat` runs; fails the test where there is no way to one."""
    if shutil.which("kcat"):
        return dict(os.environ)
    _FOLDER.mkdir(parents=True, exist_ok=True)
    with (_FOLDER / "lock").open("w") as lock:
        flock(lock, LOCK_EX)
        if not _fetched().exists():
            _fetch()
    libraries = {str(path.parent) for path in (_FOLDER / "root").rglob("*.so*")}
    return {
        **os.environ,
        "PATH": f"{_fetched().parent}:{os.environ['PATH']}",
        "LD_LIBRARY_PATH": ":".join(sorted(libraries)),
    }


def _fetched() -> Path:
    return _FOLDER / "root" / "usr" / "bin" / "kcat"


def _fetch() -> None:
    """Take the packages that this machine lacks for it from Debian's own places."""
    if not (shutil.which("apt-get") and shutil.which("dpkg")):
        pytest.fail(_LACKING, pytrace=False)
    for part in ("state/lists/partial", "cache/archives/partial", "packages", "new"):
        (_FOLDER / part).mkdir(parents=True, exist_ok=True)
    _apt("update", checked=False)  # it may not clean up in the system's own folders
    wanted = _apt("install", "--print-uris", "--reinstall", "--no-install-recommends", "kcat")
    # Each line: address, name of the file, size and hash.
    names = [line.split()[1].split("_")[0] for line in wanted.splitlines() if "_" in line]
    _apt("download", *names)
    for package in (_FOLDER / "packages").glob("*.deb"):
        _done(["dpkg", "-x", str(package), str(_FOLDER / "new")])
    (_FOLDER / "new").rename(_FOLDER / "root")
    for part in ("state", "cache", "packages"):
        shutil.rmtree(_FOLDER / part)


def _apt(*words: str, checked: bool = True) -> str:
    places = {
        "Dir::State": _FOLDER / "state",
        "Dir::State::status": "/var/lib/dpkg/status",
        "Dir::Cache": _FOLDER / "cache",
        "Debug::NoLocking": "true",
    }
    options = [word for name, value in places.items() for word in ("-o", f"{name}={value}")]
    return _done(["apt-get", "-qq", *options, *words], checked=checked)


def _done(words: list[str], *, checked: bool = True) -> str:
    ran = subprocess.run(
        words, cwd=_FOLDER / "packages", capture_output=True, text=True, check=False
    )
    if checked and ran.returncode:
        pytest.fail(f"{_LACKING}It could not be fetched: {ran.stderr.strip()}", pytrace=False)
    return ran.stdout
