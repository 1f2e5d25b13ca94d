"""Indexes that were filled by many commits, beside what they must hold."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

import pytest

from records.stored import StoredRecord
from search.engine import Engine
from search.follower import Follower
from search.query import SearchRequest
from tests.search import corpus
from tests.search.backends import (
    DECLARED,
    Backend,
    elasticsearch_backend,
    tantivy_backend,
)
from tests.search.journal import MemoryJournal
from tests.search.reading import pages
from tests.search.reference import matches, ordered
from tests.support import NOON, StillClock

T = TypeVar("T")


@dataclass(frozen=True, repr=False)
class World:
    """An index, the loop in which it is asked, and what it must hold."""

    engine: Engine
    loop: asyncio.Runner
    journal: MemoryJournal

    def run(self, work: Coroutine[None, None, T]) -> T:
        return self.loop.run(work)

    def expected(self, request: SearchRequest) -> list[StoredRecord]:
        found = [
            r
            for r in self.journal.visible(request.today)
            if r.dataset == request.dataset and matches(request.where, r)
        ]
        return ordered(found, request.order)


def populate(backend: Backend, seed: int) -> MemoryJournal:
    """A few hundred records, brought in by many commits, a third of them changed or taken down."""
    rng = random.Random(seed)
    journal = MemoryJournal()
    clock = StillClock(NOON - timedelta(days=3))
    follower = Follower(journal, backend.generations(), DECLARED, clock, batch=20, live_commit=0)
    follower.bring_up()
    for _ in range(12):
        journal.put(
            *(corpus.random_record(rng) for _ in range(30)),
            subjects=[corpus.random_subject(rng) for _ in range(20)],
        )
        changed = rng.sample(sorted(journal.records), k=8)
        journal.put(
            *(replace(corpus.random_record(rng, journal.records[i].dataset), id=i) for i in changed)
        )
        journal.withdraw(*rng.sample(sorted(journal.records), k=3))
        changed = rng.sample(sorted(journal.subjects), k=4)
        journal.put(subjects=[replace(corpus.random_subject(rng), id=i) for i in changed])
        journal.forget(*rng.sample(sorted(journal.subjects), k=2))
        follower.bring_up()
    return journal


@contextmanager
def opened(backend: Backend, seed: int) -> Iterator[World]:
    journal = populate(backend, seed)
    with asyncio.Runner() as loop:
        engine = backend.engine()
        yield World(engine, loop, journal)
        loop.run(engine.close())


@contextmanager
def world_of(name: str, request: pytest.FixtureRequest, folder: Path) -> Iterator[World]:
    """One by its name: engine and seed."""
    engine, seed = name.split("-")
    if engine == "tantivy":
        with opened(tantivy_backend(folder), int(seed)) as world:
            yield world
        return
    server = request.getfixturevalue("elasticsearch")
    with elasticsearch_backend(server, folder) as backend, opened(backend, int(seed)) as world:
        yield world


async def walk(engine: Engine, request: SearchRequest) -> list[str]:
    """The ids of every page, one after the other; all pages but the last are full."""
    seen: list[str] = []
    async for page in pages(engine, request):
        seen += [str(hit.document["id"]) for hit in page.hits]
        assert len(page.hits) == request.first or not page.has_more
    return seen
