"""Run a command and measure it: seconds, and the most memory that it and its children held at once."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_INTERVAL = 0.2
_PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True, slots=True)
class Usage:
    """What a command took; `peak` in bytes of resident memory of the whole tree, sampled."""

    seconds: float
    peak: int


def run_measured(command: Sequence[str], environment: Mapping[str, str]) -> Usage:
    """Run to its end. Raises RuntimeError when it fails; 3, done with rejections, is no failure."""
    begun, peak = time.perf_counter(), 0
    with subprocess.Popen(  # noqa: S603  # our own command
        command, env=os.environ | dict(environment), stdout=subprocess.DEVNULL
    ) as process:
        while process.poll() is None:
            peak = max(peak, sum(map(_resident, _tree(process.pid))))
            time.sleep(_INTERVAL)
    if process.returncode not in (0, 3):
        raise RuntimeError(f"{command[0]} ended with {process.returncode}")
    return Usage(time.perf_counter() - begun, peak)


def _tree(pid: int) -> Iterator[int]:
    yield pid
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = task.read_text().split()
        except OSError:
            continue
        for child in children:
            yield from _tree(int(child))


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE
    except (OSError, IndexError):
        return 0
