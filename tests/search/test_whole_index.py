"""Counts agree with plain Python where lists tell them, and where a deleted record still stands in a list."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from records.stored import StoredRecord
from search.engine import Engine
from search.follower import Follower
from search.query import And, AnyOf, Filter, SearchRequest
from search.tallies import buckets
from search.tantivy_engine import tantivy_engine, tantivy_generations
from search.tantivy_engine.reader import TantivyEngine
from tests.search import corpus
from tests.search.asking import FACETS
from tests.search.journal import MemoryJournal
from tests.search.reference import counted, matches
from tests.support import DATASETS, NOON, StillClock

TODAY = date(2026, 11, 25)
DECLARED = tuple(DATASETS.values())
FILTERS: list[Filter] = [
    And(),
    AnyOf("status", ("VALID",)),
    AnyOf("region", (" 410329",)),
    AnyOf("authority", (corpus.AUTHORITIES[3].lower(),)),
    AnyOf("status", ("VALID", "OTHER")),
    And((AnyOf("status", ("VALID",)), AnyOf("region", ("410329",)))),
    And((AnyOf("status", ("VALID",)), AnyOf("status", ("OTHER",)))),
    And((AnyOf("status", ("VALID",)), AnyOf("status", ("VALID",)))),
]


async def agrees(engine: Engine, records: list[StoredRecord]) -> None:
    for dataset, facets in FACETS.items():
        categories = facets[1]
        for where in (*FILTERS, AnyOf(categories, ("OTHER",))):
            expected = [r for r in records if r.dataset == dataset and matches(where, r)]
            request = SearchRequest(dataset, TODAY, where)
            assert (await engine.count(request)).count == len(expected)
            for facet in facets:
                values = await engine.values(request, facet)
                found = [(b.value, b.count) for b in buckets(values, 100)]
                assert found == counted(expected, facet)


@pytest.fixture
def follower(tmp_path: Path) -> Follower:
    journal = MemoryJournal()
    journal.put(*corpus.records(300))
    generations = tantivy_generations(tmp_path, DECLARED)
    return Follower(journal, generations, DECLARED, StillClock(NOON))


async def test_counts_agree_with_and_without_deleted_records(
    follower: Follower, tmp_path: Path
) -> None:
    follower.bring_up()
    engine = tantivy_engine(tmp_path, DECLARED)
    journal = follower.source
    assert isinstance(journal, MemoryJournal)
    assert whole(engine)
    await agrees(engine, journal.visible(TODAY))

    journal.withdraw(*sorted(journal.records)[:7])
    follower.bring_up()

    assert not whole(engine)
    await agrees(engine, journal.visible(TODAY))


def whole(engine: TantivyEngine) -> bool:
    return engine._snapshot().is_whole


def test_the_filters_find_something() -> None:
    found = Counter(
        index
        for record in corpus.records(300)
        for index, where in enumerate(FILTERS)
        if matches(where, record)
    )
    assert len(found) == len(FILTERS) - 1
