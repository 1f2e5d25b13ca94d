"""The processes of `serve`."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import httpx

from tests.support import XINCHA

WORKERS = 2


def within(seconds: float, holds: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if holds():
            return True
        time.sleep(0.1)
    return False


def answers(address: str) -> bool:
    try:
        return httpx.get(f"{address}/healthz", timeout=2).status_code == httpx.codes.OK
    except httpx.TransportError:
        return False


def start(home: Path, *options: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [XINCHA, "serve", *options],
        env=os.environ | {"XINCHA_HOME": str(home)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def children(pid: int) -> list[str]:
    """Processes begun by any thread of a process."""
    return [
        child
        for task in Path(f"/proc/{pid}/task").glob("*/children")
        for child in task.read_text().split()
    ]


def address_of(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    found = re.search(r"http://127\.0\.0\.1:\d+", process.stdout.readline())
    assert found
    return found.group()


def test_workers_end_when_their_parent_is_killed(tmp_path: Path) -> None:
    process = start(tmp_path, "--port", "0", "--workers", "2")
    address = address_of(process)
    assert within(30, lambda: answers(address))

    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=30)

    assert within(10, lambda: not answers(address))


def test_a_worker_that_is_still_starting_ends_with_its_parent_too(tmp_path: Path) -> None:
    process = start(tmp_path, "--port", "0", "--workers", "2")
    assert within(30, lambda: len(children(process.pid)) >= WORKERS)

    process.send_signal(signal.SIGKILL)

    # The workers hold the pipes of the parent: they are closed only when all have ended.
    process.communicate(timeout=30)


def test_a_taken_port_is_named_and_no_address_is_promised(tmp_path: Path) -> None:
    first = start(tmp_path, "--port", "0")
    try:
        port = address_of(first).rpartition(":")[2]
        second = start(tmp_path, "--port", port)
        shown, errors = second.communicate(timeout=30)
    finally:
        first.terminate()
        first.communicate(timeout=30)

    assert second.returncode == 1
    assert "http://" not in shown
    assert "--port" in errors
