"""The Kafka broker and what it needs, fetched once from Maven Central into a cache folder."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fcntl import LOCK_EX, flock
from pathlib import Path

from services.local.faults import JarsMixed, ServicesMissing

KAFKA = "4.3.1"
# Not log4j-slf4j-impl: versions that its parent manages drag kafka-clients back to 3.9.1.
_WANTED = f"org.apache.kafka:kafka_2.13:{KAFKA}+org.slf4j:slf4j-simple:1.7.36"
_JAR = re.compile(r"kafka(?:_2\.13|-[a-z-]+)?-(\d[\d.]*)\.jar")


def class_path(cache: Path) -> str:
    """The broker's class path; about 44 MB are fetched the first time.

    Raises ServicesMissing without the extra, JarsMixed where a jar is of another version.
    """
    try:
        import jgo
    except ImportError as error:
        raise ServicesMissing from error
    cache.mkdir(parents=True, exist_ok=True)
    with (cache / "lock").open("w") as lock:
        flock(lock, LOCK_EX)
        jars = [Path(jar) for jar in jgo.build(_WANTED, cache_dir=cache).all_jars]
    check_versions(jar.name for jar in jars)
    return ":".join(sorted(map(str, jars)))


def check_versions(names: Iterable[str]) -> None:
    """Raise JarsMixed unless every Kafka jar has the broker's version.

    A broker with an older client library starts, and dies with NoSuchMethodError later.
    """
    found = {name: match[1] for name in names if (match := _JAR.fullmatch(name))}
    strangers = sorted(name for name, version in found.items() if version != KAFKA)
    if strangers or not found:
        raise JarsMixed(
            f"The broker is Kafka {KAFKA}, but {', '.join(strangers) or 'no Kafka jar'} was "
            "fetched with it. Delete the cache folder and start again."
        )
