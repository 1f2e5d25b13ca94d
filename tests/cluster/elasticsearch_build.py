"""The official build of Elasticsearch without its optional modules: found, fetched, unpacked."""

from __future__ import annotations

import functools
import hashlib
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from filelock import FileLock

VERSION = "8.19.21"
_ARTIFACT = f"org.elasticsearch.distribution.integ-test-zip:elasticsearch:{VERSION}:zip"
_ARCHIVE = f"elasticsearch-{VERSION}.zip"
_SHA256 = "215d5f3dbf0609a149f6218a9e47b6ae2df34ebbff3c5754e35f15a5e5393c8a"
_FETCH_SECONDS = 900
_OLDEST_JAVA = 17
# Elasticsearch refuses to run as root; this user owns nothing and exists everywhere.
_NOBODY = 65534


@dataclass(frozen=True, slots=True)
class Build:
    """An unpacked build that the unprivileged user can read, and the JDK that runs it."""

    home: Path
    java: Path


@functools.cache
def missing() -> str | None:
    """Why Elasticsearch cannot run here, None when it can; fetches the build into the cache.

    Asked once a process: a download that failed is not tried again for every fixture.
    """
    if _java_home() is None:
        return (
            f"Elasticsearch cannot run: no JDK {_OLDEST_JAVA} or newer (java in PATH, /usr/lib/jvm)"
        )
    if os.getuid() == 0 and shutil.which("setpriv") is None:
        return "Elasticsearch cannot run: it refuses root, and there is no setpriv to leave it"
    return _fetch(_cache())


@contextmanager
def unpacked() -> Iterator[Build]:
    """The build in a temporary folder, as long as the block; several nodes may share it."""
    with TemporaryDirectory(prefix="xincha-elasticsearch-") as place:
        yield unpack(Path(place))


def unpack(folder: Path) -> Build:
    """The build below a folder of ours, readable by the unprivileged user."""
    reason, java = missing(), _java_home()
    if reason is not None or java is None:
        raise RuntimeError(reason)
    shutil.unpack_archive(_cache() / _ARCHIVE, folder)
    home = folder / f"elasticsearch-{VERSION}"
    for program in (home / "bin").iterdir():
        program.chmod(0o755)
    hand_over(home)
    # Temporary folders are closed to other users.
    folder.chmod(0o755)
    return Build(home, java)


def hand_over(folder: Path) -> None:
    """Let the unprivileged user own a folder and all in it; nothing to do unless we are root."""
    if os.getuid() == 0:
        for path in (folder, *folder.rglob("*")):
            os.chown(path, _NOBODY, _NOBODY)


def unprivileged() -> list[str]:
    """The start of a command line that leaves root. setpriv replaces itself: the pid stays."""
    if os.getuid() != 0:
        return []
    return ["setpriv", f"--reuid={_NOBODY}", f"--regid={_NOBODY}", "--clear-groups"]


def _cache() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "xincha"


def _java_home() -> Path | None:
    found = shutil.which("java")
    candidates = [Path(found).resolve().parents[1]] if found else []
    candidates += sorted(Path("/usr/lib/jvm").glob("*"), reverse=True)
    return next((home for home in candidates if _java_version(home) >= _OLDEST_JAVA), None)


def _java_version(home: Path) -> int:
    """The feature version, 0 for what is no JDK."""
    program = home / "bin" / "java"
    if not os.access(program, os.X_OK):
        return 0
    told = subprocess.run([program, "-version"], capture_output=True, text=True, check=False).stderr
    version = re.search(r'version "(\d+)', told)
    return int(version[1]) if version else 0


def _fetch(cache: Path) -> str | None:
    """Put the archive into the cache unless it is there; the reason when that fails."""
    if (cache / _ARCHIVE).exists():
        return None
    maven = shutil.which("mvn")
    if maven is None:
        return f"Elasticsearch {VERSION} is not in {cache}, and there is no mvn to fetch it"
    try:
        cache.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        return f"Elasticsearch {VERSION} cannot be kept in {cache}: {error.strerror}"
    return _fetch_with(maven, cache)


def _fetch_with(maven: str, cache: Path) -> str | None:
    with FileLock(cache / f"{_ARCHIVE}.lock"), TemporaryDirectory(dir=cache) as place:
        if (cache / _ARCHIVE).exists():
            return None
        command = [maven, "-q", "-B", "dependency:copy", f"-Dartifact={_ARTIFACT}"]
        try:
            subprocess.run(
                [*command, f"-DoutputDirectory={place}"],
                check=True,
                capture_output=True,
                timeout=_FETCH_SECONDS,
                cwd=place,
            )
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
            return f"Elasticsearch {VERSION} cannot be fetched: mvn failed ({type(error).__name__})"
        fetched = Path(place) / _ARCHIVE
        with fetched.open("rb") as archive:
            if hashlib.file_digest(archive, "sha256").hexdigest() != _SHA256:
                return f"Elasticsearch {VERSION} cannot be used: another SHA-256 than expected"
        # Whole or not at all: another session may look meanwhile.
        fetched.replace(cache / _ARCHIVE)
    return None
