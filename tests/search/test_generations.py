"""Generations of an index: built, live, previous, removed."""

from __future__ import annotations

import asyncio
import random
from contextlib import closing
from dataclasses import replace
from datetime import date

import pytest

from records.errors import LockTimeout
from search.documents import to_document
from search.engine import Engine, Generations, IndexState
from tests.search.backends import DECLARED, Backend
from tests.search.corpus import random_record
from tests.support import NOON, PENALTIES


@pytest.fixture
def generations(backend: Backend) -> Generations:
    return backend.generations()


def served(generations: Generations) -> tuple[str | None, str | None]:
    """The live and the previous one."""
    return generations.live(), generations.previous()


def test_nothing_is_live_at_first(generations: Generations) -> None:
    assert served(generations) == (None, None)
    assert generations.unfinished() is None
    assert generations.state() is None


def test_a_created_one_is_being_built_until_it_is_promoted(generations: Generations) -> None:
    name = generations.create()
    assert (generations.unfinished(), generations.live()) == (name, None)

    generations.promote(name)

    assert (generations.unfinished(), generations.live()) == (None, name)
    second = generations.create()
    generations.promote(second)
    assert served(generations) == (second, name)


def test_promoting_twice_keeps_the_previous(generations: Generations) -> None:
    first = generations.create()
    generations.promote(first)
    second = generations.create()
    generations.promote(second)
    generations.promote(second)
    assert served(generations) == (second, first)


def test_going_back_swaps_the_two(generations: Generations) -> None:
    first = generations.create()
    generations.promote(first)
    second = generations.create()
    generations.promote(second)
    generations.promote(first)
    assert served(generations) == (first, second)


def test_at_most_one_is_being_built(generations: Generations, backend: Backend) -> None:
    generations.create()
    second = generations.create()
    assert backend.names() == [second]


def test_names_are_not_used_twice(generations: Generations) -> None:
    first = generations.create()
    generations.promote(first)
    second = generations.create()
    generations.promote(second)
    # Going back, then building anew: what was tried and left must not be taken for the new one.
    generations.promote(first)
    assert generations.unfinished() is None
    assert generations.create() not in {first, second}


def test_one_left_over_is_not_being_built(generations: Generations) -> None:
    for _ in range(3):
        generations.promote(generations.create())
    assert generations.unfinished() is None


def test_collect_removes_only_what_nobody_needs(generations: Generations, backend: Backend) -> None:
    with generations.exclusive(0):
        for _ in range(3):
            generations.promote(generations.create())
        building = generations.create()
        before = backend.names()

        generations.collect()

        assert backend.names() == before[1:]
        assert before[1:] == [generations.previous(), generations.live(), building]


def test_one_built_otherwise_is_not_usable(generations: Generations, backend: Backend) -> None:
    generations.promote(generations.create())
    generations.promote(generations.create())
    generations.create()
    other = tuple(
        replace(d, fields=tuple(replace(f, facet=False) for f in d.fields)) for d in DECLARED
    )

    changed = backend.generations(other)

    assert served(changed) == (None, None)
    assert changed.unfinished() is None
    assert changed.state() is None


def test_a_state_is_read_as_it_was_written(generations: Generations) -> None:
    name = generations.create()
    generations.promote(name)
    written = IndexState(7, date(2026, 11, 25), {"penalties": NOON, "licenses": NOON})
    with closing(generations.writer(name)) as writer:
        writer.commit(written)

    assert generations.state() == written
    with closing(generations.writer(name)) as writer:
        assert writer.state == written


async def test_what_was_not_committed_is_not_shown(
    generations: Generations, engine: Engine
) -> None:
    record = random_record(random.Random(1), "penalties")
    name = generations.create()
    generations.promote(name)

    def write() -> None:
        with closing(generations.writer(name)) as writer:
            writer.apply([to_document(record, PENALTIES)], {})
            writer.commit(IndexState(1))
            writer.apply([], {record.id: 2})

    await asyncio.to_thread(write)

    assert generations.state() == IndexState(1)
    assert await engine.get([record.id], date(2026, 11, 20)) != [None]


def test_the_lock_is_one_for_the_whole_index(backend: Backend) -> None:
    first, second = (backend.generations() for _ in range(2))
    with first.exclusive(0), pytest.raises(LockTimeout), second.exclusive(0):
        pass
    with second.exclusive(0):
        pass
