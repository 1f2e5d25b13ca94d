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
from search.elasticsearch_engine.names import Names
from search.engine import Engine, Generations
from search.generations import POINTER, read_pointer
from search.tantivy_engine import tantivy_engine, tantivy_generations
from tests.cluster.elasticsearch import ElasticsearchServer
from tests.support import DATASETS

DECLARED = tuple(DATASETS.values())
_NUMBERS = itertools.count(1)


class Backend(Protocol):
    """One index on one engine."""

    @property
    def at_once(self) -> bool:
        """Whether a commit shows documents and state in one step, rather than documents first."""

    @property
    def arguments(self) -> tuple[str, ...]:
        """What another process opens the same index by: see `opened`."""

    def names(self) -> list[str]:
        """All generations that are there, in the order of their numbers."""

    def written(self) -> object:
        """Another value after anything was written to the live generation."""

    def lose(self, what: str) -> None:
        """Somebody removes the `pointer` to the live generation, the live `generation`, or `everything`."""

    def engine(self, datasets: tuple[Dataset, ...] = DECLARED) -> Engine:
        """A reader; closed by whoever asked."""

    def generations(self, datasets: tuple[Dataset, ...] = DECLARED) -> Generations:
        """What the follower writes through."""


@dataclass(frozen=True)
class TantivyBackend:
    """An index in a folder."""

    home: Path
    at_once = True

    @property
    def arguments(self) -> tuple[str, ...]:
        return "tantivy", str(self.home)

    def engine(self, datasets: tuple[Dataset, ...] = DECLARED) -> Engine:
        return tantivy_engine(self.home, datasets)

    def generations(self, datasets: tuple[Dataset, ...] = DECLARED) -> Generations:
        return tantivy_generations(self.home, datasets)

    def names(self) -> list[str]:
        return sorted(path.name for path in self.home.iterdir() if path.is_dir())

    def written(self) -> object:
        return (self.home / read_pointer(self.home).live / "meta.json").read_bytes()

    def lose(self, what: str) -> None:
        if what == "pointer":
            (self.home / POINTER).write_text("damaged")
            return
        # Renamed, not removed piece by piece: a follower may be at work in the same folder.
        lost = self.home if what == "everything" else self.home / read_pointer(self.home).live
        lost.rename(self.home.with_name("lost"))


class NothingToLose:
    """The hold of a lock that nobody takes away."""

    def confirm(self) -> None:
        """It is held."""


@dataclass(frozen=True)
class ElasticsearchBackend:
    """Indexes of one prefix on a server; the lock is a file."""

    cluster: Cluster
    lock: Path
    at_once = False

    @property
    def arguments(self) -> tuple[str, ...]:
        return "elasticsearch", self.cluster.hosts[0], self.cluster.index, str(self.lock)

    def engine(self, datasets: tuple[Dataset, ...] = DECLARED) -> Engine:
        return elasticsearch_engine(self.cluster, datasets, freshness=0)

    def generations(self, datasets: tuple[Dataset, ...] = DECLARED) -> Generations:
        return elasticsearch_generations(self.cluster, datasets, self._locked)

    def names(self) -> list[str]:
        with writing_client(self.cluster) as client:
            return sorted(client.indices.get(index=f"{self.cluster.index}-*"))

    def written(self) -> object:
        live = Names(self.cluster.index).live
        with writing_client(self.cluster) as client:
            operations = client.indices.stats(
                index=live, level="shards", filter_path="**.max_seq_no"
            )
            mapping = client.indices.get_mapping(index=live)
        return operations.body, mapping.body

    def lose(self, what: str) -> None:
        live = Names(self.cluster.index).live
        with writing_client(self.cluster) as client:
            (name,) = client.indices.get(index=live)
            if what == "pointer":
                client.indices.delete_alias(index=name, name=live)
            else:
                for lost in self.names() if what == "everything" else [name]:
                    client.indices.delete(index=lost)

    def remove(self) -> None:
        """A node keeps a thousand indexes at most."""
        with writing_client(self.cluster) as client:
            for name in self.names():
                client.indices.delete(index=name)

    @contextmanager
    def _locked(self, timeout: float) -> Iterator[NothingToLose]:
        try:
            held = FileLock(self.lock).acquire(timeout=timeout)
        except Timeout:
            raise LockTimeout("another writes") from None
        with held:
            yield NothingToLose()


def opened(engine: str, place: str, index: str = "", lock: str = "") -> Backend:
    """An index of another process, by its `arguments`."""
    if engine == "tantivy":
        return TantivyBackend(Path(place))
    return ElasticsearchBackend(parse_cluster(place, index), Path(lock))


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
