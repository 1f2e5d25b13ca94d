"""Ask an index of names as a worker does, in a process of its own, so that its memory can be told.

`python -m benchmarks.search_reading HOME QUERIES`: prints one JSON object, see `Asked`.
"""

from __future__ import annotations

import asyncio
import gc
import sys
import time
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

import orjson

from benchmarks.process_tree import own_memory
from benchmarks.search_index import Baseline
from records.clock import system_clock, today
from records.datasets import declared_datasets
from search.engine import Engine
from search.names.planning import plans
from search.names.ranking import rank
from search.tantivy_engine import tantivy_engine

BASELINE = "baseline"
BEST = 10
_LEAST_SCORE = 0.5
_WARMING = 50


@dataclass(frozen=True, slots=True)
class Query:
    """`target`: the right name; `matches`: how many names fit just as well, itself among them."""

    text: str
    target: str
    kind: str
    matches: int


@dataclass(frozen=True, slots=True)
class Asked:
    """By query the place of its target among the best (-1: not there) and milliseconds; own memory in bytes."""

    places: list[int]
    times: list[float]
    memory: int


def read_queries(path: Path) -> list[Query]:
    """The queries of a file, one JSON object a line: query, target, kind, n_match (1 where it is absent)."""
    lines = [orjson.loads(line) for line in path.read_bytes().splitlines() if line.strip()]
    return [
        Query(line["query"], line["target"], line.get("kind", ""), line.get("n_match", 1))
        for line in lines
    ]


async def find(engine: Engine, query: str, day: date) -> list[str]:
    """The names that are found, best first, from the text to the order."""
    statistics = await engine.statistics()
    found = await engine.candidates(plans(query, statistics), day)
    ranked = rank(query, found, statistics)
    return [one.name for one in ranked[:BEST] if one.score >= _LEAST_SCORE]


async def _ask(queries: list[Query], ask: Callable[[str], Awaitable[list[str]]]) -> Asked:
    for query in queries[:_WARMING]:
        await ask(query.text)
    # As workers do.
    gc.collect()
    gc.freeze()
    places, times = [], []
    for query in queries:
        begun = time.perf_counter()
        found = await ask(query.text)
        times.append(1_000 * (time.perf_counter() - begun))
        places.append(found.index(query.target) if query.target in found else -1)
    return Asked(places, times, own_memory())


async def _ask_engine(home: Path, queries: list[Query]) -> Asked:
    engine, day = tantivy_engine(home, declared_datasets()), today(system_clock)
    try:
        return await _ask(queries, lambda query: find(engine, query, day))
    finally:
        await engine.close()


async def _ask_baseline(home: Path, queries: list[Query]) -> Asked:
    baseline = Baseline(home)

    async def ask(query: str) -> list[str]:
        return baseline.names(query, BEST)

    return await _ask(queries, ask)


if __name__ == "__main__":
    _home, _path = map(Path, sys.argv[1:])
    _way = _ask_baseline if _home.name == BASELINE else _ask_engine
    print(orjson.dumps(asdict(asyncio.run(_way(_home, read_queries(_path))))).decode())
