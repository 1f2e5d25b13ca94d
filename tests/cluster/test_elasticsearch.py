"""The single Elasticsearch that tests share answers."""

from __future__ import annotations

import httpx

from tests.cluster.elasticsearch import ElasticsearchServer
from tests.cluster.elasticsearch_build import VERSION


def test_it_answers_in_the_expected_version(elasticsearch: ElasticsearchServer) -> None:
    with httpx.Client(base_url=elasticsearch.url, trust_env=False) as client:
        [node] = client.get("/_nodes").json()["nodes"].values()
    assert node["version"] == VERSION


def test_it_finds_what_was_written(elasticsearch: ElasticsearchServer) -> None:
    with httpx.Client(base_url=elasticsearch.url, trust_env=False) as client:
        client.put("/servers-1/_doc/a?refresh=true", json={"authority": "某局"}).raise_for_status()
        found = client.post("/servers-*/_search", json={"query": {"match_all": {}}}).json()
    assert [hit["_id"] for hit in found["hits"]["hits"]] == ["a"]
