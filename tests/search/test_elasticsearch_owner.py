"""An index of another store, and one of nobody, under the names of ours: neither is touched."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from elasticsearch import Elasticsearch

from records.errors import IndexUnavailable
from search.elasticsearch_engine.clients import writing_client
from search.follower import Follower
from search.query import SearchRequest
from tests.cluster.elasticsearch import ElasticsearchServer
from tests.search.backends import DECLARED, ElasticsearchBackend, elasticsearch_backend
from tests.search.corpus import records
from tests.search.journal import MemoryJournal
from tests.support import NOON, StillClock


@pytest.fixture
def ours(elasticsearch: ElasticsearchServer, tmp_path: Path) -> Iterator[ElasticsearchBackend]:
    with elasticsearch_backend(elasticsearch, tmp_path) as backend:
        yield replace(backend, cluster=replace(backend.cluster, owner="ours"))


@pytest.fixture
def client(ours: ElasticsearchBackend) -> Iterator[Elasticsearch]:
    with writing_client(ours.cluster) as opened:
        yield opened


def follower(backend: ElasticsearchBackend, journal: MemoryJournal) -> Follower:
    return Follower(journal, backend.generations(), DECLARED, StillClock())


def another(backend: ElasticsearchBackend) -> ElasticsearchBackend:
    return replace(backend, cluster=replace(backend.cluster, owner="theirs"))


@contextmanager
def refused() -> Iterator[None]:
    with pytest.raises(IndexUnavailable, match="belongs to another store"):
        yield


async def test_another_store_neither_reads_nor_writes_it(
    ours: ElasticsearchBackend, journal: MemoryJournal, client: Elasticsearch
) -> None:
    journal.put(*records(3))
    follower(ours, journal).bring_up()
    before = client.indices.get(index=f"{ours.cluster.index}-*")
    theirs, engine = MemoryJournal(), another(ours).engine()
    theirs.put(*records(2, seed=2))

    for action in (
        follower(another(ours), theirs).bring_up,
        follower(another(ours), theirs).reindex,
    ):
        with refused():
            action()
    with refused():
        await engine.search(SearchRequest("penalties", NOON.date()))
    with refused():
        await engine.state()
    await engine.close()

    assert client.indices.get(index=f"{ours.cluster.index}-*").body == before.body
    assert follower(ours, journal).bring_up().revision == journal.revision()


def test_an_index_that_somebody_made_under_such_a_name_stays(
    ours: ElasticsearchBackend, journal: MemoryJournal, client: Elasticsearch
) -> None:
    foreign = f"{ours.cluster.index}-records-000050"
    client.indices.create(index=foreign)
    journal.put(*records(3))

    for _ in range(3):
        follower(ours, journal).reindex()

    names = set(client.indices.get(index=f"{ours.cluster.index}-*"))
    assert foreign in names
    assert names - {foreign} == {f"{ours.cluster.index}-records-0000{n}" for n in (52, 53)}
