"""Following, reindexing, rolling back: what the index holds afterwards."""

from __future__ import annotations

import asyncio
import random
import shutil
import threading
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from records.errors import IndexUnavailable, LockTimeout
from records.stored import ChangeBatch, StoredRecord
from search.engine import IndexState
from search.follower import Follower, wait_until
from search.generations import DirectoryGenerations, read_pointer
from search.tantivy_engine import TantivyEngine, tantivy_generations
from tests.search.conftest import DECLARED
from tests.search.corpus import random_record
from tests.search.journal import MemoryJournal
from tests.search.reading import everything
from tests.support import NOON, StillClock

TODAY = date(2026, 11, 25)


def records(number: int, seed: int = 1) -> list[StoredRecord]:
    rng = random.Random(seed)
    return [replace(random_record(rng), public_until=None) for _ in range(number)]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "index"


async def assert_equal(engine: TantivyEngine, journal: MemoryJournal) -> None:
    found = await everything(engine, TODAY)
    assert {i: d["revision"] for i, d in found.items()} == {
        r.id: r.revision for r in journal.visible(TODAY)
    }
    assert (await engine.state()).revision == journal.revision()


async def test_an_empty_store_makes_an_empty_index(
    follower: Follower, engine: TantivyEngine
) -> None:
    assert follower.bring_up() == IndexState(0, TODAY, {})
    assert await engine.state() == IndexState(0, TODAY, {})


async def test_changes_replace_and_withdrawals_delete(
    journal: MemoryJournal, follower: Follower, engine: TantivyEngine
) -> None:
    first, second, third = records(3)
    journal.put(first, second, third)
    follower.bring_up()
    journal.put(replace(second, template="V2"))
    journal.withdraw(third.id)

    follower.bring_up()

    await assert_equal(engine, journal)
    assert [d and d["template"] for d in await engine.get([first.id, second.id], TODAY)] == [
        "V2.1",
        "V2",
    ]


async def test_a_second_time_changes_nothing(
    journal: MemoryJournal, follower: Follower, home: Path
) -> None:
    journal.put(*records(3))
    follower.bring_up()
    before = (home / read_pointer(home).live / "meta.json").read_bytes()

    follower.bring_up()

    assert (home / read_pointer(home).live / "meta.json").read_bytes() == before


async def test_the_state_says_when_each_dataset_last_changed(
    journal: MemoryJournal, follower: Follower, engine: TantivyEngine
) -> None:
    rng = random.Random(2)
    journal.put(random_record(rng, "licenses"))
    journal.put(random_record(rng, "penalties"))
    journal.put(random_record(rng, "licenses"))
    batches = replace(follower, batch=1)
    batches.bring_up()

    updated = (await engine.state()).updated_at

    seconds = {name: (moment - NOON).total_seconds() for name, moment in updated.items()}
    assert seconds == {"licenses": 3, "penalties": 2}


async def test_a_dataset_that_is_not_declared_is_left_out(
    journal: MemoryJournal, follower: Follower, engine: TantivyEngine
) -> None:
    journal.put(*records(2), replace(records(3)[2], dataset="no_longer_declared"))

    follower.bring_up()

    assert len(await everything(engine, TODAY)) == 2


async def test_reindex_makes_an_equal_generation(
    journal: MemoryJournal, follower: Follower, engine: TantivyEngine, home: Path
) -> None:
    journal.put(*records(20))
    follower.bring_up()
    old = read_pointer(home).live

    follower.reindex()

    await assert_equal(engine, journal)
    assert read_pointer(home).live != old
    assert read_pointer(home).previous == old


def test_at_most_two_generations_stay(
    journal: MemoryJournal, follower: Follower, home: Path
) -> None:
    for _ in range(4):
        follower.reindex()

    assert len([path for path in home.iterdir() if path.is_dir()]) == 2


class Interrupted(Exception):
    pass


@pytest.mark.parametrize("go_on", ["reindex", "bring_up"])
async def test_an_interrupted_build_goes_on_where_it_stopped(
    journal: MemoryJournal, follower: Follower, engine: TantivyEngine, go_on: str
) -> None:
    for seed in range(5):
        journal.put(*records(3, seed))
    reached: list[int] = []

    def stop(revision: int, _target: int) -> None:
        reached.append(revision)
        if revision == 3:
            raise Interrupted

    slow = replace(follower, batch=1)
    with pytest.raises(Interrupted):
        slow.reindex(progress=stop)
    with pytest.raises(IndexUnavailable):
        await engine.state()

    getattr(slow, go_on)(progress=stop)

    assert reached == [1, 2, 3, 4, 5]
    await assert_equal(engine, journal)


async def test_the_live_generation_keeps_up_while_another_is_built(
    journal: MemoryJournal, follower: Follower, engine: TantivyEngine
) -> None:
    for seed in range(3):
        journal.put(*records(3, seed))
    follower.bring_up()
    late = records(1, 99)[0]
    seen: list[bool] = []

    class Busy(MemoryJournal):
        """Somebody loads while the new generation is at its first batch."""

        def changes(self, after: int, limit: int) -> ChangeBatch:
            batch = MemoryJournal.changes(self, after, limit)
            if after == 1 and late.id not in self.records:
                self.put(late)
            return batch

    busy = Busy(journal.records, journal.current, journal.day)

    def look(revision: int, _target: int) -> None:
        document = engine._snapshot().searcher.doc_freq("id", late.id)
        seen.append(bool(document))

    replace(follower, source=busy, batch=1).reindex(progress=look)

    assert seen[-1]
    assert not seen[0]
    await assert_equal(engine, busy)


async def test_what_goes_live_is_never_behind_what_was(
    journal: MemoryJournal, follower: Follower, engine: TantivyEngine
) -> None:
    """Something is loaded after every batch, up to the very last."""
    extra = records(12, 50)
    journal.put(*records(3))
    follower.bring_up()

    class Restless(MemoryJournal):
        def changes(self, after: int, limit: int) -> ChangeBatch:
            batch = MemoryJournal.changes(self, after, limit)
            if extra:
                self.put(extra.pop())
            return batch

    restless = Restless(journal.records, journal.current, journal.day)
    revisions: list[int] = []

    def look(_revision: int, _target: int) -> None:
        revisions.append(engine._snapshot().state.revision)

    replace(follower, source=restless, batch=1).reindex(progress=look)
    revisions.append((await engine.state()).revision)

    assert revisions == sorted(revisions)


async def test_rollback_brings_the_previous_generation_to_now(
    journal: MemoryJournal, follower: Follower, engine: TantivyEngine, home: Path
) -> None:
    journal.put(*records(5))
    follower.bring_up()
    first = read_pointer(home).live
    follower.reindex()
    journal.withdraw(*list(journal.records)[:2])
    journal.put(*records(2, 7))
    follower.bring_up()

    follower.rollback()

    assert read_pointer(home).live == first
    await assert_equal(engine, journal)
    follower.reindex()
    await assert_equal(engine, journal)


async def test_without_a_previous_generation_there_is_no_way_back(follower: Follower) -> None:
    follower.bring_up()
    with pytest.raises(IndexUnavailable, match="previous"):
        follower.rollback()


async def test_an_index_ahead_of_its_store_is_built_anew(
    journal: MemoryJournal, follower: Follower, engine: TantivyEngine
) -> None:
    for seed in range(5):
        journal.put(*records(2, seed))
    follower.bring_up()
    older = MemoryJournal()
    older.put(*records(2, 77))

    replace(follower, source=older).bring_up()

    await assert_equal(engine, older)
    with pytest.raises(IndexUnavailable):
        replace(follower, source=older).rollback()


async def test_a_damaged_live_index_is_replaced_by_reindex(
    journal: MemoryJournal, follower: Follower, engine: TantivyEngine, home: Path
) -> None:
    journal.put(*records(4))
    follower.bring_up()
    for segment in (home / read_pointer(home).live).glob("*.store"):
        segment.unlink()
    with pytest.raises(IndexUnavailable):
        await everything(engine, TODAY)

    follower.reindex()

    await assert_equal(engine, journal)


async def test_another_declaration_builds_anew_and_the_old_index_stays(
    journal: MemoryJournal, follower: Follower, engine: TantivyEngine, home: Path
) -> None:
    journal.put(*records(4))
    follower.bring_up()
    narrowed = tuple(
        replace(d, fields=tuple(replace(f, sort=False) for f in d.fields)) for d in DECLARED
    )
    fewer = tuple(
        replace(d, fields=tuple(replace(f, filter=f.name == "status") for f in d.fields))
        for d in narrowed
    )

    changed = Follower(journal, tantivy_generations(home, fewer), fewer, follower.clock)
    changed.bring_up()

    assert read_pointer(home).previous == "g000001"
    with pytest.raises(IndexUnavailable):
        await engine.state()
    with pytest.raises(IndexUnavailable):
        changed.rollback()
    follower.rollback()
    await assert_equal(engine, journal)


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
    journal: MemoryJournal, follower: Follower, home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    follower.bring_up()
    live = home / read_pointer(home).live
    shutil.move(live, home.parent / "gone")
    (home / "live").write_text("damaged")
    stop = threading.Event()
    thread = threading.Thread(target=follower.keep_up, args=(stop, 0.01))
    thread.start()
    try:
        await asyncio.sleep(0.1)
        (home / "live").unlink()
        await _until(follower, 0, TODAY)
    finally:
        stop.set()
        thread.join()

    assert "IndexUnavailable" in caplog.text


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
