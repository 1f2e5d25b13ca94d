"""Filters, orders, pages, totals and counts agree with a plain computation over the same records."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Coroutine, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TypeVar

import pytest
from hypothesis import given, settings

import search.tantivy_engine.paging as paging_module
import search.tantivy_engine.queries as queries_module
import search.tantivy_engine.reader as reader_module
from records.stored import StoredRecord
from search.engine import Engine
from search.follower import Follower
from search.query import Order, SearchRequest
from search.tallies import buckets, timeline
from tests.search import corpus
from tests.search.asking import DATES, FACETS, ORDERS, TODAY, Question, questions
from tests.search.backends import (
    DECLARED,
    Backend,
    elasticsearch_backend,
    tantivy_backend,
)
from tests.search.journal import MemoryJournal
from tests.search.reading import pages
from tests.search.reference import counted, matches, ordered, spans
from tests.support import NOON, StillClock

T = TypeVar("T")

QUESTIONS = 1_000
"""For each of the two worlds on each engine."""


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
        journal.put(*(corpus.random_record(rng) for _ in range(30)))
        changed = rng.sample(sorted(journal.records), k=8)
        journal.put(
            *(replace(corpus.random_record(rng, journal.records[i].dataset), id=i) for i in changed)
        )
        journal.withdraw(*rng.sample(sorted(journal.records), k=3))
        follower.bring_up()
    return journal


def opened(backend: Backend, seed: int) -> Iterator[World]:
    journal = populate(backend, seed)
    with asyncio.Runner() as loop:
        engine = backend.engine()
        yield World(engine, loop, journal)
        loop.run(engine.close())


@pytest.fixture(
    scope="module", params=["tantivy-1", "tantivy-2", "elasticsearch-1", "elasticsearch-2"]
)
def world(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    name, seed = request.param.split("-")
    folder = tmp_path_factory.mktemp("world")
    if name == "tantivy":
        yield from opened(tantivy_backend(folder), int(seed))
        return
    server = request.getfixturevalue("elasticsearch")
    with elasticsearch_backend(server, folder) as backend:
        yield from opened(backend, int(seed))


async def walk(engine: Engine, request: SearchRequest) -> list[str]:
    """The ids of every page, one after the other; all pages but the last are full."""
    seen: list[str] = []
    async for page in pages(engine, request):
        seen += [str(hit.document["id"]) for hit in page.hits]
        assert len(page.hits) == request.first or not page.has_more
    return seen


def check_list(world: World, request: SearchRequest) -> list[StoredRecord]:
    expected = world.expected(request)
    assert world.run(walk(world.engine, request)) == [record.id for record in expected]
    return expected


def check(world: World, question: Question) -> None:
    request, engine = question.request, world.engine
    expected = check_list(world, request)

    total = world.run(engine.count(request, question.cap))
    values = world.run(engine.values(request, question.facet))
    months = world.run(engine.months(request, question.date))

    assert total.count == min(len(expected), question.cap)
    assert total.exact == (len(expected) <= question.cap)
    found = [(b.value, b.count) for b in buckets(values, question.size)]
    assert found == counted(expected, question.facet)[: question.size]
    assert [(s.start, s.count) for s in timeline(months, question.interval)] == spans(
        expected, question.date, question.interval
    )


@settings(max_examples=QUESTIONS, deadline=None)
@given(question=questions())
def test_any_question_agrees(world: World, question: Question) -> None:
    check(world, question)


@settings(max_examples=40, deadline=None)
@given(question=questions())
def test_ways_for_large_indexes_agree_too(world: World, question: Question) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(paging_module, "SELECTIVE", -1)
        patch.setattr(queries_module, "SELECTIVE", -1)
        patch.setattr(reader_module, "INLINE", -1)
        check(world, question)


@pytest.mark.parametrize("descending", [True, False])
@pytest.mark.parametrize("first", [1, 2, 7, 100])
def test_every_page_size_walks_the_whole_list(
    world: World, first: int, *, descending: bool
) -> None:
    for dataset, fields in ORDERS.items():
        for field in fields:
            order = Order(field, descending)
            check_list(world, SearchRequest(dataset, TODAY, order=order, first=first))


def test_everything_is_counted_by_every_facet_and_date(world: World) -> None:
    for dataset, facets in FACETS.items():
        request = SearchRequest(dataset, TODAY)
        expected = world.expected(request)
        for facet in facets:
            found = buckets(world.run(world.engine.values(request, facet)), 100)
            assert [(b.value, b.count) for b in found] == counted(expected, facet)
            assert found
        for name in DATES[dataset]:
            assert sum(world.run(world.engine.months(request, name)).values()) > 50


def test_the_world_is_worth_asking(world: World) -> None:
    visible = world.journal.visible(TODAY)
    beginnings = [record.id[:13] for record in visible]
    assert len(visible) > 150
    assert len(beginnings) > len(set(beginnings)) + 30
    assert any(record.public_until == TODAY for record in world.journal.records.values())
    assert {record.dataset for record in visible} == {"licenses", "penalties"}


def test_get_answers_in_the_order_asked(world: World) -> None:
    visible = world.journal.visible(TODAY)
    ids = [visible[3].id, "0" * 26, visible[0].id, "\ud800", visible[3].id]
    documents = world.run(world.engine.get(ids, TODAY))
    assert [d and d["id"] for d in documents] == [ids[0], None, ids[2], None, ids[0]]
