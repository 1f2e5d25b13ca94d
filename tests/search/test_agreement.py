"""Filters, orders, pages and totals agree with a plain computation over the same records."""

from __future__ import annotations

import asyncio
import random
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import search.tantivy_engine.paging as paging_module
import search.tantivy_engine.reader as reader_module
from records.stored import StoredRecord
from records.vocabulary import PenaltyCategory, SubjectKind
from search.engine import Engine
from search.follower import Follower
from search.query import (
    And,
    AnyOf,
    Between,
    Contains,
    Filter,
    Not,
    Or,
    Order,
    Prefix,
    SearchRequest,
)
from search.tantivy_engine import tantivy_engine, tantivy_generations
from tests.search import corpus
from tests.search.journal import MemoryJournal
from tests.search.reading import pages
from tests.search.reference import EPOCH, matches, ordered
from tests.support import DATASETS, NOON, StillClock

TODAY = date(2026, 11, 25)
DECLARED = tuple(DATASETS.values())


@dataclass(frozen=True, repr=False)
class World:
    """An index and what it must hold."""

    engine: Engine
    journal: MemoryJournal

    def expected(self, request: SearchRequest) -> list[StoredRecord]:
        found = [
            r
            for r in self.journal.visible(request.today)
            if r.dataset == request.dataset and matches(request.where, r)
        ]
        return ordered(found, request.order)


@pytest.fixture(scope="module", params=[1, 2])
def world(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> World:
    """A few hundred records, brought in by many commits, a third of them changed or taken down."""
    rng = random.Random(request.param)
    home = tmp_path_factory.mktemp("world")
    journal = MemoryJournal()
    clock = StillClock(NOON - timedelta(days=3))
    follower = Follower(journal, tantivy_generations(home, DECLARED), DECLARED, clock, batch=20)
    follower.bring_up()
    for _ in range(12):
        journal.put(*(corpus.random_record(rng) for _ in range(30)))
        changed = rng.sample(sorted(journal.records), k=8)
        journal.put(
            *(replace(corpus.random_record(rng, journal.records[i].dataset), id=i) for i in changed)
        )
        journal.withdraw(*rng.sample(sorted(journal.records), k=3))
        follower.bring_up()
    return World(tantivy_engine(home, DECLARED), journal)


days = st.sampled_from([(day - EPOCH).days for day in corpus.DAYS])
cents = st.sampled_from([0, 1, 2_000_000, 1_999_999, -100, 2**70, -(2**70)])
bounds = st.one_of(st.none(), st.tuples(days, st.integers(-2, 2)).map(sum))
words = st.tuples(
    st.sampled_from([*corpus.AUTHORITIES, *corpus.NUMBERS, *filter(None, corpus.CODES), "无"]),
    st.sampled_from(["", " "]),
    st.booleans(),
).map(lambda p: p[1].join(p[0].lower() if p[2] else p[0]))
pieces = st.one_of(
    st.tuples(st.sampled_from(corpus.TEXTS), st.integers(0, 12), st.integers(2, 8))
    .map(lambda cut: cut[0][cut[1] : cut[1] + cut[2]])
    .filter(lambda text: len("".join(text.split())) > 1),
    st.sampled_from(["abc", "ＡＢＣ元", "面包包", "包面", "袋袋", "店包面包", "没有这样的文字"]),
)


def any_of(field: str, values: st.SearchStrategy[str]) -> st.SearchStrategy[Filter]:
    return st.builds(AnyOf, st.just(field), st.lists(values, max_size=3).map(tuple))


def leaves(dataset: str) -> st.SearchStrategy[Filter]:
    strings = ["document_number", "authority", "authority_code", "credit_code"]
    texts = {"licenses": ["content"], "penalties": ["content", "facts", "violation"]}[dataset]
    dates = {"licenses": ["decision_date", "valid_from", "valid_until"]}.get(
        dataset, ["decision_date"]
    )
    codes = {"licenses": ("category", ["GENERAL", "OTHER"])}.get(
        dataset, ("categories", [c.name for c in PenaltyCategory][:5])
    )
    kinds = [
        any_of("region", st.sampled_from(["410329", "410300", "1"])),
        any_of("subject_kind", st.sampled_from(list(SubjectKind)).map(lambda kind: kind.value)),
        any_of(codes[0], st.sampled_from(codes[1])),
        *(any_of(field, words) for field in strings),
        *(
            st.builds(
                Prefix, st.just(f), st.tuples(words, st.integers(0, 9)).map(lambda p: p[0][: p[1]])
            )
            for f in strings
        ),
        *(st.builds(Between, st.just(f), bounds, bounds) for f in dates),
        *(st.builds(Contains, st.just(f), pieces) for f in texts),
    ]
    if dataset == "penalties":
        optional = st.one_of(st.none(), cents)
        kinds.append(st.builds(Between, st.just("fine_amount"), optional, optional))
    return st.one_of(kinds)


def trees(dataset: str) -> st.SearchStrategy[Filter]:
    def grow(inner: st.SearchStrategy[Filter]) -> st.SearchStrategy[Filter]:
        parts = st.lists(inner, max_size=3).map(tuple)
        return st.one_of(st.builds(And, parts), st.builds(Or, parts), st.builds(Not, inner))

    return st.recursive(leaves(dataset), grow, max_leaves=6)


@st.composite
def requests(draw: st.DrawFn) -> SearchRequest:
    dataset = draw(st.sampled_from(["licenses", "penalties"]))
    fields = ["decision_date", "fine_amount"] if dataset == "penalties" else ["decision_date"]
    return SearchRequest(
        dataset=dataset,
        today=TODAY + timedelta(days=draw(st.integers(-3, 4))),
        where=draw(trees(dataset)),
        order=Order(draw(st.sampled_from(fields)), draw(st.booleans())),
        first=draw(st.integers(1, 100)),
    )


async def walk(engine: Engine, request: SearchRequest) -> list[str]:
    """The ids of every page, one after the other; all pages but the last are full."""
    seen: list[str] = []
    async for page in pages(engine, request):
        seen += [str(hit.document["id"]) for hit in page.hits]
        assert len(page.hits) == request.first or not page.has_more
    return seen


def check(world: World, request: SearchRequest) -> None:
    expected = world.expected(request)
    found = asyncio.run(walk(world.engine, request))
    total = asyncio.run(world.engine.count(request))
    assert found == [record.id for record in expected]
    assert (total.count, total.exact) == (len(expected), True)


@settings(max_examples=150, deadline=None)
@given(request=requests())
def test_any_request_agrees(world: World, request: SearchRequest) -> None:
    check(world, request)


@settings(max_examples=40, deadline=None)
@given(request=requests())
def test_ways_for_large_indexes_agree_too(world: World, request: SearchRequest) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(paging_module, "SELECTIVE", -1)
        patch.setattr(reader_module, "INLINE", -1)
        check(world, request)


@pytest.mark.parametrize("descending", [True, False])
@pytest.mark.parametrize("first", [1, 2, 7, 100])
def test_every_page_size_walks_the_whole_list(
    world: World, first: int, *, descending: bool
) -> None:
    order = Order("fine_amount", descending)
    request = SearchRequest("penalties", TODAY, order=order, first=first)
    check(world, request)


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
    documents = asyncio.run(world.engine.get(ids, TODAY))
    assert [d and d["id"] for d in documents] == [ids[0], None, ids[2], None, ids[0]]
