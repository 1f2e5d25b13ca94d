"""A real Elasticsearch cluster on loopback, with TLS, a user and a password."""

from __future__ import annotations

import ssl
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar
from urllib.parse import quote

import httpx

from tests.cluster.certificates import CA, CERTIFICATE, KEY, write_certificates
from tests.cluster.elasticsearch_build import Build, unpacked
from tests.cluster.elasticsearch_node import LOOPBACK, Node, Setting, free_ports

T = TypeVar("T")

USER = "xincha"
# Every character that an address must not hold as it is.
PASSWORD = "s3cret/of:tests@100%,+#?"
_FORM_SECONDS = 120
_ANSWER_SECONDS = 2


@dataclass(frozen=True, slots=True)
class ElasticsearchCluster:
    """A running cluster; every node knows the user, who may do everything."""

    nodes: tuple[Node, ...]
    ca: Path
    user: str = USER
    password: str = PASSWORD

    @property
    def urls(self) -> tuple[str, ...]:
        """The addresses of the nodes, without user and password."""
        return tuple(f"https://{LOOPBACK}:{node.port}" for node in self.nodes)

    @property
    def url(self) -> str:
        """All addresses with user and password, as one setting holds them."""
        login = f"{quote(self.user, safe='')}:{quote(self.password, safe='')}"
        return ",".join(f"https://{login}@{LOOPBACK}:{node.port}" for node in self.nodes)

    def client(self, node: Node, password: str | None = None) -> httpx.Client:
        """A client of one node, which trusts the cluster's authority alone."""
        return httpx.Client(
            base_url=f"https://{LOOPBACK}:{node.port}",
            auth=(self.user, self.password if password is None else password),
            verify=ssl.create_default_context(cafile=self.ca),
            trust_env=False,
            timeout=_ANSWER_SECONDS,
        )

    def master(self) -> Node:
        """The node that a majority has elected, as soon as there is one."""

        def elected() -> Node | None:
            named = {node.name: node for node in self.nodes}
            return next((named[told] for told in self._told("/_cat/master", "node")), None)

        return _wait_for(elected, "the cluster elects no master")

    def wait_for_nodes(self, count: int) -> None:
        """Return when the cluster has this many nodes and no primary shard is missing."""

        def whole() -> bool:
            wanted = {f"green {count}", f"yellow {count}"}
            return next(self._told("/_cat/health", "status,node.total"), "") in wanted

        _wait_for(whole, f"the cluster does not have {count} nodes")

    def _told(self, path: str, columns: str) -> Iterator[str]:
        """The line that each node answers which lives, is not paused and knows a master."""
        for node in self.nodes:
            try:
                with self.client(node) as client:
                    answer = client.get(path, params={"h": columns, "master_timeout": "1s"})
                    yield answer.raise_for_status().text.strip()
            except httpx.HTTPError:
                continue


@contextmanager
def running_cluster(nodes: int = 3, build: Build | None = None) -> Iterator[ElasticsearchCluster]:
    """A cluster that lives as long as the block; a build that is unpacked already saves a second."""
    with ExitStack() as stack:
        place = Path(stack.enter_context(TemporaryDirectory(prefix="xincha-elasticsearch-")))
        # The nodes' own folders below it are closed to everybody but the unprivileged user.
        place.chmod(0o755)
        build = build or stack.enter_context(unpacked())
        write_certificates(place)
        ports = free_ports(2 * nodes)
        made = tuple(
            Node(f"node-{number}", build, place / f"node-{number}", port)
            for number, port in enumerate(ports[:nodes])
        )
        _configure(made, ports[nodes:], [place / name for name in (CA, CERTIFICATE, KEY)])
        for node in made:
            stack.callback(node.kill)
        for node, launcher in [(node, node.launch()) for node in made]:
            node.await_start(launcher)
        cluster = ElasticsearchCluster(made, place / CA)
        cluster.wait_for_nodes(nodes)
        yield cluster


def _configure(nodes: tuple[Node, ...], ports: list[int], certificates: list[Path]) -> None:
    settings = _settings([node.name for node in nodes], ports)
    first, *others = nodes
    first.configure(settings | {"transport.port": ports[0]}, certificates)
    subprocess.run(
        first.command("elasticsearch-users", "useradd", USER, "-p", PASSWORD, "-r", "superuser"),
        check=True,
        capture_output=True,
        env=first.environment(),
        cwd=first.folder,
    )
    # The users of a file are known to the nodes that have it.
    users = [first.config / name for name in ("users", "users_roles")]
    for node, port in zip(others, ports[1:], strict=True):
        node.configure(settings | {"transport.port": port}, [*certificates, *users])


def _settings(names: list[str], ports: list[int]) -> dict[str, Setting]:
    """What all nodes share."""
    secured: dict[str, Setting] = {"xpack.security.enabled": True}
    for layer in ("http", "transport"):
        secured |= {
            f"xpack.security.{layer}.ssl.enabled": True,
            f"xpack.security.{layer}.ssl.certificate": CERTIFICATE,
            f"xpack.security.{layer}.ssl.key": KEY,
            f"xpack.security.{layer}.ssl.certificate_authorities": [CA],
        }
    # A paused node says nothing at all; 30 seconds until the others give it up are long for a test.
    checks = ("leader_check", "follower_check")
    patience = {f"cluster.fault_detection.{check}.timeout": "3s" for check in checks}
    retries = {f"cluster.fault_detection.{check}.retry_count": 2 for check in checks}
    return {
        "cluster.name": "xincha-cluster",
        "discovery.seed_hosts": [f"{LOOPBACK}:{port}" for port in ports],
        "cluster.initial_master_nodes": names,
        **secured,
        **patience,
        **retries,
        # A new master waits so long for the paused one before anybody hears of the election.
        "cluster.publish.timeout": "10s",
    }


def _wait_for(look: Callable[[], T | None], problem: str) -> T:
    """The first thing seen that is true; an AssertionError with the problem when time runs out."""
    deadline = time.monotonic() + _FORM_SECONDS
    while time.monotonic() < deadline:
        seen = look()
        if seen:
            return seen
        time.sleep(0.2)
    raise AssertionError(problem)
