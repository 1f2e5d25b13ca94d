"""Several processes and one index: who writes, who waits, and following beside a server."""

from __future__ import annotations

import asyncio
import threading
import time
from dataclasses import replace
from datetime import date

import pytest

from records.errors import LockTimeout
from records.stored import ChangeBatch
from search.engine import Engine
from search.follower import Follower, wait_until
from tests.search.backends import Backend
from tests.search.corpus import records
from tests.search.journal import MemoryJournal
from tests.search.reading import assert_equal
from tests.support import StillClock

TODAY = date(2026, 11, 25)


def test_only_one_process_writes(follower: Follower, backend: Backend) -> None:
    follower.bring_up()
    with follower.generations.exclusive(0), pytest.raises(LockTimeout):
        replace(follower, generations=backend.generations()).bring_up()


def test_who_finds_the_lock_taken_waits_for_the_revision(
    journal: MemoryJournal, follower: Follower, backend: Backend
) -> None:
    follower.bring_up()
    journal.put(*records(2))
    writing, told = threading.Event(), []

    def other() -> None:
        with follower.generations.exclusive(5):
            writing.set()
            time.sleep(0.4)
        follower.bring_up()

    thread = threading.Thread(target=other)
    thread.start()
    assert writing.wait(5)
    waiting = replace(follower, generations=backend.generations())
    state = waiting.bring_up_or_wait(
        journal.revision(), 10, lambda reached, target: told.append((reached, target))
    )
    thread.join()

    assert state.revision == 1
    assert told[0] == (0, 1)


def test_who_waits_in_vain_says_so(
    journal: MemoryJournal, follower: Follower, backend: Backend
) -> None:
    follower.bring_up()
    journal.put(*records(2))
    assert wait_until(1, follower.generations, 0.1) is None
    with follower.generations.exclusive(0), pytest.raises(LockTimeout):
        replace(follower, generations=backend.generations()).bring_up_or_wait(1, 0.3)


async def test_keep_up_follows_changes_and_days(
    journal: MemoryJournal, follower: Follower, backend: Backend, clock: StillClock
) -> None:
    stop = threading.Event()
    thread = threading.Thread(target=follower.keep_up, args=(stop, 0.01))
    thread.start()
    try:
        await _until(backend, 0, TODAY)
        journal.put(*records(3))
        await _until(backend, 1, TODAY)
        clock.advance(days=1)
        await _until(backend, 1, date(2026, 11, 26))
    finally:
        stop.set()
        thread.join()


async def test_keep_up_stops_after_the_batch_at_hand(
    journal: MemoryJournal, follower: Follower, engine: Engine
) -> None:
    stop = threading.Event()
    follower.bring_up()
    for seed in range(5):
        journal.put(*records(1, seed))

    class Stopping(MemoryJournal):
        def changes(self, after: int, limit: int) -> ChangeBatch:
            if after == 2:
                stop.set()
            return MemoryJournal.changes(self, after, limit)

    stopping = Stopping(journal.records, current=journal.current, day=journal.day)
    replace(follower, source=stopping, batch=1, live_commit=0, build_commit=0).keep_up(stop, 0.01)

    assert (await engine.state()).revision == 3
    follower.bring_up()
    await assert_equal(engine, journal)


@pytest.mark.parametrize("damage", ["pointer", "generation", "everything"])
async def test_keep_up_rebuilds_what_was_lost_while_nothing_changed(
    follower: Follower, backend: Backend, damage: str
) -> None:
    stop = threading.Event()
    thread = threading.Thread(target=follower.keep_up, args=(stop, 0.01))
    thread.start()
    try:
        await _until(backend, 0, TODAY)
        backend.lose(damage)
        await _until(backend, 0, TODAY)
    finally:
        stop.set()
        thread.join()


async def _until(backend: Backend, revision: int, day: date) -> None:
    deadline = time.monotonic() + 15
    generations = backend.generations()
    while time.monotonic() < deadline:
        state = wait_until(revision, generations, 0)
        if state is not None and state.swept == day:
            return
        await asyncio.sleep(0.02)
    raise AssertionError(f"not at {revision}, {day}")
