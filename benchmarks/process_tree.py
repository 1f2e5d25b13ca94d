"""Run a command and measure it: seconds, and the most memory that it and its children held at once."""

from __future__ import annotations

import os
import re
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_INTERVAL = 0.2
_FIELD = re.compile(r"^(VmRSS|RssAnon):\s+(\d+) kB$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Usage:
    """What a command took; `peak` in bytes of resident memory of the whole tree, sampled.

    `own`: the same without pages of files, which the system takes back when it needs them.
    """

    seconds: float
    peak: int
    own: int


def run_measured(command: Sequence[str], environment: Mapping[str, str]) -> Usage:
    """Run to its end. Raises RuntimeError when it fails; 3, done with rejections, is no failure."""
    begun, peak, own = time.perf_counter(), 0, 0
    with subprocess.Popen(  # noqa: S603  # our own command
        command, env=os.environ | dict(environment), stdout=subprocess.DEVNULL
    ) as process:
        while process.poll() is None:
            sizes = [_resident(pid) for pid in _tree(process.pid)]
            peak = max(peak, sum(whole for whole, _ in sizes))
            own = max(own, sum(anonymous for _, anonymous in sizes))
            time.sleep(_INTERVAL)
    if process.returncode not in (0, 3):
        raise RuntimeError(f"{command[0]} ended with {process.returncode}")
    return Usage(time.perf_counter() - begun, peak, own)


def own_memory() -> int:
    """Bytes of this process in memory that belong to no file."""
    return _resident(os.getpid())[1]


def _tree(pid: int) -> Iterator[int]:
    yield pid
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = task.read_text().split()
        except OSError:
            continue
        for child in children:
            yield from _tree(int(child))


def _resident(pid: int) -> tuple[int, int]:
    """Bytes of a process in memory: all, and those that belong to no file."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0, 0
    sizes = {name: 1024 * int(size) for name, size in _FIELD.findall(status)}
    return sizes.get("VmRSS", 0), sizes.get("RssAnon", 0)
