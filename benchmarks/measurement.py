"""What every benchmark reports."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Measurement:
    """One line of the table."""

    what: str
    value: float
    unit: str
    remark: str = ""


class Stopwatch:
    """Seconds that a block took; readable after the block."""

    seconds = 0.0


@contextmanager
def stopwatch() -> Iterator[Stopwatch]:
    """Measure the block."""
    watch = Stopwatch()
    begun = time.perf_counter()
    yield watch
    watch.seconds = time.perf_counter() - begun


def given_file(setting: str, usual: str) -> Path | None:
    """The file that a setting names, else the usual one in XINCHA_DATA; None without both."""
    if given := os.environ.get(setting):
        return Path(given)
    data = os.environ.get("XINCHA_DATA")
    return Path(data, usual) if data else None
