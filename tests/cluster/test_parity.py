"""Both engines find the same names, in the same order, with the same scores; and a restart changes nothing."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
import pytest
from pypinyin import lazy_pinyin

from benchmarks.parity_subjects import Subjects
from search.engine import Engine
from search.names.planning import plans
from search.names.ranking import rank
from search.plan import Candidate
from search.query import SUBJECTS, Order, SearchRequest
from search.statistics import TermStatistics
from tests.cluster.elasticsearch import ElasticsearchServer, single_node, wait_until_ready
from tests.cluster.elasticsearch_build import Build
from tests.cluster.elasticsearch_node import LOOPBACK, Node, free_ports
from tests.search.backends import Backend, elasticsearch_backend, tantivy_backend
from xincha.synthetic.names import company_name, place_of

TODAY = date(2026, 11, 25)
NAMES, QUERIES = 600, 150
PAGE = 10


@dataclass(frozen=True, repr=False)
class Both:
    """Two readers of the same subjects, and the loop in which they are asked."""

    engines: tuple[Engine, Engine]
    loop: asyncio.Runner


@pytest.fixture(scope="module")
def subjects() -> Subjects:
    rng = random.Random(6)
    return Subjects([company_name(rng, place_of("410329")) for _ in range(NAMES)])


@pytest.fixture(scope="module")
def both(
    elasticsearch: ElasticsearchServer, subjects: Subjects, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Both]:
    folder = tmp_path_factory.mktemp("parity")
    with elasticsearch_backend(elasticsearch, folder) as cluster, asyncio.Runner() as loop:
        backends = (tantivy_backend(folder), cluster)
        for backend in backends:
            fill(backend, subjects)
        one, other = (backend.engine() for backend in backends)
        yield Both((one, other), loop)
        for engine in (one, other):
            loop.run(engine.close())


def fill(backend: Backend, subjects: Subjects) -> None:
    """Many commits, with changes and ends in them."""
    generations = backend.generations()
    with generations.exclusive(0):
        name = generations.create()
        with closing(generations.writer(name)) as writer:
            subjects.write(writer, TODAY)
        generations.promote(name)


def queries(names: Sequence[str]) -> Iterator[str]:
    """Names as they are typed: whole, in part, with slips, in letters."""
    rng = random.Random(8)
    for name in rng.sample(names, QUERIES):
        at = rng.randrange(len(name) - 1)
        yield rng.choice(
            [
                name,
                name[: rng.randint(1, 4)],
                name[at:],
                name[:at] + name[at + 1] + name[at] + name[at + 2 :],
                name[:at] + name[at + 1 :],
                "".join(lazy_pinyin(name[:6])),
                "".join(syllable[0] for syllable in lazy_pinyin(name)),
            ]
        )


Answer = tuple[bytes, list[list[Candidate]], list[tuple[str, float]]]


async def answer(engine: Engine, query: str) -> Answer:
    """Everything that an engine contributes to a list of names, and the list."""
    statistics = await engine.statistics()
    found = await engine.candidates(plans(query, statistics), TODAY)
    return statistics.as_bytes(), found, first_page(query, found, statistics)


def first_page(
    query: str, found: list[list[Candidate]], statistics: TermStatistics
) -> list[tuple[str, float]]:
    return [(one.card.id, one.score) for one in rank(query, found, statistics)[:PAGE]]


def test_every_query_is_answered_alike(both: Both, subjects: Subjects) -> None:
    one, other = both.engines
    shown = 0
    for query in queries(subjects.names):
        here, there = both.loop.run(answer(one, query)), both.loop.run(answer(other, query))
        assert here == there
        shown += bool(here[2])
    assert shown > QUERIES * 0.9


def test_lists_in_the_order_of_names_are_alike(both: Both) -> None:
    one, other = both.engines
    for descending in (True, False):
        request = SearchRequest(SUBJECTS, TODAY, order=Order("name_order", descending), first=100)
        here = both.loop.run(one.search(request))
        assert here == both.loop.run(other.search(request))
        assert len(here.hits) == 100


@pytest.fixture
def node(elasticsearch_build: Build) -> Iterator[Node]:
    """One that may be killed."""
    with TemporaryDirectory(prefix="xincha-elasticsearch-") as place:
        made = single_node(elasticsearch_build, Path(place), free_ports(1)[0])
        made.start()
        yield made
        made.kill()


def test_names_are_found_after_a_restart_as_before(node: Node, tmp_path: Path) -> None:
    server = ElasticsearchServer(f"http://{LOOPBACK}:{node.port}")
    wait_until_ready(server)
    with elasticsearch_backend(server, tmp_path) as backend:
        fill(backend, Subjects([f"伊川县{core}食品有限公司" for core in ("青禾", "长青", "禾青")]))
        before = asyncio.run(read(backend, "青禾食品"))
        node.kill()
        node.start()
        wait_until_ready(server)
        wait_until_whole(server)
        assert asyncio.run(read(backend, "青禾食品")) == before
        assert before[2]


def wait_until_whole(server: ElasticsearchServer) -> None:
    """A node answers before it has opened its shards."""
    address = f"{server.url}/_cluster/health"
    wanted = {"wait_for_status": "yellow", "timeout": "60s"}
    health = httpx.get(address, params=wanted, trust_env=False, timeout=70)
    assert not health.raise_for_status().json()["timed_out"]


async def read(backend: Backend, query: str) -> Answer:
    """What a new reader is answered."""
    engine = backend.engine()
    try:
        return await answer(engine, query)
    finally:
        await engine.close()
