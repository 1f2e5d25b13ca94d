"""Generations of an embedded index as directories: INDEX_HOME/<name>/, and a pointer to the live one.

A generation is a whole index. The pointer file names the live and the previous one and is replaced in one
step, so a reader sees either the old live generation or the new one, and a kill leaves one of the two. A
directory without an entry in the pointer is being built or rubbish; the highest number is the one being
built.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import filelock
import orjson

from records.errors import IndexUnavailable, LockTimeout
from search.engine import IndexState, IndexWriter

POINTER = "live"
FINGERPRINT = "fingerprint"
_LOCK = "writer.lock"
_NAME = re.compile(r"g\d{6,}")


class Backend(Protocol):
    """What an embedded engine does with the directory of one generation."""

    @property
    def fingerprint(self) -> str:
        """What a usable generation was built with: schema, analysis, engine."""

    def create(self, path: Path) -> None:
        """Make an empty index in an existing directory."""

    def is_readable(self, path: Path) -> bool:
        """Whether this version of the engine can open the directory."""

    def writer(self, path: Path) -> IndexWriter:
        """Open for writing. Raises IndexUnavailable."""

    def state(self, path: Path) -> IndexState:
        """The committed state. Raises IndexUnavailable."""


@dataclass(frozen=True, slots=True)
class Pointer:
    """Which generations serve: names of directories, empty for none."""

    live: str
    previous: str


def read_pointer(home: Path) -> Pointer:
    """The pointer of an index home; without a file nothing is live. Raises IndexUnavailable."""
    try:
        raw = orjson.loads((home / POINTER).read_bytes())
        return Pointer(str(raw["live"]), str(raw["previous"]))
    except FileNotFoundError:
        return Pointer("", "")
    except (OSError, ValueError, KeyError, TypeError):
        raise IndexUnavailable(
            "the pointer to the live index is damaged / 索引指针文件损坏",
            f"remove the file {POINTER} in the index folder, then run: xincha reindex",
        ) from None


class DirectoryGenerations:
    """Implements search.engine.Generations on a folder of this machine."""

    def __init__(self, home: Path, backend: Backend) -> None:
        self._home, self._backend = home, backend

    @contextmanager
    def exclusive(self, timeout: float) -> Iterator[None]:
        """Hold the writer lock; the kernel frees it when the process dies. Raises LockTimeout."""
        lock = filelock.FileLock(self._home / _LOCK, timeout=timeout)
        try:
            self._home.mkdir(parents=True, exist_ok=True, mode=0o700)
            lock.acquire()
            yield
        except filelock.Timeout:
            raise LockTimeout(
                "another process is writing the index / 另一进程正在写索引",
                "wait until it has finished",
            ) from None
        except OSError as error:
            raise IndexUnavailable(
                f"the index folder cannot be written / 索引目录不可写: {error.strerror}",
                "check its permissions and the free space, then run: xincha reindex",
            ) from None
        finally:
            lock.release()

    def live(self) -> str | None:
        """The live generation if it is usable."""
        return self._usable(self._pointer().live)

    def previous(self) -> str | None:
        """The generation that was live before, if it is usable."""
        return self._usable(self._pointer().previous)

    def unfinished(self) -> str | None:
        """The generation being built, if it is usable."""
        return self._usable(self._newest_unnamed())

    def create(self) -> str:
        """A new, empty generation; it appears under its name only when it is complete."""
        if unfinished := self._newest_unnamed():
            shutil.rmtree(self._home / unfinished)
        name = f"g{max((int(n[1:]) for n in self._names()), default=0) + 1:06d}"
        draft = self._home / f"{name}.new"
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(parents=True, mode=0o700)
        self._backend.create(draft)
        _write_whole(draft / FINGERPRINT, self._backend.fingerprint.encode())
        draft.rename(self._home / name)
        _sync_directory(self._home)
        return name

    def writer(self, name: str) -> IndexWriter:
        """Open a generation for writing. Raises IndexUnavailable."""
        return self._backend.writer(self._home / name)

    def promote(self, name: str) -> None:
        """Make a generation the live one in one step; the live one becomes the previous."""
        pointer = self._pointer()
        if pointer.live != name:
            content = {"live": name, "previous": pointer.live}
            _write_whole(self._home / POINTER, orjson.dumps(content))

    def collect(self) -> None:
        """Remove what is neither live nor previous nor being built."""
        kept = {*self._pointed(), self._newest_unnamed(), POINTER, _LOCK}
        for path in self._home.iterdir():
            if path.name not in kept:
                shutil.rmtree(path) if path.is_dir() else path.unlink()

    def state(self) -> IndexState | None:
        """The state of the live generation; None when there is no usable one. Needs no lock."""
        name = self.live()
        return None if name is None else self._backend.state(self._home / name)

    def _pointer(self) -> Pointer:
        """The pointer; a damaged one points nowhere, and the next build replaces it."""
        try:
            return read_pointer(self._home)
        except IndexUnavailable:
            return Pointer("", "")

    def _usable(self, name: str) -> str | None:
        path = self._home / name
        usable = (
            name != ""
            and read_fingerprint(path) == self._backend.fingerprint
            and self._backend.is_readable(path)
        )
        return name if usable else None

    def _names(self) -> list[str]:
        if not self._home.is_dir():
            return []
        return sorted(p.name for p in self._home.iterdir() if _NAME.fullmatch(p.name))

    def _pointed(self) -> set[str]:
        pointer = self._pointer()
        return {pointer.live, pointer.previous} - {""}

    def _newest_unnamed(self) -> str:
        """The directory above all that the pointer names; lower ones are left over."""
        pointed = self._pointed()
        last = max((int(n[1:]) for n in pointed), default=0)
        unnamed = [n for n in self._names() if n not in pointed and int(n[1:]) > last]
        return max(unnamed, key=lambda n: int(n[1:]), default="")


def read_fingerprint(generation: Path) -> str:
    """What a generation was built with; empty when it does not say."""
    try:
        return (generation / FINGERPRINT).read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError):
        return ""


def _write_whole(path: Path, content: bytes) -> None:
    """Write a file so that nobody, even after a power cut, sees a part of it."""
    draft = path.with_name(path.name + ".new")
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    _sync_directory(path.parent)


def _sync_directory(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
