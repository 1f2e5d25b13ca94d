"""How fast an index is built and lists are read.

XINCHA_BENCH_DOCUMENTS: how many records (default 30,000). XINCHA_BENCH_INDEX: a folder that keeps the index
for the next run. XINCHA_BENCH_SEARCH_URL: an Elasticsearch to measure instead of tantivy.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import replace
from functools import partial

from benchmarks.lists_corpus import TODAY, Corpus
from benchmarks.lists_engines import Home, build, engine_of, index_home
from benchmarks.lists_pages import deep
from benchmarks.lists_questions import (
    DATASETS,
    DATES,
    FACETS,
    beside,
    contained,
    equalities,
    pairs,
    ranges,
    trees,
)
from benchmarks.lists_timing import Times, summary, timed
from benchmarks.measurement import Measurement
from search.engine import Engine
from search.query import And, Filter, SearchRequest
from search.remembering import RememberingEngine

_EQUALITY, _OTHER = 3_000, 25_000
"""What the median of a page should stay under, in µs."""


def measure() -> Iterator[Measurement]:
    """Building, then every kind of question."""
    corpus = Corpus(int(os.environ.get("XINCHA_BENCH_DOCUMENTS", "30000")))
    with index_home() as home:
        yield from build(home, corpus)
        yield from asyncio.run(_ask(home, corpus))


async def _ask(home: Home, corpus: Corpus) -> list[Measurement]:
    engine, _ = engine_of(home)
    found = []
    for dataset in DATASETS:
        found += [line async for line in _pages(engine, corpus, dataset)]
        found += [line async for line in _counts(engine, corpus, dataset)]
    await engine.close()
    return found


async def _pages(engine: Engine, corpus: Corpus, dataset: str) -> AsyncIterator[Measurement]:
    singles = equalities(corpus, dataset)
    everything = SearchRequest(dataset, TODAY)
    newest = await timed(f"{dataset}: newest 20", partial(engine.search, everything))
    yield newest.measurement()
    for (field, how), where in singles.items():
        yield await _listed(engine, dataset, f"{how} {field}", where)
    yield await _worst(engine, dataset, "pairs of equalities", pairs(corpus, dataset), _EQUALITY)
    for asked in (ranges(dataset), contained(dataset)):
        for what, where in asked.items():
            yield await _listed(engine, dataset, what, where)
    for kind, asked in (("ranges", ranges(dataset)), ("texts", contained(dataset))):
        together = beside(corpus, dataset, asked)
        yield await _worst(engine, dataset, f"{kind} with equalities", together, _OTHER)
    for what, where in trees(corpus, dataset).items():
        yield await _listed(engine, dataset, what, where)
    async for line in deep(engine, everything, f"{dataset}:"):
        yield line
    valid = SearchRequest(dataset, TODAY, singles["status", "common"])
    async for line in deep(engine, valid, f"{dataset}: VALID"):
        yield line
    ids = [str(hit.document["id"]) for hit in (await engine.search(everything)).hits]
    yield (await timed(f"{dataset}: 20 by id", lambda: engine.get(ids, TODAY))).measurement()


async def _listed(engine: Engine, dataset: str, what: str, where: Filter) -> Measurement:
    request = SearchRequest(dataset, TODAY, where)
    total = await engine.count(request)
    times = await timed(f"{dataset}: {what}", partial(engine.search, request))
    return times.measurement(f"{'' if total.exact else '≥ '}{total.count:,} hits")


async def _worst(
    engine: Engine, dataset: str, what: str, asked: Iterable[tuple[str, Filter]], limit: float
) -> Measurement:
    found: list[Times] = [
        await timed(name, partial(engine.search, SearchRequest(dataset, TODAY, where)))
        for name, where in asked
    ]
    return summary(f"{dataset}: {what}", found, limit)


async def _counts(engine: Engine, corpus: Corpus, dataset: str) -> AsyncIterator[Measurement]:
    singles = equalities(corpus, dataset)
    lists: dict[str, Filter] = {
        "all": And(),
        "VALID": singles["status", "common"],
        "a rare authority": singles["authority", "rare"],
        "two years": ranges(dataset)["decision_date, 2 years of late"],
    }
    for what, where in lists.items():
        request = SearchRequest(dataset, TODAY, where)
        for name, times in (await _counted(engine, request)).items():
            yield replace(times, what=f"{dataset}, {what}: {name}").measurement()


async def _counted(engine: Engine, request: SearchRequest) -> dict[str, Times]:
    """Totals, facets and timelines of a list; from the cache at last."""
    facets, dates = FACETS[request.dataset], DATES[request.dataset]
    sorted_dates = [date for date in dates if date != "valid_from"]
    remembering = RememberingEngine(engine)

    async def five(asked: Engine) -> None:
        await asyncio.gather(*(asked.values(request, field) for field in facets))

    found = {"total": await timed("", lambda: engine.count(request))}
    for field in facets:
        found[f"facet {field}"] = await timed("", partial(engine.values, request, field))
    found["five facets"] = await timed("", lambda: five(engine))
    found["five facets, remembered"] = await timed("", lambda: five(remembering))
    for field in sorted_dates:
        found[f"timeline {field}"] = await timed("", partial(engine.months, request, field))
    return found
