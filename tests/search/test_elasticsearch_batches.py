"""Several searches in one request: each answer is worth what it would be alone."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from traceback import format_exception

import pytest
from elasticsearch import ApiError, AsyncElasticsearch, Elasticsearch

from records.errors import IndexUnavailable
from search.elasticsearch_engine.batches import MOST_TOGETHER, answers
from search.elasticsearch_engine.clients import READ_RETRIES, reading_client
from search.elasticsearch_engine.mapping import mapping_of
from search.elasticsearch_engine.names import Names
from search.engine import Engine
from search.follower import Follower
from search.plan import Grams, Plan, Term
from search.query import AnyOf, SearchRequest
from search.schema import IndexSchema
from tests.cluster.bad_proxy import BadProxy, Mischief, bad_proxy, honest, one_less, one_too_busy
from tests.search.backends import DECLARED, ElasticsearchBackend
from tests.search.corpus import records
from tests.search.journal import MemoryJournal

TODAY = date(2026, 11, 25)
PENALTIES = SearchRequest("penalties", TODAY)
PLAN = Plan((Term(Grams.PAIRS, "青禾", 1.0),))

Question = Callable[[Engine], Awaitable[object]]
QUESTIONS: list[Question] = [
    lambda engine: engine.search_many([PENALTIES, PENALTIES]),
    lambda engine: engine.values_many([PENALTIES, PENALTIES], "authority"),
    lambda engine: engine.candidates([PLAN, PLAN], TODAY),
]

pytestmark = pytest.mark.parametrize("backend", ["elasticsearch"], indirect=True)


@pytest.fixture
def loaded(
    backend: ElasticsearchBackend, journal: MemoryJournal, follower: Follower
) -> ElasticsearchBackend:
    journal.put(*(replace(r, public_until=None) for r in records(30)))
    follower.bring_up()
    return backend


@contextmanager
def through_proxy(
    backend: ElasticsearchBackend, spoil: Mischief, times: int = 1_000
) -> Iterator[tuple[Engine, BadProxy]]:
    """A reader whose requests of several searches are counted, and spoiled, on their way."""
    with bad_proxy(backend.cluster.hosts[0], spoil, times, "_msearch") as proxy:
        cluster = replace(backend.cluster, hosts=(proxy.url,))
        yield replace(backend, cluster=cluster).engine(), proxy


@pytest.mark.parametrize("question", QUESTIONS)
async def test_all_is_asked_in_one_request(
    loaded: ElasticsearchBackend, question: Question
) -> None:
    with through_proxy(loaded, honest) as (engine, proxy):
        await question(engine)
        await engine.close()

    assert proxy.spoiled == 1


async def test_each_answer_is_that_to_its_own_request(
    loaded: ElasticsearchBackend, engine: Engine
) -> None:
    requests = [
        PENALTIES,
        SearchRequest("licenses", TODAY, first=3),
        replace(PENALTIES, where=AnyOf("status", ("nothing",))),
    ]
    alone = [await engine.search(request) for request in requests]
    assert len({len(page.hits) for page in alone}) == 3

    assert await engine.search_many(requests) == alone
    assert await engine.values_many(requests, "authority") == [
        await engine.values(request, "authority") for request in requests
    ]


async def test_nothing_is_asked_for_nothing(loaded: ElasticsearchBackend) -> None:
    with through_proxy(loaded, honest) as (engine, proxy):
        assert await engine.search_many([]) == []
        assert await engine.values_many([], "authority") == []
        assert await engine.candidates([Plan(())], TODAY) == [[]]
        await engine.close()

    assert proxy.spoiled == 0


async def test_very_many_are_asked_in_parts(loaded: ElasticsearchBackend) -> None:
    many = [replace(PENALTIES, first=1 + n % 3) for n in range(2 * MOST_TOGETHER + 1)]
    with through_proxy(loaded, honest) as (engine, proxy):
        found = await engine.search_many(many)
        await engine.close()

    assert proxy.spoiled == 3
    assert [len(page.hits) for page in found] == [request.first for request in many]


async def test_what_the_cluster_was_too_busy_for_is_asked_again(
    loaded: ElasticsearchBackend, engine: Engine
) -> None:
    with through_proxy(loaded, one_too_busy, READ_RETRIES) as (patient, _):
        found = await patient.search_many([PENALTIES, SearchRequest("licenses", TODAY)])
        await patient.close()

    assert found == await engine.search_many([PENALTIES, SearchRequest("licenses", TODAY)])


@pytest.mark.parametrize(
    ("spoil", "said"), [(one_too_busy, "overloaded"), (one_less, "incomplete")]
)
@pytest.mark.parametrize("question", QUESTIONS)
async def test_one_failed_answer_is_an_error_that_quotes_nothing(
    loaded: ElasticsearchBackend, question: Question, spoil: Mischief, said: str
) -> None:
    with through_proxy(loaded, spoil) as (engine, _):
        with pytest.raises(IndexUnavailable, match=said) as raised:
            await question(engine)
        await engine.close()

    told = "".join(format_exception(raised.value))
    assert "青禾" not in told
    assert "es_rejected" not in told


async def test_a_refused_search_among_others_is_known_by_its_own_status(
    loaded: ElasticsearchBackend,
) -> None:
    client: AsyncElasticsearch = reading_client(loaded.cluster)
    everything: dict[str, object] = {"query": {"match_all": {}}}
    with pytest.raises(ApiError) as raised:
        await answers(client, Names(loaded.cluster.index).live, [everything, {"size": -5}])
    await client.close()

    assert raised.value.status_code == 400


@pytest.mark.parametrize("question", QUESTIONS)
async def test_half_an_index_answers_nothing(
    backend: ElasticsearchBackend, client: Elasticsearch, question: Question
) -> None:
    """A shard that no node has is no empty shard."""
    client.indices.create(
        index=Names(backend.cluster.index).generation(1),
        mappings=mapping_of(IndexSchema(DECLARED), ""),
        settings={"index.routing.allocation.require._name": "nobody"},
        aliases={Names(backend.cluster.index).live: {}},
        wait_for_active_shards="0",
    )
    engine = backend.engine()
    with pytest.raises(IndexUnavailable, match="503"):
        await question(engine)
    await engine.close()
