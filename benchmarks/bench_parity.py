"""Names on both engines: whether they answer alike, and what Elasticsearch is asked by us rather than directly.

XINCHA_BENCH_SEARCH_URL: the server; names and queries as in bench_search.py. Without them there is nothing to
measure. XINCHA_BENCH_SUBJECTS: how many names (default 200,000), those that are asked for among them. What is
compared runs in turns, so that a noisy machine disturbs all alike.
"""

from __future__ import annotations

import asyncio
import itertools
import os
import statistics
import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace

import httpx
import orjson

from benchmarks.lists_corpus import TODAY
from benchmarks.lists_engines import Home, engine_of, index_home
from benchmarks.measurement import Measurement, given_file, stopwatch
from benchmarks.parity_subjects import Subjects
from benchmarks.search_index import read_names
from benchmarks.search_reading import read_queries
from search.elasticsearch_engine.candidates import candidate_search
from search.engine import Engine, IndexState
from search.names.planning import plans
from search.names.ranking import rank
from search.plan import Candidate, Plan
from search.statistics import TermStatistics

_PAGE = 10
_TIMED = 400
_HEADER = b'{"allow_partial_search_results":false}'


@dataclass
class _Differences:
    """Of how many queries the answers differ."""

    pages: int = 0
    candidates: int = 0
    scores: int = 0


@dataclass
class _Times:
    """Milliseconds of each query: a raw request, the ranking alone, and both asked of the engine."""

    raw: list[float] = field(default_factory=list)
    ranking: list[float] = field(default_factory=list)
    ours: list[float] = field(default_factory=list)


def measure() -> Iterator[Measurement]:
    """Parity, then latency."""
    names = given_file("XINCHA_BENCH_NAMES", "names_1m.txt.gz")
    queries = given_file("XINCHA_BENCH_QUERIES", "queries_dev.jsonl")
    with index_home() as home:
        if not home.url or names is None or queries is None:
            remark = "skipped: XINCHA_BENCH_SEARCH_URL, or names and queries, are not set"
            yield Measurement("names on both engines", 0, "", remark)
            return
        asked = read_queries(queries)
        subjects = Subjects(_chosen(read_names(names), {query.target for query in asked}))
        for place in (replace(home, url=""), home):
            with stopwatch() as watch:
                _build(place, subjects)
            what = "names, Elasticsearch" if place.url else "names, tantivy"
            yield Measurement(what, len(subjects.names) / watch.seconds, "subjects/s", "in commits")
        yield from asyncio.run(_compared(home, [query.text for query in asked]))


def _chosen(names: Sequence[str], meant: Collection[str]) -> list[str]:
    """So many of the names, those that are meant among them, in the same order."""
    count = int(os.environ.get("XINCHA_BENCH_SUBJECTS", "200000"))
    others = itertools.islice((name for name in names if name not in meant), count - len(meant))
    chosen = {*meant, *others}
    return [name for name in names if name in chosen]


def _build(home: Home, subjects: Subjects) -> None:
    _, generations = engine_of(home)
    with generations.exclusive(0):
        name = generations.create()
        with closing(generations.writer(name)) as writer:
            subjects.write(writer, TODAY)
        generations.promote(name)


async def _compared(home: Home, queries: Sequence[str]) -> list[Measurement]:
    ours, _ = engine_of(home)
    embedded, _ = engine_of(replace(home, url=""))
    found = await _differences(ours, embedded, queries)
    times = await _timed(home, ours, queries[:_TIMED])
    await ours.close()
    await embedded.close()
    alike = {
        f"top {_PAGE} identical": found.pages,
        "candidates identical": found.candidates,
        "scores identical": found.scores,
    }
    shares = [
        Measurement(what, 100 - 100 * different / len(queries), "%", f"{different} queries differ")
        for what, different in alike.items()
    ]
    lines = [
        Measurement(f"names, {what}", statistics.median(some) * 1e3, "µs", _spread(some))
        for what, some in (
            ("raw Elasticsearch", times.raw),
            ("ranking", times.ranking),
            ("engine and ranking", times.ours),
        )
    ]
    alone = [raw + ranking for raw, ranking in zip(times.raw, times.ranking, strict=True)]
    share = 100 * statistics.median(times.ours) / statistics.median(alone)
    remark = "engine and ranking, to a raw request and ranking"
    return [*shares, *lines, Measurement("names, share of raw", share, "%", remark)]


async def _differences(one: Engine, other: Engine, queries: Sequence[str]) -> _Differences:
    table = await other.statistics()
    assert (await one.statistics()).as_bytes() == table.as_bytes()
    differences = _Differences()
    for query in queries:
        asked = plans(query, table)
        here, there = await one.candidates(asked, TODAY), await other.candidates(asked, TODAY)
        differences.pages += _page(query, here, table) != _page(query, there, table)
        differences.candidates += _ids(here) != _ids(there)
        differences.scores += _scores(here) != _scores(there)
    return differences


def _page(
    query: str, found: Sequence[Sequence[Candidate]], table: TermStatistics
) -> list[tuple[str, float]]:
    return [(ranked.card.id, ranked.score) for ranked in rank(query, found, table)[:_PAGE]]


def _ids(found: Sequence[Sequence[Candidate]]) -> list[list[str]]:
    return [[one.card.id for one in candidates] for candidates in found]


def _scores(found: Sequence[Sequence[Candidate]]) -> list[list[float]]:
    return [[one.score for one in candidates] for candidates in found]


async def _timed(home: Home, engine: Engine, queries: Sequence[str]) -> _Times:
    state, table, times = await engine.state(), await engine.statistics(), _Times()
    async with httpx.AsyncClient(trust_env=False) as client:
        for number, query in enumerate(queries):
            body = _raw(plans(query, table), state)
            # Who asks second finds the server warm.
            for turn in (number % 2, 1 - number % 2):
                if turn:
                    await _directly(client, home.url, body, times)
                else:
                    await _by_us(engine, query, table, times)
    # The first ones warm up.
    cut = len(queries) // 10
    return _Times(times.raw[cut:], times.ranking[cut:], times.ours[cut:])


async def _directly(client: httpx.AsyncClient, url: str, body: bytes, times: _Times) -> None:
    begun = time.perf_counter()
    answer = await client.post(
        f"{url}/xincha-bench-records/_msearch",
        content=body,
        headers={"content-type": "application/x-ndjson"},
    )
    answers = orjson.loads(answer.content)["responses"]
    times.raw.append(1e3 * (time.perf_counter() - begun))
    assert all("hits" in one for one in answers)


async def _by_us(engine: Engine, query: str, table: TermStatistics, times: _Times) -> None:
    begun = time.perf_counter()
    found = await engine.candidates(plans(query, table), TODAY)
    retrieved = time.perf_counter()
    rank(query, found, table)
    ended = time.perf_counter()
    times.ranking.append(1e3 * (ended - retrieved))
    times.ours.append(1e3 * (ended - begun))


def _raw(asked: Sequence[Plan], state: IndexState) -> bytes:
    """The request as it is sent, made beforehand."""
    lines = [
        line
        for plan in asked
        for line in (_HEADER, orjson.dumps(candidate_search(plan, state, TODAY)))
    ]
    return b"\n".join([*lines, b""])


def _spread(times: list[float]) -> str:
    return f"p99 {sorted(times)[len(times) * 99 // 100] * 1e3:,.0f}"
