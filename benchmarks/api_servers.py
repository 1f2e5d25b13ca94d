"""The API in processes of its own: on Elasticsearch, and on a page that is ready, to know its own cost."""

from __future__ import annotations

import multiprocessing
import socket
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

import httpx
import uvicorn

from api.app import create_app
from api.config import ApiConfig
from benchmarks.lists_corpus import NOW
from records.datasets import declared_datasets
from search.elasticsearch_engine import elasticsearch_engine, parse_cluster
from search.engine import Document, Engine, IndexState, Page
from search.plan import Candidate, Plan
from search.query import TOTAL_CAP, SearchRequest, Total
from search.statistics import TermStatistics

QUERY = """{ penalties { nodes {
  id subjectName creditCode documentNumber authority decisionDate status publicFrom publicUntil
  violation facts categories fineAmount content maskedFields
} } }"""


@dataclass(frozen=True, slots=True)
class ApiServer:
    """A server on loopback."""

    url: str


@dataclass(frozen=True)
class CannedEngine:
    """Implements search.engine.Engine with one page."""

    page: Page
    now: IndexState

    async def search(self, _request: SearchRequest) -> Page:
        """The page."""
        return self.page

    async def search_many(self, requests: Sequence[SearchRequest]) -> list[Page]:
        """The page each time."""
        return [self.page for _ in requests]

    async def count(self, _request: SearchRequest, cap: int = TOTAL_CAP) -> Total:
        """Nobody asks."""
        return Total(cap, exact=False)

    async def values(self, _request: SearchRequest, _field: str) -> Mapping[str, int]:
        """Nobody asks."""
        return {}

    async def values_many(
        self, requests: Sequence[SearchRequest], _field: str
    ) -> list[Mapping[str, int]]:
        """Nobody asks."""
        return [{} for _ in requests]

    async def months(self, _request: SearchRequest, _field: str) -> Mapping[int, int]:
        """Nobody asks."""
        return {}

    async def candidates(self, plans: Sequence[Plan], _today: date) -> list[list[Candidate]]:
        """Nobody asks."""
        return [[] for _ in plans]

    async def statistics(self) -> TermStatistics:
        """Nobody asks."""
        return TermStatistics.counted(())

    async def get(self, ids: Sequence[str], _today: date) -> list[Document | None]:
        """Nobody asks."""
        return [None] * len(ids)

    async def state(self) -> IndexState:
        """The state in which the page was read."""
        return self.now

    async def close(self) -> None:
        """Nothing to close."""


@contextmanager
def canned_api(page: Page, state: IndexState) -> Iterator[ApiServer]:
    """An API whose engine costs nothing."""
    with _served(_serve_canned, page, state) as server:
        yield server


@contextmanager
def real_api(search_url: str) -> Iterator[ApiServer]:
    """An API on the index of the benchmarks in Elasticsearch."""
    with _served(_serve_real, search_url) as server:
        yield server


def _serve_canned(port: int, page: Page, state: IndexState) -> None:
    _serve(port, CannedEngine(page, state))


def _serve_real(port: int, search_url: str) -> None:
    cluster = parse_cluster(search_url, "xincha-bench")
    _serve(port, elasticsearch_engine(cluster, declared_datasets()))


def _serve(port: int, engine: Engine) -> None:
    config = ApiConfig(
        datasets=declared_datasets(),
        region="410329",
        version="0",
        cursor_key=bytes(32),
        clock=lambda: NOW,
    )
    uvicorn.run(create_app(config, engine), port=port, log_level="error", access_log=False)


@contextmanager
def _served(serve: Callable[..., None], *given: object) -> Iterator[ApiServer]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    process = multiprocessing.get_context("spawn").Process(target=serve, args=(port, *given))
    process.start()
    server = ApiServer(f"http://127.0.0.1:{port}")
    try:
        _wait_until_ready(server)
        yield server
    finally:
        process.terminate()
        process.join()


def _wait_until_ready(server: ApiServer) -> None:
    for _ in range(300):
        try:
            if httpx.get(f"{server.url}/healthz", trust_env=False).is_success:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise AssertionError("the API did not start")
