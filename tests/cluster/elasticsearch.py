"""A real Elasticsearch on loopback: one node, plain http, no password."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx

from tests.cluster.elasticsearch_build import Build, missing, unpacked
from tests.cluster.elasticsearch_node import LOOPBACK, Node, free_ports

__all__ = [
    "ElasticsearchServer",
    "missing",
    "running_elasticsearch",
    "single_node",
    "wait_until_ready",
]

_READY_SECONDS = 60


@dataclass(frozen=True, slots=True)
class ElasticsearchServer:
    """A running server without security; who shares it takes an index prefix of his own."""

    url: str


@contextmanager
def running_elasticsearch(build: Build | None = None) -> Iterator[ElasticsearchServer]:
    """A server that lives as long as the block; a build that is unpacked already saves a second."""
    with ExitStack() as stack:
        place = stack.enter_context(TemporaryDirectory(prefix="xincha-elasticsearch-"))
        [port] = free_ports(1)
        node = single_node(build or stack.enter_context(unpacked()), Path(place), port)
        try:
            node.start()
            server = ElasticsearchServer(f"http://{LOOPBACK}:{node.port}")
            wait_until_ready(server)
            yield server
        finally:
            node.kill()


def single_node(build: Build, folder: Path, port: int) -> Node:
    """A node that looks for no others, configured but not started."""
    [transport] = free_ports(1)
    node = Node("single", build, folder, port)
    node.configure(
        {
            "cluster.name": "xincha-single",
            "discovery.type": "single-node",
            "transport.port": transport,
            "xpack.security.enabled": False,
        }
    )
    return node


def wait_until_ready(server: ElasticsearchServer) -> None:
    """Return when the server answers; an AssertionError when it does not."""
    deadline = time.monotonic() + _READY_SECONDS
    # No proxy of the environment stands between a test and the loopback.
    with httpx.Client(base_url=server.url, trust_env=False) as client:
        while time.monotonic() < deadline:
            try:
                if client.get("/_cluster/health").is_success:
                    return
            except httpx.TransportError:
                pass
            time.sleep(0.1)
    raise AssertionError("Elasticsearch did not start")
