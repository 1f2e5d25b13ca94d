"""An app over the engine in memory, and a caller."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from starlette.types import ASGIApp

from api.app import create_app
from api.config import ApiConfig
from records.datasets import declared_datasets
from tests.api.client import Client
from tests.api.memory_engine import MemoryEngine
from tests.search.backends import tantivy_backend
from tests.search.finding.town import Town
from tests.support import StillClock


@pytest.fixture
def still_clock() -> StillClock:
    return StillClock()


@pytest.fixture
def engine() -> MemoryEngine:
    return MemoryEngine(declared_datasets())


@pytest.fixture
def config(still_clock: StillClock) -> ApiConfig:
    return ApiConfig(declared_datasets(), "410329", "0.1.0", b"k" * 32, still_clock)


@pytest.fixture
def app(config: ApiConfig, engine: MemoryEngine) -> ASGIApp:
    return create_app(config, engine)


@pytest.fixture
async def client(app: ASGIApp) -> AsyncIterator[Client]:
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://xincha.test") as http:
        yield Client(http)


@pytest.fixture
def town(tmp_path: Path, still_clock: StillClock) -> Town:
    return Town(tantivy_backend(tmp_path), clock=still_clock)


@pytest.fixture
async def town_client(config: ApiConfig, town: Town) -> AsyncIterator[Client]:
    """A caller of an app over the town's index."""
    engine = town.engine()
    transport = httpx.ASGITransport(app=create_app(config, engine))
    async with httpx.AsyncClient(transport=transport, base_url="http://xincha.test") as http:
        yield Client(http)
    await engine.close()
