"""The single Elasticsearch that tests share answers."""

from __future__ import annotations

import os
from pathlib import Path

import httpx
import pytest

from tests.cluster.elasticsearch import ElasticsearchServer
from tests.cluster.elasticsearch_build import VERSION, Build, missing


def test_it_answers_in_the_expected_version(elasticsearch: ElasticsearchServer) -> None:
    with httpx.Client(base_url=elasticsearch.url, trust_env=False) as client:
        [node] = client.get("/_nodes").json()["nodes"].values()
    assert node["version"] == VERSION


def test_it_finds_what_was_written(elasticsearch: ElasticsearchServer) -> None:
    with httpx.Client(base_url=elasticsearch.url, trust_env=False) as client:
        client.put("/servers-1/_doc/a?refresh=true", json={"authority": "某局"}).raise_for_status()
        found = client.post("/servers-*/_search", json={"query": {"match_all": {}}}).json()
    assert [hit["_id"] for hit in found["hits"]["hits"]] == ["a"]


def test_a_failed_download_is_a_reason_to_skip(
    elasticsearch_build: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    maven = tmp_path / "mvn"
    maven.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    maven.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    missing.cache_clear()
    reason = missing()
    missing.cache_clear()
    assert reason is not None
    assert "mvn failed" in reason
