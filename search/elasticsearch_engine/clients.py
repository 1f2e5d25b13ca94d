"""The clients of a cluster: one for reading, one for writing."""

from __future__ import annotations

import base64
import logging
import ssl
from typing import TypedDict

from elastic_transport.client_utils import DEFAULT
from elasticsearch import AsyncElasticsearch, Elasticsearch, OrjsonSerializer

from search.elasticsearch_engine.cluster import Cluster

_READ_BACKOFF, _WRITE_BACKOFF = 5, 60
"""Seconds for which a host that did not answer is asked last, at most."""
_WRITE_BACKOFF_FIRST = 30
"""Seconds after it did not answer for the first time: each new try at one that hangs costs an attempt."""
_READ_SECONDS, _WRITE_SECONDS = 2.5, 20.0
"""Of one attempt. A cluster chooses a new master in less, and what is written twice is written once."""
READ_RETRIES, _WRITE_RETRIES = 3, 2
RETRIED = (429, 502, 503, 504)


class _Options(TypedDict, total=False):
    hosts: tuple[str, ...]
    headers: dict[str, str]
    serializer: OrjsonSerializer
    retry_on_timeout: bool
    retry_on_status: tuple[int, ...]


def reading_client(cluster: Cluster) -> AsyncElasticsearch:
    """A client for one event loop. Must be closed in it."""
    _hush()
    return AsyncElasticsearch(
        **_options(cluster),
        # Left to itself, this client takes every trusted certificate for that of a numeric address.
        ssl_context=ssl.create_default_context(cafile=cluster.ca) if _encrypted(cluster) else None,
        request_timeout=_READ_SECONDS,
        max_retries=READ_RETRIES,
        max_dead_node_backoff=_READ_BACKOFF,
    )


def writing_client(cluster: Cluster) -> Elasticsearch:
    """A blocking client that waits as long as a cluster needs to choose a new master."""
    _hush()
    return Elasticsearch(
        **_options(cluster),
        # This one looks at the name, but would trust its own list of authorities beside a context's.
        ca_certs=DEFAULT if cluster.ca is None else str(cluster.ca),
        request_timeout=_WRITE_SECONDS,
        max_retries=_WRITE_RETRIES,
        dead_node_backoff_factor=_WRITE_BACKOFF_FIRST,
        max_dead_node_backoff=_WRITE_BACKOFF,
    )


def _hush() -> None:
    """The client logs whole queries and documents, and each attempt with a traceback; our errors do not."""
    logging.getLogger("elastic_transport").setLevel(logging.CRITICAL)


def _encrypted(cluster: Cluster) -> bool:
    return cluster.hosts[0].startswith("https:")


def _options(cluster: Cluster) -> _Options:
    return {
        "hosts": cluster.hosts,
        "headers": _authorization(cluster),
        "serializer": OrjsonSerializer(),
        "retry_on_timeout": True,
        "retry_on_status": RETRIED,
    }


def _authorization(cluster: Cluster) -> dict[str, str]:
    """The client's own would take ASCII only; Elasticsearch takes UTF-8."""
    if cluster.login is None:
        return {}
    login = ":".join(cluster.login).encode("utf-8", "surrogateescape")
    return {"authorization": f"Basic {base64.b64encode(login).decode()}"}
