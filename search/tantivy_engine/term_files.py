"""Term statistics as files of a generation: one a version, whole before a commit names it."""

from __future__ import annotations

import os
from pathlib import Path

from records.errors import IndexUnavailable
from search.statistics import TermStatistics

_PREFIX = "terms-"
_UNFINISHED = ".unfinished"


def keep(folder: Path, version: str, statistics: TermStatistics) -> None:
    """Write a version, or write it anew. Raises OSError."""
    made = folder / f"{_PREFIX}{version}{_UNFINISHED}"
    with made.open("wb") as file:
        file.write(statistics.as_bytes())
        file.flush()
        os.fsync(file.fileno())
    made.replace(folder / f"{_PREFIX}{version}")
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def keep_only(folder: Path, version: str) -> None:
    """Remove all other versions. Raises OSError."""
    for path in folder.glob(f"{_PREFIX}*"):
        if path.name != f"{_PREFIX}{version}":
            path.unlink(missing_ok=True)


def mapped(folder: Path, version: str) -> TermStatistics:
    """A version; of an index that names none, nothing. Raises IndexUnavailable."""
    if not version:
        return TermStatistics.counted(())
    try:
        return TermStatistics.mapped(folder / f"{_PREFIX}{version}")
    except (OSError, ValueError):
        raise IndexUnavailable(
            "the index has lost its term statistics / 索引的词项统计缺失", "run: xincha reindex"
        ) from None
