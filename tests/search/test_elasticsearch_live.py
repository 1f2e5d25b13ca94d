"""Which index of a cluster a reader takes for the live one, while it does not ask before every answer."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import date

import pytest

from search.elasticsearch_engine import FRESHNESS, elasticsearch_engine
from search.elasticsearch_engine.clients import writing_client
from search.elasticsearch_engine.mapping import fingerprint, meta_of
from search.engine import Engine, IndexState
from search.follower import Follower
from search.plan import Grams, Plan, Term
from search.query import SearchRequest
from search.schema import IndexSchema
from tests.search.backends import DECLARED, ElasticsearchBackend
from tests.search.corpus import records
from tests.search.journal import MemoryJournal
from tests.search.reading import everything

TODAY = date(2026, 11, 25)
NEVER = 50.0
"""A freshness that no test outlives."""
SEVERAL = [SearchRequest("licenses", TODAY), SearchRequest("penalties", TODAY)]


pytestmark = pytest.mark.parametrize("backend", ["elasticsearch"], indirect=True)


@pytest.fixture
async def trusting(
    backend: ElasticsearchBackend, journal: MemoryJournal, follower: Follower
) -> AsyncIterator[Engine]:
    """A reader that knows the first generation, with two records, and does not ask again."""
    journal.put(*records(2))
    follower.bring_up()
    engine = elasticsearch_engine(backend.cluster, DECLARED, freshness=NEVER)
    await engine.state()
    yield engine
    await engine.close()


async def test_a_reader_of_a_removed_index_goes_on_with_the_live_one(
    journal: MemoryJournal, follower: Follower, trusting: Engine
) -> None:
    for _ in range(2):
        await asyncio.to_thread(follower.reindex)

    assert set(await everything(trusting, TODAY)) == set(journal.records)


async def test_a_record_is_found_after_its_index_was_removed(
    journal: MemoryJournal, follower: Follower, trusting: Engine
) -> None:
    for _ in range(2):
        await asyncio.to_thread(follower.reindex)

    assert None not in await trusting.get(list(journal.records), TODAY)


@pytest.mark.parametrize(
    "question",
    [
        lambda engine: engine.search_many(SEVERAL),
        lambda engine: engine.values_many(SEVERAL, "subject_kind"),
        lambda engine: engine.candidates([Plan((Term(Grams.PAIRS, "青禾", 1),))], TODAY),
    ],
)
async def test_several_questions_are_answered_after_the_index_was_removed(
    backend: ElasticsearchBackend,
    follower: Follower,
    trusting: Engine,
    question: Callable[[Engine], Awaitable[object]],
) -> None:
    for _ in range(2):
        await asyncio.to_thread(follower.reindex)
    fresh = backend.engine()

    assert await question(trusting) == await question(fresh)
    await fresh.close()


async def test_a_commit_to_the_known_index_is_shown_at_once(
    journal: MemoryJournal, follower: Follower, trusting: Engine
) -> None:
    journal.put(*records(3, 2))
    journal.withdraw(next(iter(journal.records)))
    await asyncio.to_thread(follower.bring_up)

    assert len(await everything(trusting, TODAY)) == 4
    assert (await trusting.state()).revision == 1


async def test_a_reader_that_was_idle_does_not_show_what_was_taken_away_meanwhile(
    backend: ElasticsearchBackend, journal: MemoryJournal, follower: Follower
) -> None:
    journal.put(*records(2))
    follower.bring_up()
    engine = elasticsearch_engine(backend.cluster, DECLARED)
    assert len(await everything(engine, TODAY)) == 2

    await asyncio.to_thread(follower.reindex)
    journal.withdraw(*journal.records)
    await asyncio.to_thread(follower.bring_up)
    await asyncio.sleep(2 * FRESHNESS)

    assert await everything(engine, TODAY) == {}
    await engine.close()


async def test_a_revision_that_was_told_is_not_taken_back(
    backend: ElasticsearchBackend, journal: MemoryJournal, follower: Follower, engine: Engine
) -> None:
    """Some node of a cluster may not have heard yet what another one has told."""
    journal.put(*records(1))
    follower.bring_up()
    told = await engine.state()
    older = meta_of(IndexState(), fingerprint(IndexSchema(DECLARED)), "")

    with writing_client(backend.cluster) as client:
        client.indices.put_mapping(index=str(follower.generations.live()), meta=older)

    assert await engine.state() == told
