"""One process writes, another reads: whole commits only, and at once."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from search.elasticsearch_engine import elasticsearch_engine
from search.engine import Engine
from search.query import SearchRequest
from tests.cluster.elasticsearch import ElasticsearchServer
from tests.search.backends import DECLARED, Backend, elasticsearch_backend
from tests.search.writing import RECORDS, REVISIONS

TODAY = date(2026, 11, 25)
ROOT = Path(__file__).parents[2]
NOTICED = 2.0
"""Seconds after which a commit has been seen, at the latest."""


@contextmanager
def writer(backend: Backend) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "tests.search.writing", *backend.arguments]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as process:
        yield process
        process.kill()


async def test_a_reader_sees_whole_commits_as_soon_as_they_are_made(
    backend: Backend, engine: Engine
) -> None:
    """Three generations and many commits go by under an engine that stays open."""
    request = SearchRequest("penalties", TODAY, first=100)
    seen: list[int] = []
    with writer(backend) as process:
        assert process.stdout is not None
        for line in process.stdout:
            committed = int(line.split()[0])
            for _ in range(20):
                stated = (await engine.state()).revision
                page = await engine.search(request)
                revisions = {int(str(hit.document["revision"])) for hit in page.hits}
                assert len(page.hits) == RECORDS
                assert len(revisions) == 1
                assert min(revisions) >= max(committed, stated)
                seen += revisions
            assert (await engine.state()).revision >= committed
    assert seen == sorted(seen)
    assert seen[-1] == REVISIONS
    assert len(set(seen)) > REVISIONS // 2


async def test_a_commit_in_a_cluster_is_noticed_soon_by_a_reader_that_saves_requests(
    elasticsearch: ElasticsearchServer, tmp_path: Path
) -> None:
    request = SearchRequest("penalties", TODAY, first=1)
    with elasticsearch_backend(elasticsearch, tmp_path) as backend:
        engine = elasticsearch_engine(backend.cluster, DECLARED)
        with writer(backend) as process:
            assert process.stdout is not None
            async for committed, at in _commits(process):
                page = await engine.search(request)
                document = int(str(page.hits[0].document["revision"]))
                # A record of one generation is shown at once; another generation is looked for.
                assert document >= committed or time.time() - at < NOTICED
                while (await engine.state()).revision < committed:
                    assert time.time() - at < NOTICED
                    await asyncio.sleep(0.05)
        await engine.close()


async def _commits(process: subprocess.Popen[bytes]) -> AsyncIterator[tuple[int, float]]:
    """Revisions and when they were committed, as the writer tells."""
    assert process.stdout is not None
    while line := await asyncio.to_thread(process.stdout.readline):
        revision, at = line.split()
        yield int(revision), float(at)
