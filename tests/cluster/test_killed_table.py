"""A load of a table that is killed and run again ends like an undisturbed one."""

from __future__ import annotations

import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from loaders.tables import TableOptions
from records import tables
from records.clock import system_clock
from records.intake import Intake
from records.sources import rejections
from records.store import Store
from tests.cluster.loading import KEYS, started
from tests.cluster.postgres import PostgresServer
from tests.loaders.sql_tables import contents, execute, load, make_table, numbered

ROWS, KILLS = 5000, 3
BY_STAMP = TableOptions(updated_column="SJC")


@pytest.fixture(scope="module")
def front(postgres: PostgresServer) -> str:
    """A table that takes a while: every 50th row is wrong, every 100th has no stamp."""
    url = postgres.create("killed_front")
    rows = [
        numbered(
            n,
            None if n % 100 == 0 else f"2026/09/01 {n:05}",
            CF_JDRQ="2026-13-01" if n % 50 == 0 else "2026/09/01",
        )
        for n in range(ROWS)
    ]
    make_table(url, "xzcf", rows)
    return url


@pytest.fixture
def address(postgres: PostgresServer) -> str:
    return postgres.create("killed_store")


@pytest.fixture
def killed_store(address: str) -> Iterator[Store]:
    opened = Store.open(address, KEYS, system_clock)
    yield opened
    opened.close()


@pytest.fixture
def undisturbed(front: str, tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(f"sqlite:///{tmp_path / 'undisturbed.db'}", KEYS, system_clock)
    load(front, Intake(opened, KEYS), BY_STAMP)
    yield opened
    opened.close()


def kill_at_work(process: subprocess.Popen[str], store: Store, batches: int) -> bool:
    """Kill a load when so many batches are committed; whether it was still at work."""
    position = select(tables.sources.c.position).where(tables.sources.c.status == "loading")
    while process.poll() is None:
        with store.engine.connect() as connection:
            if max(connection.scalars(position), default=0) >= batches * 1000:
                break
        time.sleep(0.01)
    at_work = process.poll() is None
    process.send_signal(signal.SIGKILL)
    process.communicate()
    return at_work


def rejected(store: Store) -> list[tuple[object, object]]:
    return [(item["line"], item["code"]) for item in rejections(store)]


def test_killed_and_run_again(
    front: str, address: str, killed_store: Store, undisturbed: Store, tmp_path: Path
) -> None:
    command = (f"{front}#xzcf", "--updated-column", "SJC")
    for batches in range(1, KILLS + 1):
        execute(address, "UPDATE sources SET position = 0")
        assert kill_at_work(started(tmp_path, address, *command), killed_store, batches)

    last = started(tmp_path, address, *command)
    _, errors = last.communicate(timeout=120)

    assert last.returncode == 3, errors
    assert contents(killed_store) == contents(undisturbed)
    assert rejected(killed_store) == rejected(undisturbed)
    without_stamp_and_the_last = ROWS // 100 + 1
    again = load(front, Intake(killed_store, KEYS), BY_STAMP)
    assert again.counts["read"] == without_stamp_and_the_last
