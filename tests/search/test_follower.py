"""Following, reindexing, rolling back: what the index holds afterwards."""

from __future__ import annotations

import asyncio
import random
from dataclasses import replace
from datetime import date

import pytest

from records.errors import IndexUnavailable
from records.stored import ChangeBatch, RecordState
from search.engine import Engine, IndexState
from search.follower import Follower
from search.query import ANY, SUBJECTS, TOMBSTONES, Order, SearchRequest
from tests.search.backends import DECLARED, Backend
from tests.search.corpus import random_record, random_subject, records
from tests.search.journal import MemoryJournal
from tests.search.reading import assert_equal, everything
from tests.support import NOON

TODAY = date(2026, 11, 25)


async def test_an_empty_store_makes_an_empty_index(follower: Follower, engine: Engine) -> None:
    assert follower.bring_up() == IndexState(0, TODAY, {})
    assert await engine.state() == IndexState(0, TODAY, {})


async def test_changes_replace_and_withdrawals_delete(
    journal: MemoryJournal, follower: Follower, engine: Engine
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
    journal: MemoryJournal, follower: Follower, backend: Backend
) -> None:
    journal.put(*records(3))
    follower.bring_up()
    before = backend.written()

    follower.bring_up()

    assert backend.written() == before
    journal.put(*records(1, 2))
    follower.bring_up()
    assert backend.written() != before


async def test_the_state_says_when_each_dataset_last_changed(
    journal: MemoryJournal, follower: Follower, engine: Engine
) -> None:
    rng = random.Random(2)
    journal.put(random_record(rng, "licenses"))
    journal.put(random_record(rng, "penalties"))
    journal.put(random_record(rng, "licenses"))
    batches = replace(follower, batch=1, live_commit=0, build_commit=0)
    batches.bring_up()

    updated = (await engine.state()).updated_at

    seconds = {name: (moment - NOON).total_seconds() for name, moment in updated.items()}
    assert seconds == {"licenses": 3, "penalties": 2}


async def test_a_dataset_that_is_not_declared_is_left_out(
    journal: MemoryJournal, follower: Follower, engine: Engine
) -> None:
    journal.put(*records(2), replace(records(3)[2], dataset="no_longer_declared"))

    follower.bring_up()

    assert len(await everything(engine, TODAY)) == 2


async def test_reindex_makes_an_equal_generation(
    journal: MemoryJournal, follower: Follower, engine: Engine
) -> None:
    journal.put(*records(20))
    follower.bring_up()
    old = follower.generations.live()

    follower.reindex()

    await assert_equal(engine, journal)
    assert follower.generations.live() != old
    assert follower.generations.previous() == old


def test_at_most_two_generations_stay(follower: Follower, backend: Backend) -> None:
    for _ in range(4):
        follower.reindex()

    assert len(backend.names()) == 2


class Interrupted(Exception):
    pass


@pytest.mark.parametrize("go_on", ["reindex", "bring_up"])
async def test_an_interrupted_build_goes_on_where_it_stopped(
    journal: MemoryJournal, follower: Follower, engine: Engine, go_on: str
) -> None:
    for seed in range(5):
        journal.put(*records(3, seed))
    reached: list[int] = []

    def stop(revision: int, _target: int) -> None:
        reached.append(revision)
        if revision == 3:
            raise Interrupted

    slow = replace(follower, batch=1, live_commit=0, build_commit=0)
    with pytest.raises(Interrupted):
        slow.reindex(progress=stop)
    with pytest.raises(IndexUnavailable):
        await engine.state()

    getattr(slow, go_on)(progress=stop)

    assert reached == [1, 2, 3, 4, 5]
    await assert_equal(engine, journal)


async def test_the_live_generation_keeps_up_while_another_is_built(
    journal: MemoryJournal, follower: Follower, engine: Engine
) -> None:
    for seed in range(3):
        journal.put(*records(3, seed))
    follower.bring_up()
    late = records(1, 99)[0]
    seen: list[bool] = []
    loop = asyncio.get_running_loop()

    class Busy(MemoryJournal):
        """Somebody loads while the new generation is at its first batch."""

        def changes(self, after: int, limit: int) -> ChangeBatch:
            batch = MemoryJournal.changes(self, after, limit)
            if after == 1 and late.id not in self.records:
                self.put(late)
            return batch

    busy = Busy(journal.records, current=journal.current, day=journal.day)

    def look(revision: int, _target: int) -> None:
        found = asyncio.run_coroutine_threadsafe(engine.get([late.id], TODAY), loop).result()
        seen.append(found != [None])

    reindexing = replace(follower, source=busy, batch=1, live_commit=0, build_commit=0)
    await asyncio.to_thread(reindexing.reindex, progress=look)

    assert seen[-1]
    assert not seen[0]
    await assert_equal(engine, busy)


async def test_what_goes_live_is_never_behind_what_was(
    journal: MemoryJournal, follower: Follower, engine: Engine
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

    restless = Restless(journal.records, current=journal.current, day=journal.day)
    revisions: list[int] = []
    loop = asyncio.get_running_loop()

    def look(_revision: int, _target: int) -> None:
        state = asyncio.run_coroutine_threadsafe(engine.state(), loop).result()
        revisions.append(state.revision)

    reindexing = replace(follower, source=restless, batch=1, live_commit=0, build_commit=0)
    await asyncio.to_thread(reindexing.reindex, progress=look)
    revisions.append((await engine.state()).revision)

    assert revisions == sorted(revisions)


async def test_rollback_brings_the_previous_generation_to_now(
    journal: MemoryJournal, follower: Follower, engine: Engine
) -> None:
    journal.put(*records(5))
    follower.bring_up()
    first = follower.generations.live()
    follower.reindex()
    journal.withdraw(*list(journal.records)[:2])
    journal.put(*records(2, 7))
    follower.bring_up()

    follower.rollback()

    assert follower.generations.live() == first
    await assert_equal(engine, journal)
    follower.reindex()
    await assert_equal(engine, journal)


async def test_without_a_previous_generation_there_is_no_way_back(follower: Follower) -> None:
    follower.bring_up()
    with pytest.raises(IndexUnavailable, match="previous"):
        follower.rollback()


async def test_an_index_ahead_of_its_store_is_built_anew(
    journal: MemoryJournal, follower: Follower, engine: Engine
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


async def test_another_declaration_builds_anew_and_the_old_index_stays(
    journal: MemoryJournal, follower: Follower, engine: Engine, backend: Backend
) -> None:
    journal.put(*records(4))
    follower.bring_up()
    first = follower.generations.live()
    narrowed = tuple(
        replace(d, fields=tuple(replace(f, sort=False) for f in d.fields)) for d in DECLARED
    )
    fewer = tuple(
        replace(d, fields=tuple(replace(f, filter=f.name == "status") for f in d.fields))
        for d in narrowed
    )

    changed = Follower(journal, backend.generations(fewer), fewer, follower.clock)
    changed.bring_up()

    assert follower.generations.previous() == first
    with pytest.raises(IndexUnavailable):
        await engine.state()
    with pytest.raises(IndexUnavailable):
        changed.rollback()
    follower.rollback()
    await assert_equal(engine, journal)


async def test_what_was_public_leaves_a_tombstone_and_what_never_was_leaves_nothing(
    journal: MemoryJournal, follower: Follower, engine: Engine
) -> None:
    shown, hidden = records(2)
    everywhere = SearchRequest(ANY, TODAY, order=Order("revision"))
    journal.put(shown, replace(hidden, state=RecordState.HIDDEN))
    follower.bring_up()
    journal.withdraw(shown.id)
    journal.put(replace(hidden, state=RecordState.ENDED))
    follower.bring_up()

    (gone,) = (await engine.search(everywhere)).hits

    kind = {"licenses": "LICENSE", "penalties": "PENALTY"}[shown.dataset]
    revision = journal.records[shown.id].revision
    assert gone.document == {
        "id": shown.id, "dataset": TOMBSTONES, "kind": kind, "revision": revision,
    }  # fmt: skip
    journal.put(shown)
    follower.bring_up()
    (again,) = (await engine.search(everywhere)).hits
    assert again.document["dataset"] == shown.dataset
    assert again.document["published_revision"] == journal.revision()


async def test_a_change_of_subjects_alone_is_followed(
    journal: MemoryJournal, follower: Follower, engine: Engine
) -> None:
    subject = replace(random_subject(random.Random(1)), visible={"PENALTY": None})
    journal.put(subjects=[subject])
    follower.bring_up()
    assert [d and d["dataset"] for d in await engine.get([subject.id], TODAY)] == [SUBJECTS]
    journal.forget(subject.id)
    follower.bring_up()
    assert await engine.get([subject.id], TODAY) == [None]
    assert (await engine.state()).revision == journal.revision()
