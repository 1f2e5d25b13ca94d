"""The engine to measure, and an index of the corpus in it."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from benchmarks.lists_corpus import NOW, Corpus
from benchmarks.measurement import Measurement, stopwatch
from records.datasets import declared_datasets
from search.elasticsearch_engine import (
    elasticsearch_engine,
    elasticsearch_generations,
    parse_cluster,
)
from search.engine import Engine, Generations
from search.follower import Follower
from search.tantivy_engine import tantivy_engine, tantivy_generations

_BATCH = 50_000


@dataclass(frozen=True)
class Home:
    """Where the index is: a folder, or the address of a server (empty: none)."""

    folder: Path
    url: str

    def size(self) -> int:
        """Bytes of the folder."""
        return sum(path.stat().st_size for path in self.folder.rglob("*") if path.is_file())


class _Alone:
    """A lock that nobody contends for."""

    def confirm(self) -> None:
        """Nobody can have taken it."""


@contextmanager
def index_home() -> Iterator[Home]:
    """The folder of XINCHA_BENCH_INDEX, which stays, or one for this run."""
    url = os.environ.get("XINCHA_BENCH_SEARCH_URL", "")
    kept = os.environ.get("XINCHA_BENCH_INDEX")
    folder = Path(kept or tempfile.mkdtemp(prefix="xincha-bench-"))
    try:
        yield Home(folder, url)
    finally:
        if kept is None:
            shutil.rmtree(folder)


def engine_of(home: Home) -> tuple[Engine, Generations]:
    """What reads and what writes: Elasticsearch where there is an address, else tantivy."""
    datasets = declared_datasets()
    if home.url:
        cluster = parse_cluster(home.url, "xincha-bench")
        return (
            elasticsearch_engine(cluster, datasets),
            elasticsearch_generations(cluster, datasets, lambda _timeout: nullcontext(_Alone())),
        )
    return tantivy_engine(home.folder, datasets), tantivy_generations(home.folder, datasets)


def build(home: Home, corpus: Corpus) -> Iterator[Measurement]:
    """Bring the index to the corpus; one that is there already is used as it is."""
    _, generations = engine_of(home)
    state = generations.state()
    if state is None or state.revision != corpus.revision():
        follower = Follower(corpus, generations, declared_datasets(), lambda: NOW, batch=_BATCH)
        with stopwatch() as watch:
            follower.bring_up()
        speed = corpus.documents / watch.seconds
        yield Measurement("index build", speed, "records/s", f"{corpus.documents:,}")
    if not home.url:
        yield Measurement("index size", home.size() / corpus.documents, "bytes/record")
