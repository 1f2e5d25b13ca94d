"""Shared fixtures: a house of its own for every test, a clock that stands still, and real servers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from records.intake import Intake
from records.keys import KeyRing
from records.store import Store
from tests.cluster.elasticsearch import ElasticsearchServer, running_elasticsearch
from tests.cluster.elasticsearch_build import Build, missing, unpacked
from tests.cluster.elasticsearch_cluster import ElasticsearchCluster, running_cluster
from tests.cluster.postgres import PostgresServer, binaries, running_postgres
from tests.cluster.reused import ReusedDatabase, reused
from tests.support import StillClock
from xincha.settings import Settings
from xincha.wiring import House, open_house


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture
def keys() -> KeyRing:
    return KeyRing(secret=bytes(range(32)), vault=bytes(range(32, 64)))


@pytest.fixture
def database() -> str:
    """What keeps `store`: one of DATABASES. Folders whose tests hold for each of them override it."""
    return "sqlite"


@pytest.fixture
def store(
    database: str,
    request: pytest.FixtureRequest,
    tmp_path: Path,
    keys: KeyRing,
    clock: StillClock,
) -> Iterator[Store]:
    if database == "sqlite":
        url = f"sqlite:///{tmp_path / 'xincha.db'}"
    else:
        reusable: ReusedDatabase = request.getfixturevalue("reused_database")
        url = reusable.emptied()
    opened = Store.open(url, keys, clock)
    yield opened
    opened.close()


@pytest.fixture
def intake(store: Store, keys: KeyRing) -> Intake:
    return Intake(store, keys)


@pytest.fixture
def house(tmp_path: Path, clock: StillClock) -> Iterator[House]:
    opened = open_house(Settings(home=tmp_path / "home", _env_file=None), clock)
    yield opened
    opened.store.close()


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    programs = binaries()
    if programs is None:
        pytest.skip("PostgreSQL is not installed (no initdb in PATH or /usr/lib/postgresql)")
    with running_postgres(programs) as server:
        yield server


@pytest.fixture(scope="session")
def reused_database(postgres: PostgresServer) -> Iterator[ReusedDatabase]:
    with reused(postgres.create("reused")) as database:
        yield database


@pytest.fixture(scope="session")
def elasticsearch_build() -> Iterator[Build]:
    reason = missing()
    if reason is not None:
        pytest.skip(reason)
    with unpacked() as build:
        yield build


@pytest.fixture(scope="session")
def elasticsearch(elasticsearch_build: Build) -> Iterator[ElasticsearchServer]:
    """One node for all tests of a session: each names its indices with a prefix of its own."""
    with running_elasticsearch(elasticsearch_build) as server:
        yield server


@pytest.fixture(scope="module")
def start_cluster(elasticsearch_build: Build) -> Iterator[Callable[[int], ElasticsearchCluster]]:
    """Starts a secured cluster of so many nodes, which lives as long as the module."""
    with ExitStack() as stack:
        yield lambda nodes: stack.enter_context(running_cluster(nodes, elasticsearch_build))
