"""The engines that the tests of this folder run on: each with an index of its own for every test."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from filelock import FileLock, Timeout

from records.dataset import Dataset
from records.errors import LockTimeout
from search.elasticsearch_engine import (
    Cluster,
    elasticsearch_engine,
    elasticsearch_generations,
    parse_cluster,
)
from search.elasticsearch_engine.clients import writing_client
from search.engine import Engine, Generations
from search.tantivy_engine import tantivy_engine, tantivy_generations
from tests.cluster.elasticsearch import ElasticsearchServer
from tests.support import DATASETS

DECLARED = tuple(DATASETS.values())
_NUMBERS = itertools.count(1)


class Backend(Protocol):
    """One index on one engine."""

    def engine(self, datasets: tuple[Dataset, ...] = DECLARED) -> Engine:
        """A reader; closed by whoever asked."""

    def generations(self, datasets: tuple[Dataset, ...] = DECLARED) -> Generations:
        """What the follower writes through."""


@dataclass(frozen=True)
class TantivyBackend:
    """An index in a folder."""

    home: Path

    def engine(self, datasets: tuple[Dataset, ...] = DECLARED) -> Engine:
        return tantivy_engine(self.home, datasets)

    def generations(self, datasets: tuple[Dataset, ...] = DECLARED) -> Generations:
        return tantivy_generations(self.home, datasets)


class NothingToLose:
    """The hold of a lock that nobody takes away."""

    def confirm(self) -> None:
        """It is held."""


@dataclass(frozen=True)
class ElasticsearchBackend:
    """Indexes of one prefix on a server; the lock is a file."""

    cluster: Cluster
    lock: Path

    def engine(self, datasets: tuple[Dataset, ...] = DECLARED) -> Engine:
        return elasticsearch_engine(self.cluster, datasets, freshness=0)

    def generations(self, datasets: tuple[Dataset, ...] = DECLARED) -> Generations:
        return elasticsearch_generations(self.cluster, datasets, self._locked)

    def remove(self) -> None:
        """A node keeps a thousand indexes at most."""
        with writing_client(self.cluster) as client:
            for name in client.indices.get(index=f"{self.cluster.index}-*"):
                client.indices.delete(index=name)

    @contextmanager
    def _locked(self, timeout: float) -> Iterator[NothingToLose]:
        try:
            held = FileLock(self.lock).acquire(timeout=timeout)
        except Timeout:
            raise LockTimeout("another writes") from None
        with held:
            yield NothingToLose()


def tantivy_backend(folder: Path) -> Backend:
    return TantivyBackend(folder / "index")


@contextmanager
def elasticsearch_backend(
    server: ElasticsearchServer, folder: Path
) -> Iterator[ElasticsearchBackend]:
    """Indexes of a prefix that no other test has, as long as the block lasts."""
    cluster = parse_cluster(server.url, f"test-{next(_NUMBERS)}")
    backend = ElasticsearchBackend(cluster, folder / "writer.lock")
    yield backend
    backend.remove()
