"""A cluster that does not take what it is sent: said with the fix, nothing lost, made up for by whoever follows."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.cluster.bad_proxy import (
    Mischief,
    all_too_busy,
    bad_proxy,
    cut_answer,
    cut_request,
    empty_object,
    fewer_items,
    no_answer,
    partial_json,
    refused_items,
    too_busy,
)
from tests.cluster.elasticsearch import ElasticsearchServer
from tests.cluster.installation import Installation, assert_each_once, ended, eventually, rows
from xincha.checks import check_lag

ROWS = 60
_NUMBERS = itertools.count(1)
_FOREVER = 1_000


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return rows(tmp_path_factory.mktemp("rows"), ROWS, seed=7)


@pytest.fixture(scope="module")
def more(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return rows(tmp_path_factory.mktemp("more"), ROWS, seed=8)


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    """Rows that no other test loads."""
    return rows(tmp_path / "fresh", ROWS, seed=100 + next(_NUMBERS))


@pytest.fixture(scope="module")
def contents(elasticsearch: ElasticsearchServer) -> Iterator[httpx.Client]:
    """The server, past the product."""
    with httpx.Client(base_url=elasticsearch.url, trust_env=False, timeout=30) as client:
        yield client


@contextmanager
def installation(server: ElasticsearchServer, home: Path) -> Iterator[Installation]:
    index = f"refused-{next(_NUMBERS)}"
    search = {"XINCHA_SEARCH_URL": server.url, "XINCHA_SEARCH_INDEX": index}
    yield Installation(home, search)
    with httpx.Client(base_url=server.url, trust_env=False, timeout=30) as client:
        for name in client.get(f"/{index}-*").json():
            client.put(f"/{name}/_settings", json={"index.blocks.read_only": None})
            client.delete(f"/{name}").raise_for_status()


@pytest.fixture
def installed(elasticsearch: ElasticsearchServer, tmp_path: Path) -> Iterator[Installation]:
    with installation(elasticsearch, tmp_path / "home") as made:
        yield made


@pytest.fixture(scope="module")
def shared(
    elasticsearch: ElasticsearchServer, folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Installation]:
    """With records in it; every test leaves it whole."""
    home = tmp_path_factory.mktemp("shared") / "home"
    with installation(elasticsearch, home) as made:
        load(made, folder)
        yield made


def through(installed: Installation, url: str) -> Installation:
    """The same installation that reaches the cluster by another address."""
    search = {**installed.search, "XINCHA_SEARCH_URL": url}
    return Installation(installed.home, search, installed.store)


def load(installed: Installation, folder: Path, *note: str) -> None:
    """All rows get into the store; that they cannot be searched is said in these words (none: they can be)."""
    outcome = installed.run("load", "--json", str(folder))
    assert outcome.code == 0, outcome.errors
    reports = [json.loads(line) for line in outcome.output.splitlines()]
    assert sum(report["inserted"] for report in reports) > 0
    if not note:
        assert outcome.errors == ""
        return
    for words in ("not searchable yet", *note):
        assert words in outcome.errors
    assert "Traceback" not in outcome.errors


def assert_behind(installed: Installation) -> None:
    """The state of the index does not promise what it has not got."""
    with installed.house() as house:
        finding = check_lag(house)
    assert not finding.good
    assert " behind" in finding.text


def assert_whole(installed: Installation, contents: httpx.Client) -> None:
    installed.await_index(0)
    assert assert_each_once(installed, contents) > 0


def live_index(installed: Installation, contents: httpx.Client) -> str:
    alias = f"{installed.search['XINCHA_SEARCH_INDEX']}-records"
    [name] = contents.get(f"/_alias/{alias}").raise_for_status().json()
    return str(name)


def test_a_server_whose_index_cannot_be_read_is_not_ready(
    installed: Installation, folder: Path, contents: httpx.Client
) -> None:
    load(installed, folder)
    with (
        installed.serving() as address,
        httpx.Client(base_url=address, trust_env=False) as client,
    ):
        index = live_index(installed, contents)
        contents.post(f"/{index}/_close").raise_for_status()
        closed = client.get("/readyz")
        contents.post(f"/{index}/_open").raise_for_status()
        eventually(lambda: client.get("/readyz").is_success, 10)

    assert (closed.status_code, closed.json()["missing"]) == (503, "index")


@pytest.mark.parametrize("block", ["read_only", "read_only_allow_delete", "write"])
def test_a_read_only_index(
    installed: Installation, contents: httpx.Client, folder: Path, more: Path, block: str
) -> None:
    load(installed, folder)
    settings = f"/{live_index(installed, contents)}/_settings"
    # The server itself lifts one of these blocks when it finds room on its disk.
    interval = {"cluster.info.update.interval": "1h"}
    contents.put("/_cluster/settings", json={"persistent": interval}).raise_for_status()
    contents.put(settings, json={f"index.blocks.{block}": True}).raise_for_status()
    load(installed, more, "made the index read-only", "lift the block")
    assert_behind(installed)

    with installed.serving():
        contents.put(settings, json={f"index.blocks.{block}": None}).raise_for_status()
        installed.await_index(15)
    assert_whole(installed, contents)


def lacking(properties: dict[str, dict[str, object]]) -> None:
    del properties["authority_keyword"]


def contradicting(properties: dict[str, dict[str, object]]) -> None:
    properties["authority_keyword"] = {"type": "long"}


@pytest.mark.parametrize("change", [lacking, contradicting])
def test_a_mapping_that_does_not_fit(
    installed: Installation,
    contents: httpx.Client,
    folder: Path,
    more: Path,
    change: Callable[[dict[str, dict[str, object]]], None],
) -> None:
    load(installed, folder)
    name = live_index(installed, contents)
    [was] = contents.get(f"/{name}").raise_for_status().json().values()
    change(was["mappings"]["properties"])
    contents.delete(f"/{name}").raise_for_status()
    remade = {"mappings": was["mappings"], "aliases": was["aliases"]}
    contents.put(f"/{name}", json=remade).raise_for_status()

    load(installed, more, "has other fields than this version", "xincha reindex")
    assert_behind(installed)

    rebuilt = installed.run("reindex")
    assert rebuilt.code == 0, rebuilt.errors
    assert_whole(installed, contents)


@pytest.mark.parametrize(
    ("spoil", "note"),
    [
        (cut_answer, "cannot be reached"),
        (cut_request, "cannot be reached"),
        (no_answer, "cannot be reached"),
        (partial_json, "answer is incomplete"),
        (fewer_items, "answer is incomplete"),
        (empty_object, "answer is incomplete"),
        (refused_items, "failed (HTTP 500)"),
    ],
)
def test_a_spoiled_bulk(
    elasticsearch: ElasticsearchServer,
    shared: Installation,
    contents: httpx.Client,
    fresh: Path,
    spoil: Mischief,
    note: str,
) -> None:
    with bad_proxy(elasticsearch.url, spoil, _FOREVER) as proxy:
        load(through(shared, proxy.url), fresh, note)
        assert proxy.spoiled > 0
    assert_behind(shared)

    with shared.house() as house:
        house.follower.bring_up()
    assert_whole(shared, contents)


@pytest.mark.parametrize("spoil", [cut_answer, cut_request, no_answer, too_busy, all_too_busy])
def test_what_goes_wrong_once_is_not_even_noticed(
    elasticsearch: ElasticsearchServer,
    shared: Installation,
    contents: httpx.Client,
    fresh: Path,
    spoil: Mischief,
) -> None:
    with bad_proxy(elasticsearch.url, spoil, times=2) as proxy:
        load(through(shared, proxy.url), fresh)
        assert proxy.spoiled == 2
    assert_whole(shared, contents)


def test_several_indexers_take_turns(
    shared: Installation, contents: httpx.Client, fresh: Path
) -> None:
    commands = (["reindex"], ["load", "--json", str(fresh)], ["reindex"])
    for outcome in [ended(p) for p in [shared.start(*command) for command in commands]]:
        assert (outcome.code, outcome.errors) == (0, "")
    assert_whole(shared, contents)


def test_indexers_that_do_not_know_of_each_other(
    installed: Installation, contents: httpx.Client, folder: Path, more: Path, tmp_path: Path
) -> None:
    """Two folders of locks, as on two machines that share a file of SQLite against all advice."""
    store = f"sqlite:///{tmp_path / 'shared.db'}"
    here = Installation(installed.home, installed.search, store)
    there = Installation(tmp_path / "there", installed.search, store)
    load(here, folder)
    assert_whole(there, contents)
    started = [
        here.start("reindex"),
        there.start("reindex"),
        here.start("load", "--json", str(more)),
        there.start("reindex"),
    ]
    for process in started:
        outcome = ended(process)
        assert outcome.code in {0, 1}
        assert "Traceback" not in outcome.errors
        assert "internal error" not in outcome.errors

    last = here.run("load", str(more))
    assert (last.code, last.errors) == (0, "")
    assert_whole(here, contents)
