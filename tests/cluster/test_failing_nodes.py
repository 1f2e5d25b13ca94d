"""Three nodes with TLS and a password: what readers and loads notice when nodes die or hang."""

from __future__ import annotations

import itertools
import json
import logging
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.cluster.elasticsearch_cluster import ElasticsearchCluster
from tests.cluster.installation import (
    Installation,
    assert_each_once,
    ended,
    eventually,
    on_cluster,
    rows,
)
from tests.cluster.steady_reader import QUESTIONS, ask, steady_reader

logger = logging.getLogger(__name__)

FIRST, MORE = 400, 4_000
_NUMBERS = itertools.count(1)
LIMIT = 2.0
"""Seconds after which nobody may still wait for an answer that cannot come."""


@pytest.fixture(scope="module")
def cluster(start_cluster: Callable[[int], ElasticsearchCluster]) -> ElasticsearchCluster:
    return start_cluster(3)


@pytest.fixture
def whole(cluster: ElasticsearchCluster) -> Iterator[ElasticsearchCluster]:
    """The cluster with all its nodes at work, before and after."""
    yield cluster
    for node in cluster.nodes:
        if node.running:
            node.resume()
    for node, launcher in [(n, n.launch()) for n in cluster.nodes if not n.running]:
        node.await_start(launcher)
    cluster.wait_for_nodes(3)


@pytest.fixture
def installed(whole: ElasticsearchCluster, tmp_path: Path) -> Installation:
    """With some records in it."""
    made = on_cluster(tmp_path / "home", whole, f"failing-{next(_NUMBERS)}")
    assert made.run("load", str(rows(tmp_path / "first", FIRST, seed=1))).code == 0
    return made


@contextmanager
def paused(cluster: ElasticsearchCluster) -> Iterator[None]:
    for node in cluster.nodes:
        node.pause()
    try:
        yield
    finally:
        for node in cluster.nodes:
            node.resume()


def report(text: str, **measured: float) -> None:
    """Shown by --log-cli-level=INFO."""
    logger.info("%s %s", text, {name: round(value, 2) for name, value in measured.items()})


def assert_no_secret(cluster: ElasticsearchCluster, *texts: str) -> None:
    encoded = cluster.url.split("@", maxsplit=1)[0].rpartition(":")[2]
    for text in texts:
        assert cluster.password not in text
        assert encoded not in text


def load_meanwhile(installed: Installation, folder: Path) -> float:
    """Load while nothing can be searched; seconds it took."""
    before = installed.revision()
    outcome = installed.run("load", "--json", str(folder))
    assert outcome.code == 0, outcome.errors
    assert "not searchable yet" in outcome.errors
    assert "Traceback" not in outcome.errors
    report = json.loads(outcome.output.splitlines()[0])
    assert report["inserted"] > 0
    assert installed.revision() > before
    return outcome.seconds


def assert_refused_in_time(address: str, rounds: int = 3) -> float:
    """Every question, asked again and again: refused with its code, in time; the slowest."""
    slowest = 0.0
    with httpx.Client(base_url=address, timeout=30, trust_env=False) as client:
        for _ in range(rounds):
            for question in QUESTIONS:
                read = ask(client, question)
                assert read.problem == "SEARCH_UNAVAILABLE"
                slowest = max(slowest, read.seconds)
            began = time.monotonic()
            ready = client.get("/readyz")
            slowest = max(slowest, time.monotonic() - began)
            assert (ready.status_code, ready.json()["missing"]) == (503, "index")
            assert client.get("/healthz").status_code == 200
    assert slowest < LIMIT
    return slowest


def test_the_master_is_killed_during_a_load_and_steady_reads(
    whole: ElasticsearchCluster, installed: Installation, tmp_path: Path
) -> None:
    more = rows(tmp_path / "more", MORE, seed=2, files=4)
    with installed.serving("--workers", "2") as address, steady_reader(address) as reader:
        before = installed.revision()
        load = installed.start("load", "--json", str(more))
        eventually(lambda: installed.revision() > before, 60)
        master = whole.master()
        assert load.poll() is None
        master.kill()
        outcome = ended(load)
        assert outcome.code == 0, outcome.errors
        assert outcome.errors == ""
        caught_up = installed.await_index()
        survivor = next(node for node in whole.nodes if node.running)
        with whole.client(survivor) as client:
            count = assert_each_once(installed, client)

    report(reader.summary(), records=count, load=outcome.seconds, caught_up=caught_up)
    assert not reader.failed, reader.failed[:3]
    assert_no_secret(whole, outcome.output, installed.log.read_text())


def test_the_master_hangs_during_a_load_and_steady_reads(
    whole: ElasticsearchCluster, installed: Installation, tmp_path: Path
) -> None:
    more = rows(tmp_path / "more", 1_000, seed=3)
    with installed.serving() as address, steady_reader(address) as reader:
        eventually(lambda: len(reader.reads) > 20, 30)
        hung = whole.master()
        hung.pause()
        outcome = installed.run("load", "--json", str(more))
        hung.resume()
        assert outcome.code == 0, outcome.errors
        # Until it hears that it was left behind, it answers with what it had.
        whole.wait_for_nodes(3)
        caught_up = installed.await_index()

    report(reader.summary(), load=outcome.seconds, caught_up=caught_up)
    assert not reader.failed, reader.failed[:3]


def test_all_nodes_are_killed(
    whole: ElasticsearchCluster, installed: Installation, tmp_path: Path
) -> None:
    with installed.serving("--workers", "2") as address:
        for node in whole.nodes:
            node.kill()
        refused = assert_refused_in_time(address)
        loaded = load_meanwhile(installed, rows(tmp_path / "more", 200, seed=4))
        refused = max(refused, assert_refused_in_time(address, rounds=1))

        for node, launcher in [(node, node.launch()) for node in whole.nodes]:
            node.await_start(launcher)
        recovered = installed.await_index()
        with httpx.Client(base_url=address, trust_env=False) as client:
            answered = eventually(lambda: not ask(client, QUESTIONS[1]).problem, 10)
            assert client.get("/readyz").status_code == 200

    report("", slowest=refused, load=loaded, recovered=recovered, answered=answered)
    log = installed.log.read_text()
    assert log.count("the index does not follow") <= 6
    assert "the index follows again" in log
    assert "Traceback" not in log
    assert_no_secret(whole, log)


def test_all_nodes_hang(
    whole: ElasticsearchCluster, installed: Installation, tmp_path: Path
) -> None:
    with installed.serving("--workers", "2") as address:
        with paused(whole):
            refused = assert_refused_in_time(address)
            loaded = load_meanwhile(installed, rows(tmp_path / "more", 200, seed=5))
        recovered = installed.await_index()
        with httpx.Client(base_url=address, trust_env=False) as client:
            answered = eventually(lambda: not ask(client, QUESTIONS[1]).problem, 10)

    report("", slowest=refused, load=loaded, recovered=recovered, answered=answered)
    assert loaded < 60


def test_a_server_starts_and_stops_while_all_hang(
    whole: ElasticsearchCluster, installed: Installation
) -> None:
    with paused(whole):
        began = time.monotonic()
        server = installed.start("serve", "--port", "0")
        try:
            assert server.stdout is not None
            found = re.search(r"http://127\.0\.0\.1:\d+", server.stdout.readline())
            listening = time.monotonic() - began
            assert found
            with httpx.Client(base_url=found.group(), trust_env=False) as client:
                eventually(lambda: client.get("/healthz").is_success, 30)
            refused = assert_refused_in_time(found.group(), rounds=1)
        finally:
            began = time.monotonic()
            server.terminate()
            server.communicate(timeout=60)
            stopping = time.monotonic() - began

    report("", listening=listening, slowest=refused, stopping=stopping)
    # Two seconds of waiting for the index, the rest is Python's start.
    assert listening < 10
    assert stopping < 20
