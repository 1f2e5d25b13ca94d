"""Names are counted for a minute where there are very many; what changes meanwhile is followed all the same."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

import pytest

from search.engine import Engine
from search.follower import Follower
from tests.search.backends import DECLARED, Backend
from tests.search.corpus import random_subject, records
from tests.search.journal import MemoryJournal
from tests.support import StillClock

TODAY = date(2026, 11, 25)


class _ToldToStop(Exception):
    """What the process was told while names were counted."""


@dataclass
class SlowlyCounted(MemoryJournal):
    """A journal of which something is taken down before its names are counted, and which is looked at after."""

    taken_down: str = ""

    def subject_names(self) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
        self.withdraw(self.taken_down)
        yield from super().subject_names()


@pytest.fixture
def journal() -> MemoryJournal:
    record = records(1)[0]
    made = SlowlyCounted(taken_down=record.id)
    subject = replace(random_subject(random.Random(1)), visible={"PENALTY": None})
    made.put(record, subjects=[subject])
    return made


async def test_what_is_taken_down_meanwhile_is_gone_before_the_count_is_kept(
    journal: SlowlyCounted, backend: Backend, clock: StillClock, engine: Engine
) -> None:
    follower = Follower(journal, backend.generations(), DECLARED, clock)

    state = await asyncio.to_thread(follower.bring_up)

    assert await engine.get([journal.taken_down], TODAY) == [None]
    assert (state.revision, state.names) == (journal.revision(), 1)
    assert (await engine.statistics()).names == 1


def test_who_is_told_to_stop_does_not_count_to_the_end(
    journal: SlowlyCounted, backend: Backend, clock: StillClock
) -> None:
    follower = Follower(journal, backend.generations(), DECLARED, clock)

    def stop_at_the_second_revision(reached: int, target: int) -> None:
        if target == 2:
            raise _ToldToStop

    with pytest.raises(_ToldToStop):
        follower.bring_up(progress=stop_at_the_second_revision)
