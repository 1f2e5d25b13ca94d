"""Statistics of names in the index whose names they count: kept with it, read once, shown by nothing."""

from __future__ import annotations

import asyncio
import random
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from elasticsearch import Elasticsearch

import search.elasticsearch_engine.term_statistics as module
from records.errors import IndexUnavailable
from search.documents import to_document
from search.elasticsearch_engine.term_statistics import parts_of
from search.engine import Engine, IndexState, IndexWriter
from search.follower import Follower
from search.plan import Grams
from search.query import ANY, SUBJECTS, AnyOf, Not, Order, SearchRequest
from search.statistics import TermStatistics
from tests.cluster.bad_proxy import bad_proxy, honest
from tests.search.backends import ElasticsearchBackend
from tests.search.corpus import random_subject, records
from tests.search.journal import MemoryJournal
from tests.support import DATASETS

TODAY = date(2026, 11, 25)
ROOT = Path(__file__).parents[2]
EVERYTHING = SearchRequest(ANY, TODAY, order=Order("revision"))

pytestmark = pytest.mark.parametrize("backend", ["elasticsearch"], indirect=True)


def counted(*names: str) -> TermStatistics:
    return TermStatistics.counted([(Grams.EDGES, character) for character in n] for n in names)


@pytest.fixture
def index(backend: ElasticsearchBackend) -> str:
    generations = backend.generations()
    name = generations.create()
    generations.promote(name)
    return name


@contextmanager
def writing(backend: ElasticsearchBackend, index: str) -> Iterator[IndexWriter]:
    with closing(backend.generations().writer(index)) as writer:
        yield writer


def keep(backend: ElasticsearchBackend, index: str, revision: int, *names: str) -> None:
    """Keep statistics of these names in a version that is called like the revision."""
    with writing(backend, index) as writer:
        statistics = counted(*names)
        writer.keep_statistics(str(revision), statistics)
        writer.commit(replace(writer.state, revision=revision, statistics=str(revision)))


def versions(client: Elasticsearch, index: str) -> set[str]:
    client.indices.refresh(index=index)
    found = client.search(index=index, query={"term": {"dataset": "statistics"}}, size=100)
    return {hit["_id"].split("/")[1] for hit in found["hits"]["hits"]}


async def test_statistics_are_read_as_they_were_kept(
    backend: ElasticsearchBackend,
    index: str,
    engine: Engine,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "PART_BYTES", 50)
    statistics = counted("青禾食品", "青禾商贸", "面包店")
    assert len(list(parts_of("1", statistics))) > 2
    keep(backend, index, 1, "青禾食品", "青禾商贸", "面包店")

    found = await engine.statistics()

    assert found.as_bytes() == statistics.as_bytes()
    assert found.frequencies([(Grams.EDGES, "青"), (Grams.EDGES, "面")]) == [2, 1]


async def test_an_index_without_names_has_empty_ones(
    backend: ElasticsearchBackend, index: str, engine: Engine
) -> None:
    assert (await engine.statistics()).names == 0


async def test_a_version_is_read_once_for_all_who_wait(
    backend: ElasticsearchBackend, index: str
) -> None:
    keep(backend, index, 1, "青禾食品")
    with bad_proxy(backend.cluster.hosts[0], honest, 1_000, "_search") as proxy:
        engine = replace(backend, cluster=replace(backend.cluster, hosts=(proxy.url,))).engine()
        first = await asyncio.gather(*(engine.statistics() for _ in range(5)))
        again = await engine.statistics()
        await engine.close()

    assert all(one is again for one in first)
    assert proxy.spoiled == 1


async def test_a_reader_takes_the_version_that_the_state_names(
    backend: ElasticsearchBackend, index: str, engine: Engine
) -> None:
    keep(backend, index, 1, "青禾食品")
    assert (await engine.statistics()).names == 1

    keep(backend, index, 2, "青禾食品", "青禾商贸")
    assert (await engine.statistics()).names == 2

    with writing(backend, index) as writer:
        writer.keep_statistics("3", counted("a", "b", "c"))
        writer.commit(replace(writer.state, revision=3))
    assert (await engine.statistics()).names == 2


async def test_nothing_shows_them(
    backend: ElasticsearchBackend, index: str, engine: Engine
) -> None:
    record = replace(records(1)[0], public_until=None, revision=1)
    with writing(backend, index) as writer:
        writer.apply([to_document(record, DATASETS[record.dataset])], {})
        writer.commit(IndexState(1))
    keep(backend, index, 2, "青禾食品")
    part = next(parts_of("2", counted("青禾食品"))).id

    requests = [
        EVERYTHING,
        replace(EVERYTHING, where=Not(AnyOf("dataset", ("nothing",)))),
        replace(EVERYTHING, where=AnyOf("dataset", ("statistics",))),
        replace(EVERYTHING, where=AnyOf("id", (part,))),
        SearchRequest(SUBJECTS, TODAY, order=Order("revision")),
    ]
    pages = await engine.search_many(requests)

    assert [[hit.document["id"] for hit in page.hits] for page in pages] == [
        [record.id],
        [record.id],
        [],
        [],
        [],
    ]
    assert [(await engine.count(request)).count for request in requests] == [1, 1, 0, 0, 0]
    assert sum((await engine.values(EVERYTHING, "subject_kind")).values()) == 1
    assert await engine.get([part], TODAY) == [None]


def test_the_version_before_stays_for_who_has_not_heard_of_the_new_one(
    backend: ElasticsearchBackend, index: str, client: Elasticsearch
) -> None:
    seen = []
    for revision in (1, 2, 3, 4):
        keep(backend, index, revision, "青禾食品")
        seen.append(versions(client, index))

    assert seen == [{"1"}, {"1", "2"}, {"2", "3"}, {"3", "4"}]


def test_what_was_kept_for_a_state_that_never_came_is_deleted(
    backend: ElasticsearchBackend, index: str, client: Elasticsearch
) -> None:
    keep(backend, index, 1, "青禾食品")
    with writing(backend, index) as killed:
        killed.keep_statistics("killed", counted("面包店"))
        killed.commit(replace(killed.state, revision=2))

    keep(backend, index, 3, "青禾食品")

    assert versions(client, index) == {"1", "3"}


async def test_a_writer_that_was_overtaken_deletes_nothing_that_is_used(
    backend: ElasticsearchBackend, index: str, client: Elasticsearch, engine: Engine
) -> None:
    keep(backend, index, 1, "青禾食品")
    with writing(backend, index) as overtaken:
        keep(backend, index, 2, "青禾食品", "青禾商贸")
        client.indices.refresh(index=index)
        overtaken.keep_statistics("late", counted("面包店"))

    assert versions(client, index) >= {"1", "2"}
    assert (await engine.statistics()).names == 2


async def test_a_rebuilt_index_has_them_for_every_process(
    backend: ElasticsearchBackend, journal: MemoryJournal, follower: Follower, engine: Engine
) -> None:
    rng = random.Random(3)
    journal.put(subjects=[random_subject(rng) for _ in range(20)])
    follower.bring_up()
    before = await engine.statistics()
    assert before.names == 20

    await asyncio.to_thread(follower.reindex)

    again = await engine.statistics()
    assert again is not before
    assert again.as_bytes() == before.as_bytes()
    told = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-c", _ELSEWHERE, *backend.arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        check=True,
    )
    assert bytes.fromhex(told.stdout.decode()) == before.as_bytes()


_ELSEWHERE = """
import asyncio, sys
from tests.search.backends import opened

async def main():
    engine = opened(*sys.argv[1:]).engine()
    print((await engine.statistics()).as_bytes().hex())
    await engine.close()

asyncio.run(main())
"""


@pytest.mark.parametrize("lost", ["a part", "all"])
async def test_statistics_that_are_lost_are_said_with_the_fix(
    backend: ElasticsearchBackend,
    index: str,
    client: Elasticsearch,
    engine: Engine,
    monkeypatch: pytest.MonkeyPatch,
    lost: str,
) -> None:
    monkeypatch.setattr(module, "PART_BYTES", 50)
    keep(backend, index, 1, "青禾食品", "面包店")
    parts = [part.id for part in parts_of("1", counted("青禾食品", "面包店"))]
    for part in parts if lost == "all" else parts[-1:]:
        client.delete(index=index, id=part, refresh=True)

    for _ in range(2):
        with pytest.raises(IndexUnavailable, match="statistics of names") as raised:
            await engine.statistics()
        assert "reindex" in raised.value.suggestion

    keep(backend, index, 2, "青禾食品")
    assert (await engine.statistics()).names == 1
