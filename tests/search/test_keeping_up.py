"""Several processes and one index: who writes, who waits, and following beside a server."""

from __future__ import annotations

import asyncio
import shutil
import threading
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from records.errors import LockTimeout
from records.stored import ChangeBatch
from search.follower import Follower, wait_until
from search.generations import DirectoryGenerations, read_pointer
from search.tantivy_engine import TantivyEngine
from tests.search.corpus import records
from tests.search.journal import MemoryJournal
from tests.search.reading import assert_equal
from tests.support import StillClock

TODAY = date(2026, 11, 25)


def test_only_one_process_writes(follower: Follower) -> None:
    follower.bring_up()
    with follower.generations.exclusive(0), pytest.raises(LockTimeout):
        replace(follower, generations=_same(follower)).bring_up()


def test_who_finds_the_lock_taken_waits_for_the_revision(
    journal: MemoryJournal, follower: Follower
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
    waiting = replace(follower, generations=_same(follower))
    state = waiting.bring_up_or_wait(
        journal.revision(), 10, lambda reached, target: told.append((reached, target))
    )
    thread.join()

    assert state.revision == 1
    assert told[0] == (0, 1)


def test_who_waits_in_vain_says_so(journal: MemoryJournal, follower: Follower) -> None:
    follower.bring_up()
    journal.put(*records(2))
    assert wait_until(1, follower.generations, 0.1) is None
    with follower.generations.exclusive(0), pytest.raises(LockTimeout):
        replace(follower, generations=_same(follower)).bring_up_or_wait(1, 0.3)


async def test_keep_up_follows_changes_and_days(
    journal: MemoryJournal, follower: Follower, engine: TantivyEngine, clock: StillClock
) -> None:
    stop = threading.Event()
    thread = threading.Thread(target=follower.keep_up, args=(stop, 0.01))
    thread.start()
    try:
        await _until(follower, 0, TODAY)
        journal.put(*records(3))
        await _until(follower, 1, TODAY)
        clock.advance(days=1)
        await _until(follower, 1, date(2026, 11, 26))
    finally:
        stop.set()
        thread.join()


async def test_keep_up_stops_after_the_batch_at_hand(
    journal: MemoryJournal, follower: Follower, engine: TantivyEngine
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

    stopping = Stopping(journal.records, journal.current, journal.day)
    replace(follower, source=stopping, batch=1).keep_up(stop, 0.01)

    assert (await engine.state()).revision == 3
    follower.bring_up()
    await assert_equal(engine, journal)


async def test_keep_up_survives_a_failure(
    journal: MemoryJournal, follower: Follower, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    follower.bring_up()
    home = tmp_path / "index"
    shutil.rmtree(home / read_pointer(home).live)
    lock = home / "writer.lock"
    lock.unlink(missing_ok=True)
    lock.mkdir()
    stop = threading.Event()
    thread = threading.Thread(target=follower.keep_up, args=(stop, 0.01))
    thread.start()
    try:
        await asyncio.sleep(0.1)
        lock.rmdir()
        await _until(follower, 0, TODAY)
    finally:
        stop.set()
        thread.join()

    assert "the index folder cannot be written" in caplog.text


@pytest.mark.parametrize("damage", ["pointer", "generation", "everything"])
async def test_keep_up_rebuilds_what_was_lost_while_nothing_changed(
    journal: MemoryJournal, follower: Follower, tmp_path: Path, damage: str
) -> None:
    home = tmp_path / "index"
    stop = threading.Event()
    thread = threading.Thread(target=follower.keep_up, args=(stop, 0.01))
    thread.start()
    try:
        await _until(follower, 0, TODAY)
        if damage == "pointer":
            (home / "live").write_text("damaged")
        else:
            # Renamed, not removed piece by piece: the follower is at work in the same folder.
            lost = home if damage == "everything" else home / read_pointer(home).live
            lost.rename(tmp_path / "lost")
        await _until(follower, 0, TODAY)
    finally:
        stop.set()
        thread.join()


async def _until(follower: Follower, revision: int, day: date) -> None:
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        state = wait_until(revision, _same(follower), 0)
        if state is not None and state.swept == day:
            return
        await asyncio.sleep(0.02)
    raise AssertionError(f"not at {revision}, {day}")


def _same(follower: Follower) -> DirectoryGenerations:
    """The same index as another process would open it."""
    assert isinstance(follower.generations, DirectoryGenerations)
    return DirectoryGenerations(follower.generations._home, follower.generations._backend)
