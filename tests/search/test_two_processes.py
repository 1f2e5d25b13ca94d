"""One process writes, another reads: whole commits only, and at once."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from search.query import SearchRequest
from search.tantivy_engine import tantivy_engine
from tests.search.writing import RECORDS, REVISIONS
from tests.support import DATASETS

TODAY = date(2026, 11, 25)
ROOT = Path(__file__).parents[2]


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "tests.search.writing", str(tmp_path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as process:
        yield process
        process.kill()


async def test_a_reader_sees_whole_commits_as_soon_as_they_are_made(
    tmp_path: Path, writer: subprocess.Popen[bytes]
) -> None:
    """Three generations and many commits go by under an engine that stays open."""
    assert writer.stdout is not None
    engine = tantivy_engine(tmp_path, tuple(DATASETS.values()))
    request = SearchRequest("penalties", TODAY, first=100)
    seen: set[int] = set()
    for line in writer.stdout:
        committed = int(line.split()[0])
        for _ in range(20):
            page = await engine.search(request)
            revisions = {int(str(hit.document["revision"])) for hit in page.hits}
            assert len(page.hits) == RECORDS
            assert len(revisions) == 1
            assert revisions >= {committed} or min(revisions) > committed
            seen |= revisions
        assert (await engine.state()).revision >= committed
    assert max(seen) == REVISIONS
    assert len(seen) > REVISIONS // 2
