"""The window of publicity closes at midnight without any job."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from records.clock import SHANGHAI, today
from records.stored import ChangeBatch, RecordState
from search.engine import Engine
from search.follower import Follower
from search.query import SearchRequest
from tests.search.corpus import random_record
from tests.search.journal import MemoryJournal
from tests.search.reading import ids
from tests.support import StillClock

FIRST_DAY_AFTER = date(2026, 11, 26)
RECORD = replace(random_record(random.Random(3), "penalties"), public_until=FIRST_DAY_AFTER)


async def shown(engine: Engine, day: date) -> list[bool]:
    """Whether the record is in the list, in the total, and found by its id."""
    request = SearchRequest("penalties", day)
    return [
        await ids(engine, request) == [RECORD.id],
        (await engine.count(request)).count == 1,
        await engine.get([RECORD.id], day) != [None],
    ]


async def test_there_until_the_last_second_and_gone_at_midnight(
    journal: MemoryJournal, follower: Follower, engine: Engine, clock: StillClock
) -> None:
    journal.put(RECORD)
    clock.now = datetime(2026, 11, 25, 23, 59, 59, tzinfo=SHANGHAI)
    follower.bring_up()
    assert await shown(engine, today(clock)) == [True, True, True]

    clock.advance(seconds=1)

    assert await shown(engine, today(clock)) == [False, False, False]


@pytest.mark.parametrize("days", [0, 1, 400])
async def test_gone_however_long_nobody_follows(
    journal: MemoryJournal, follower: Follower, engine: Engine, days: int
) -> None:
    journal.put(RECORD)
    follower.bring_up()

    assert await shown(engine, FIRST_DAY_AFTER + timedelta(days=days)) == [False, False, False]


async def test_the_next_sweep_takes_it_out_of_the_index(
    journal: MemoryJournal, follower: Follower, engine: Engine, clock: StillClock
) -> None:
    journal.put(RECORD)
    follower.bring_up()
    clock.advance(days=1)

    state = follower.bring_up()

    assert state.swept == FIRST_DAY_AFTER
    # Asked as of yesterday: only a document that is no longer there stays away.
    assert await shown(engine, FIRST_DAY_AFTER - timedelta(days=1)) == [False, False, False]


async def test_a_record_enters_on_its_day(
    journal: MemoryJournal, follower: Follower, engine: Engine, clock: StillClock
) -> None:
    later = replace(
        RECORD, state=RecordState.PENDING, public_from=FIRST_DAY_AFTER, public_until=None
    )
    journal.put(later)
    follower.bring_up()
    assert await shown(engine, today(clock)) == [False, False, False]

    clock.advance(days=1)
    follower.bring_up()

    assert await shown(engine, today(clock)) == [True, True, True]


async def test_a_sweep_by_another_process_is_not_claimed_before_it_is_followed(
    journal: MemoryJournal, follower: Follower, engine: Engine
) -> None:
    """It comes after this follower has read the last change."""

    class SweptMeanwhile(MemoryJournal):
        def changes(self, after: int, limit: int) -> ChangeBatch:
            batch = MemoryJournal.changes(self, after, limit)
            if not batch.records:
                self.sweep(FIRST_DAY_AFTER)
            return batch

    journal.put(RECORD)
    replace(follower, source=SweptMeanwhile(journal.records, current=journal.current)).bring_up()

    assert await shown(engine, FIRST_DAY_AFTER) == [False, False, False]


async def test_a_sweep_is_not_claimed_by_an_earlier_batch(
    journal: MemoryJournal, follower: Follower, engine: Engine, clock: StillClock
) -> None:
    class Interrupted(Exception):
        pass

    def stop(_reached: int, _target: int) -> None:
        raise Interrupted

    journal.put(RECORD)
    follower.bring_up()
    journal.put(replace(random_record(random.Random(4), "licenses"), public_until=None))
    clock.advance(days=1)

    with pytest.raises(Interrupted):
        replace(follower, batch=1, live_commit=0, build_commit=0).bring_up(progress=stop)

    assert (await engine.state()).revision == journal.revision() - 1
    assert await shown(engine, FIRST_DAY_AFTER) == [False, False, False]
