"""The clients of a cluster: one for reading, one for writing."""

from __future__ import annotations

from typing import TypedDict

from elasticsearch import AsyncElasticsearch, Elasticsearch, OrjsonSerializer

from search.elasticsearch_engine.cluster import Cluster

_BACKOFF = 5
"""Seconds for which a host that did not answer is asked last, at most."""
_READ_SECONDS, _WRITE_SECONDS = 2.5, 60.0
"""Of one attempt."""
_RETRIES = 3
_RETRIED = (429, 502, 503, 504)


class _Options(TypedDict, total=False):
    hosts: tuple[str, ...]
    basic_auth: tuple[str, str] | None
    serializer: OrjsonSerializer
    max_retries: int
    retry_on_status: tuple[int, ...]
    max_dead_node_backoff: float
    ca_certs: str


def reading_client(cluster: Cluster) -> AsyncElasticsearch:
    """A client for one event loop. Must be closed in it."""
    return AsyncElasticsearch(
        **_options(cluster), request_timeout=_READ_SECONDS, retry_on_timeout=True
    )


def writing_client(cluster: Cluster) -> Elasticsearch:
    """A blocking client that waits as long as a cluster needs to choose a new master."""
    return Elasticsearch(
        **_options(cluster), request_timeout=_WRITE_SECONDS, retry_on_timeout=False
    )


def _options(cluster: Cluster) -> _Options:
    options: _Options = {
        "hosts": cluster.hosts,
        "basic_auth": cluster.login,
        "serializer": OrjsonSerializer(),
        "max_retries": _RETRIES,
        "retry_on_status": _RETRIED,
        "max_dead_node_backoff": _BACKOFF,
    }
    if cluster.ca is not None:
        options["ca_certs"] = str(cluster.ca)
    return options
