"""A process of its own that holds the writer's lock until it is killed."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_HOLDER = """
import sys, time
from pathlib import Path
from records.clock import system_clock
from records.store import Store
from records.turns import sole_writer

store = Store.connect(sys.argv[1], system_clock)
with sole_writer(store, Path(sys.argv[2]), sys.argv[3], 0):
    print("held", flush=True)
    time.sleep(60)
"""


@contextmanager
def held_elsewhere(url: str, folder: Path, name: str) -> Iterator[subprocess.Popen[str]]:
    """The process, when it holds the lock; killed in the end."""
    process = subprocess.Popen(
        [sys.executable, "-c", _HOLDER, url, str(folder), name],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).resolve().parents[2],
    )
    with process:
        assert process.stdout is not None
        try:
            assert process.stdout.readline() == "held\n"
            yield process
        finally:
            process.kill()
