"""The other routes: contract, probes, landing page."""

from __future__ import annotations

import base64
import hashlib
import logging
import re
from dataclasses import replace
from html import unescape

import httpx
import pytest

from api.app import create_app
from api.config import ApiConfig
from api.graphql.schema import print_contract
from records.errors import IndexUnavailable
from tests.api.client import Client
from tests.api.documents import license_document, penalty_document
from tests.api.memory_engine import MemoryEngine


async def test_the_contract_can_be_fetched(client: Client, config: ApiConfig) -> None:
    answer = await client.get("/schema.graphql")
    assert answer.text == print_contract(config.datasets)
    assert answer.response.headers["content-type"] == "text/plain; charset=utf-8"


async def test_alive_and_ready(client: Client) -> None:
    assert (await client.get("/healthz")).response.json() == {"status": "alive"}
    assert (await client.get("/readyz")).response.json() == {"status": "ready", "revision": "7"}


async def test_not_ready_without_an_index(client: Client, engine: MemoryEngine) -> None:
    engine.failure = IndexUnavailable("secret place")
    answer = await client.get("/readyz")
    assert (answer.status, answer.response.json()["missing"]) == (503, "index")
    assert "secret" not in answer.text
    assert (await client.get("/healthz")).status == 200


async def test_not_ready_without_a_store(config: ApiConfig, engine: MemoryEngine) -> None:
    async def no_store() -> None:
        raise OSError("secret place")

    app = create_app(replace(config, readiness=no_store), engine)
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app=app), base_url="http://t"
    ) as http:
        answer = await Client(http).get("/readyz")
    assert (answer.status, answer.response.json()["missing"]) == (503, "store")


async def test_the_page_speaks_both_languages_and_runs_nothing(client: Client) -> None:
    answer = await client.get("/")
    assert 'lang="zh-CN"' in answer.text
    assert "企业基本信息、行政许可、" in answer.text
    assert "Personal data are masked" in answer.text
    assert "<script" not in answer.text
    assert "$" not in answer.text
    assert not re.search(r"(src|href)=\"(https?:)?//", answer.text)


async def test_the_page_allows_only_its_own_style(client: Client) -> None:
    answer = await client.get("/")
    policy = answer.response.headers["content-security-policy"]
    style = re.search(r"<style>(.*?)</style>", answer.text, re.DOTALL)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'")


async def test_the_queries_on_the_page_answer(client: Client, engine: MemoryEngine) -> None:
    engine.add(license_document(1), penalty_document(2))
    page = (await client.get("/")).text
    links = re.findall(r'<li><a href="([^"]+)"', page)
    assert len(links) == 3
    for link in links:
        assert "errors" not in (await client.get(unescape(link))).response.json()


@pytest.mark.parametrize(
    ("host", "shown"),
    [
        ("credit.example:8443", "curl -G http://credit.example:8443/graphql"),
        ("a'$(id)", "curl -G /graphql"),
    ],
)
async def test_the_curl_line_names_the_host_asked(client: Client, host: str, shown: str) -> None:
    assert shown in (await client.get("/", host=host)).text


async def test_unknown_paths_are_404(client: Client) -> None:
    assert (await client.http.get("/nothing")).status_code == 404
    assert (await client.http.post("/healthz")).status_code == 405


async def test_an_error_outside_graphql_is_masked(
    config: ApiConfig, engine: MemoryEngine, caplog: pytest.LogCaptureFixture
) -> None:
    def broken_clock() -> None:
        raise ValueError("secret place")

    app = create_app(replace(config, clock=broken_clock), engine)  # type: ignore[arg-type]
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app=app), base_url="http://t"
    ) as http:
        with caplog.at_level(logging.DEBUG):
            answer = await Client(http).ask("{ __typename }")
    assert (answer.status, answer.code()) == (500, "INTERNAL")
    assert "secret" not in answer.text + caplog.text
