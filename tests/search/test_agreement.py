"""Filters, orders, pages, totals and counts agree with a plain computation over the same records."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings

import search.tantivy_engine.paging as paging_module
import search.tantivy_engine.queries as queries_module
import search.tantivy_engine.reader as reader_module
from records.stored import StoredRecord
from search.query import Order, SearchRequest
from search.tallies import buckets, timeline
from tests.search.asking import DATES, FACETS, ORDERS, TODAY, Question, questions
from tests.search.reference import counted, spans
from tests.search.worlds import World, walk, world_of

QUESTIONS = 1_000
"""For each of the two worlds on each engine."""


@pytest.fixture(
    scope="module", params=["tantivy-1", "tantivy-2", "elasticsearch-1", "elasticsearch-2"]
)
def world(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    with world_of(request.param, request, tmp_path_factory.mktemp("world")) as made:
        yield made


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
