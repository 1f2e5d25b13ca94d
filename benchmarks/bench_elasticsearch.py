"""What this program adds to Elasticsearch: to bulk indexing, and to a list over HTTP.

XINCHA_BENCH_SEARCH_URL: the server; without it there is nothing to measure. XINCHA_BENCH_DOCUMENTS: how many
records (default 30,000). What is compared runs in turns, so that a noisy machine disturbs all alike.
"""

from __future__ import annotations

import asyncio
import os
import statistics
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial

import httpx
import orjson
from elasticsearch import Elasticsearch

from benchmarks.api_servers import QUERY, ApiServer, canned_api, real_api
from benchmarks.lists_corpus import NOW, TODAY, Corpus
from benchmarks.lists_engines import Home, build, engine_of, index_home
from benchmarks.measurement import Measurement, stopwatch
from records.datasets import declared_datasets
from search.documents import to_document
from search.elasticsearch_engine.clients import writing_client
from search.elasticsearch_engine.cluster import parse_cluster
from search.elasticsearch_engine.mapping import SETTINGS, mapping_of
from search.elasticsearch_engine.queries import compile_request, sort_of
from search.elasticsearch_engine.writer import ElasticsearchWriter
from search.engine import Document, IndexState
from search.follower import Follower
from search.query import SearchRequest
from search.schema import IndexSchema, Storage

_ROUNDS = 3
_REQUESTS = 300
_CHUNK = 1_000
_SCHEMA = IndexSchema(declared_datasets())


def measure() -> Iterator[Measurement]:
    """Raw against ours, in the same run."""
    corpus = Corpus(int(os.environ.get("XINCHA_BENCH_DOCUMENTS", "30000")))
    with index_home() as home:
        if not home.url:
            yield Measurement("Elasticsearch", 0, "", "skipped: XINCHA_BENCH_SEARCH_URL is not set")
            return
        yield from _bulk(home, corpus)
        yield from build(home, corpus)
        yield from asyncio.run(_lists(home))


def _bulk(home: Home, corpus: Corpus) -> Iterator[Measurement]:
    declared = {dataset.name: dataset for dataset in declared_datasets()}
    documents: list[Document] = [
        to_document(record, declared[record.dataset])
        for record in corpus.changes(0, corpus.documents).records
    ]
    ready = [_ready(document) for document in documents]
    client = writing_client(parse_cluster(home.url, "xincha-bench"))
    ways = {
        "bulk, ready documents": partial(_raw, client, ready, 1),
        "bulk, ready documents, two connections": partial(_raw, client, ready, 2),
        "bulk, our writer": partial(_written, client, documents),
        "bulk, followed from a journal": partial(_followed, home, corpus),
    }
    speeds: dict[str, list[float]] = {what: [] for what in ways}
    for _ in range(_ROUNDS):
        for what, way in ways.items():
            speeds[what].append(corpus.documents / way())
    medians = {what: statistics.median(found) for what, found in speeds.items()}
    one, two = list(medians.values())[:2]
    for what, speed in medians.items():
        remark = f"{speed / one:.2f} of raw over one connection, {speed / two:.2f} over two"
        yield Measurement(what, speed, "records/s", remark)


def _ready(document: Document) -> tuple[bytes, bytes]:
    source = orjson.dumps({**_SCHEMA.entry(document), "stored": document})
    return orjson.dumps({"index": {"_id": document["id"]}}), source


def _empty_index(client: Elasticsearch, name: str) -> None:
    client.indices.delete(index=name, ignore_unavailable=True)
    client.indices.create(
        index=name,
        settings=SETTINGS,
        mappings=mapping_of(_SCHEMA, ""),
        aliases={f"{name}.writing": {}},
    )


def _raw(client: Elasticsearch, ready: list[tuple[bytes, bytes]], connections: int) -> float:
    """A thousand documents a request, nothing to do but to send them."""
    _empty_index(client, "xincha-bench-bulk")

    def send(start: int) -> None:
        lines = [line for pair in ready[start : start + _CHUNK] for line in pair]
        answer = client.bulk(index="xincha-bench-bulk", operations=lines)  # type: ignore[arg-type]
        assert not answer["errors"]

    with stopwatch() as watch, ThreadPoolExecutor(connections) as senders:
        list(senders.map(send, range(0, len(ready), _CHUNK)))
        client.indices.refresh(index="xincha-bench-bulk")
    return watch.seconds


def _written(client: Elasticsearch, documents: list[Document]) -> float:
    _empty_index(client, "xincha-bench-bulk")
    writer = ElasticsearchWriter(
        client, _SCHEMA, "xincha-bench-bulk", "", IndexState(), confirm=lambda: None
    )
    with stopwatch() as watch, closing(writer):
        writer.apply(documents, {})
        writer.commit(IndexState(1, TODAY))
    return watch.seconds


def _followed(home: Home, corpus: Corpus) -> float:
    _, generations = engine_of(Home(home.folder, home.url))
    follower = Follower(corpus, generations, declared_datasets(), lambda: NOW)
    with stopwatch() as watch:
        follower.reindex()
    return watch.seconds


async def _lists(home: Home) -> list[Measurement]:
    engine, _ = engine_of(home)
    request = SearchRequest("penalties", TODAY)
    page, state = await engine.search(request), await engine.state()
    await engine.close()
    with canned_api(page, state) as canned, real_api(home.url) as real:
        async with httpx.AsyncClient(trust_env=False) as client:
            ways = {
                "list, raw Elasticsearch": partial(_search, client, home.url, state, request),
                "list, API on a canned page": partial(_query, client, canned),
                "list, API on Elasticsearch": partial(_query, client, real),
            }
            times = await _in_turns(ways)
    raw, fixed, whole = (statistics.median(found) for found in times.values())
    lines = [
        Measurement(what, statistics.median(found), "µs", _spread(found))
        for what, found in times.items()
    ]
    share = (whole - fixed) / raw
    remark = "API on Elasticsearch without the API's own cost, to raw Elasticsearch, in percent"
    return [*lines, Measurement("list, share of raw", share * 100, "%", remark)]


async def _in_turns(
    ways: Mapping[str, Callable[[], Awaitable[None]]],
) -> dict[str, list[float]]:
    times: dict[str, list[float]] = {what: [] for what in ways}
    for _ in range(_REQUESTS):
        for what, ask in ways.items():
            begun = time.perf_counter()
            await ask()
            times[what].append((time.perf_counter() - begun) * 1e6)
    # The first ones warm up.
    return {what: found[_REQUESTS // 10 :] for what, found in times.items()}


def _spread(times: list[float]) -> str:
    return f"p99 {sorted(times)[len(times) * 99 // 100]:,.0f}"


async def _search(
    client: httpx.AsyncClient, url: str, state: IndexState, request: SearchRequest
) -> None:
    """The same page, asked of the server directly."""
    field = _SCHEMA.resolve(request.dataset, request.order.field, Storage.NUMBER)
    body = {
        "query": compile_request(_SCHEMA, state, request),
        "sort": sort_of(field, descending=True),
        "size": request.first + 1,
        "track_total_hits": False,
    }
    answer = await client.post(
        f"{url}/xincha-bench-records/_search",
        content=orjson.dumps(body),
        headers={"content-type": "application/json"},
    )
    assert len(orjson.loads(answer.content)["hits"]["hits"]) == request.first + 1


async def _query(client: httpx.AsyncClient, server: ApiServer) -> None:
    answer = await client.post(f"{server.url}/graphql", json={"query": QUERY})
    assert len(answer.json()["data"]["penalties"]["nodes"]) == 20
