"""Writing to Elasticsearch: who was overtaken does no harm, and what failed is never stated."""

from __future__ import annotations

import threading
from contextlib import closing
from dataclasses import replace

import pytest
from elasticsearch import Elasticsearch

from records.errors import IndexUnavailable, LockTimeout
from search.documents import to_document
from search.elasticsearch_engine.mapping import STORED
from search.elasticsearch_engine.writer import ElasticsearchWriter
from search.engine import Document, IndexState
from search.follower import Follower, wait_until
from search.schema import IndexSchema
from tests.search.backends import DECLARED, ElasticsearchBackend
from tests.search.corpus import records
from tests.search.journal import MemoryJournal
from tests.search.reading import assert_equal
from tests.support import DATASETS

[RECORD] = records(1)


pytestmark = pytest.mark.parametrize("backend", ["elasticsearch"], indirect=True)


@pytest.fixture
def index(backend: ElasticsearchBackend) -> str:
    generations = backend.generations()
    name = generations.create()
    generations.promote(name)
    return name


def in_revision(revision: int) -> Document:
    return to_document(replace(RECORD, revision=revision), DATASETS[RECORD.dataset])


def found(client: Elasticsearch, index: str) -> list[int]:
    """Revisions of what is visible."""
    hits = client.search(index=index)["hits"]["hits"]
    return [hit["_source"][STORED]["revision"] for hit in hits]


def write(backend: ElasticsearchBackend, index: str, *steps: int) -> None:
    """Put the record in each of these revisions; a negative number takes it away in that one."""
    for step in steps:
        # Each by a writer of its own, as several machines would.
        with closing(backend.generations().writer(index)) as writer:
            if step > 0:
                writer.apply([in_revision(step)], {})
            else:
                writer.apply([], {RECORD.id: -step})
            writer.commit(replace(writer.state, revision=abs(step)))


@pytest.mark.parametrize(
    ("steps", "left"),
    [
        ((3, 5), [5]),
        ((5, 5), [5]),
        ((5, 3), [5]),
        ((5, -3), [5]),
        ((3, -5), []),
        ((-5, 3), []),
        ((3, -5, 4), []),
        ((3, -5, 6), [6]),
        ((-5, -5), []),
    ],
)
def test_the_latest_revision_stays_whoever_writes_last(
    backend: ElasticsearchBackend,
    client: Elasticsearch,
    index: str,
    steps: tuple[int, ...],
    left: list[int],
) -> None:
    write(backend, index, *steps)
    assert found(client, index) == left


def test_writing_to_an_index_that_was_removed_makes_none(
    backend: ElasticsearchBackend, client: Elasticsearch, index: str
) -> None:
    with closing(backend.generations().writer(index)) as writer:
        client.indices.delete(index=index)
        writer.apply([in_revision(1)], {})
        with pytest.raises(IndexUnavailable, match="not there"):
            writer.commit(IndexState(1))

    assert backend.names() == []


def test_what_failed_is_never_committed_afterwards(
    backend: ElasticsearchBackend, client: Elasticsearch
) -> None:
    """An index of other fields refuses some record; what is written after it goes through."""
    fewer = tuple(
        replace(d, fields=tuple(f for f in d.fields if f.name in {"status", "authority"}))
        for d in DECLARED
    )
    index = backend.generations(fewer).create()
    with closing(backend.generations().writer(index)) as writer:
        writer.apply([in_revision(1)], {})
        for _ in range(2):
            with pytest.raises(IndexUnavailable, match="other fields") as raised:
                writer.commit(IndexState(1))
            assert "reindex" in raised.value.suggestion
        writer.apply([], {RECORD.id: 2})
        with pytest.raises(IndexUnavailable):
            writer.commit(IndexState(2))

    with closing(backend.generations().writer(index)) as again:
        assert again.state == IndexState()


def test_who_lost_the_lock_does_not_state_anything(
    backend: ElasticsearchBackend, client: Elasticsearch, index: str
) -> None:
    def lost() -> None:
        raise LockTimeout("lost")

    writer = ElasticsearchWriter(client, IndexSchema(DECLARED), index, "", IndexState(), lost)
    with closing(writer):
        writer.apply([in_revision(1)], {})
        with pytest.raises(LockTimeout):
            writer.commit(IndexState(1))

    assert backend.generations().state() == IndexState()


def test_closing_with_work_under_way_leaves_no_thread_and_no_statement(
    backend: ElasticsearchBackend, index: str
) -> None:
    document = {**in_revision(1), "facts": "面" * 100_000}
    with closing(backend.generations().writer(index)) as writer:
        writer.apply(({**document, "id": f"{n:026}"} for n in range(30)), {})

    assert not [t for t in threading.enumerate() if t.name.startswith("bulk")]
    assert backend.generations().state() == IndexState()


@pytest.mark.parametrize("block", ["write", "read_only", "read_only_allow_delete"])
async def test_a_read_only_index_is_followed_as_soon_as_it_may_be_written(
    backend: ElasticsearchBackend,
    client: Elasticsearch,
    journal: MemoryJournal,
    follower: Follower,
    caplog: pytest.LogCaptureFixture,
    block: str,
) -> None:
    journal.put(*records(3))
    follower.bring_up()
    live = str(follower.generations.live())
    client.indices.put_settings(index=live, settings={f"index.blocks.{block}": True})
    journal.put(*records(3, 2))

    with pytest.raises(IndexUnavailable, match="read-only"):
        follower.bring_up()
    stop = threading.Event()
    thread = threading.Thread(target=follower.keep_up, args=(stop, 0.01))
    thread.start()
    try:
        assert wait_until(2, backend.generations(), 0.5) is None
        client.indices.put_settings(index=live, settings={f"index.blocks.{block}": None})
        assert wait_until(2, backend.generations(), 10) is not None
    finally:
        stop.set()
        thread.join()

    assert "read-only" in caplog.text
    engine = backend.engine()
    await assert_equal(engine, journal)
    await engine.close()
