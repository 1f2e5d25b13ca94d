"""The secured cluster that tests start: it forms, keeps strangers out, and survives its nodes."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from urllib.parse import unquote, urlsplit

import httpx
import pytest

from tests.cluster.elasticsearch_cluster import ElasticsearchCluster


@pytest.fixture(scope="module")
def cluster(start_cluster: Callable[[int], ElasticsearchCluster]) -> ElasticsearchCluster:
    return start_cluster(3)


def test_every_node_lets_the_user_in(cluster: ElasticsearchCluster) -> None:
    for node in cluster.nodes:
        with cluster.client(node) as client:
            assert client.get("/_cat/health", params={"h": "node.total"}).text.strip() == "3"


def test_a_wrong_password_is_refused(cluster: ElasticsearchCluster) -> None:
    with cluster.client(cluster.nodes[0], password="wrong-one") as client:
        assert client.get("/_cluster/health").status_code == 401


def test_who_does_not_trust_the_authority_gets_no_connection(cluster: ElasticsearchCluster) -> None:
    with (
        httpx.Client(verify=ssl.create_default_context(), trust_env=False) as stranger,
        pytest.raises(httpx.ConnectError, match="certificate verify failed"),
    ):
        stranger.get(cluster.urls[0])


def test_the_address_holds_every_node_and_the_password(cluster: ElasticsearchCluster) -> None:
    parts = [urlsplit(address) for address in cluster.url.split(",")]
    assert [part.port for part in parts] == [node.port for node in cluster.nodes]
    assert {unquote(part.password or "") for part in parts} == {cluster.password}


def test_a_killed_node_comes_back_with_its_data(cluster: ElasticsearchCluster) -> None:
    killed, other = cluster.nodes[:2]
    placed = {"index.routing.allocation.require._name": killed.name, "number_of_replicas": 0}
    with cluster.client(other) as client:
        client.put("/kept", json={"settings": placed}).raise_for_status()
        client.put("/kept/_doc/a", json={"authority": "某局"}).raise_for_status()
    killed.kill()
    assert not killed.running
    killed.start()
    cluster.wait_for_nodes(3)
    with cluster.client(other) as client:
        assert client.get("/kept/_doc/a").json()["found"]


def test_a_paused_master_is_replaced(cluster: ElasticsearchCluster) -> None:
    master = cluster.master()
    master.pause()
    replaced = cluster.master()
    master.resume()
    cluster.wait_for_nodes(3)
    assert replaced != master
