"""An index of its own for every test, on every engine."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from elasticsearch import Elasticsearch

from search.elasticsearch_engine.clients import writing_client
from search.engine import Engine
from search.follower import Follower
from tests.search.backends import (
    DECLARED,
    Backend,
    ElasticsearchBackend,
    elasticsearch_backend,
    tantivy_backend,
)
from tests.search.journal import MemoryJournal
from tests.support import StillClock


@pytest.fixture
def journal() -> MemoryJournal:
    return MemoryJournal()


@pytest.fixture(params=["tantivy", "elasticsearch"])
def backend(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Backend]:
    if request.param == "tantivy":
        yield tantivy_backend(tmp_path)
        return
    with elasticsearch_backend(request.getfixturevalue("elasticsearch"), tmp_path) as made:
        yield made


@pytest.fixture
def follower(journal: MemoryJournal, backend: Backend, clock: StillClock) -> Follower:
    return Follower(journal, backend.generations(), DECLARED, clock)


@pytest.fixture
async def engine(backend: Backend) -> AsyncIterator[Engine]:
    opened = backend.engine()
    yield opened
    await opened.close()


@pytest.fixture
def client(backend: ElasticsearchBackend) -> Iterator[Elasticsearch]:
    """For tests of Elasticsearch alone."""
    with writing_client(backend.cluster) as opened:
        yield opened
