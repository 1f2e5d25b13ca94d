"""The Elasticsearch of `make cluster` is started once and stopped by its own pid."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.cluster import serve
from tests.cluster.elasticsearch import ElasticsearchServer
from tests.cluster.elasticsearch_build import Build


@pytest.fixture
def place() -> Iterator[Path]:
    # pytest's own temporary folders are closed to the user that the server runs as.
    with TemporaryDirectory(prefix="xincha-cluster-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)
        serve.stop(Path(folder))


def test_a_second_start_finds_the_first(elasticsearch_build: Build, place: Path) -> None:
    assert serve.start(place) == serve.start(place)
    assert serve.stop(place)
    assert not serve.stop(place)


def test_a_process_that_took_over_the_pid_is_left_alone(
    elasticsearch: ElasticsearchServer, place: Path
) -> None:
    stale = serve.Started(elasticsearch.url, os.getpid())
    (place / "started.json").write_text(json.dumps(asdict(stale)), encoding="utf-8")
    assert not serve.stop(place)
