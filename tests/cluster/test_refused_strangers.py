"""A cluster that does not let the installation in, or is not the one it takes itself for."""

from __future__ import annotations

import ssl
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import httpx
import pytest

from search.elasticsearch_engine import parse_cluster
from search.elasticsearch_engine.clients import reading_client
from search.elasticsearch_engine.patience import PatientClient
from tests.cluster.certificates import CA, write_certificates
from tests.cluster.elasticsearch_build import hand_over
from tests.cluster.elasticsearch_cluster import ElasticsearchCluster
from tests.cluster.forwarding import forwarding
from tests.cluster.installation import (
    Installation,
    Outcome,
    assert_each_once,
    ended,
    eventually,
    on_cluster,
    rows,
)
from tests.cluster.steady_reader import QUESTIONS, ask
from xincha.checks import check_lag

LOOKER, WRONG = "looker", "wr0ng-of-tests"
_LOOKERS_PASSWORD = "l00ker-of-tests"
_ROLES = """
looker:
  cluster: [monitor]
  indices:
    - names: ["*"]
      privileges: [read, view_index_metadata]
"""


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong with the settings, and what of it is said."""

    search: dict[str, str]
    said: str


@pytest.fixture(scope="module")
def cluster(start_cluster: Callable[[int], ElasticsearchCluster]) -> ElasticsearchCluster:
    """With a user who may look at everything and change nothing."""
    made = start_cluster(1)
    [node] = made.nodes
    (node.config / "roles.yml").write_text(_ROLES, encoding="utf-8")
    command = node.command(
        "elasticsearch-users", "useradd", LOOKER, "-p", _LOOKERS_PASSWORD, "-r", LOOKER
    )
    subprocess.run(
        command, check=True, capture_output=True, env=node.environment(), cwd=node.folder
    )
    hand_over(node.config)

    def known() -> bool:
        with httpx.Client(
            base_url=f"https://127.0.0.1:{node.port}",
            auth=(LOOKER, _LOOKERS_PASSWORD),
            verify=ssl.create_default_context(cafile=made.ca),
            trust_env=False,
        ) as client:
            return client.get("/_cluster/health").is_success

    eventually(known, 30)
    return made


@pytest.fixture(scope="module")
def foreign_ca(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("foreign")
    write_certificates(folder)
    return folder / CA


TROUBLES = ["wrong password", "no rights", "no certificate", "foreign certificate", "wrong name"]


@pytest.fixture(params=TROUBLES)
def trouble(
    request: pytest.FixtureRequest, cluster: ElasticsearchCluster, foreign_ca: Path
) -> Iterator[Trouble]:
    if request.param == "wrong name":
        login = cluster.url.removeprefix("https://").partition("@")[0]
        # The same server at an address that its certificate does not name.
        with forwarding("127.0.0.2", cluster.nodes[0].port) as port:
            url = f"https://{login}@127.0.0.2:{port}"
            yield Trouble({"XINCHA_SEARCH_URL": url}, "is not trusted")
        return
    yield settings_of(request.param, cluster, foreign_ca)


def settings_of(trouble: str, cluster: ElasticsearchCluster, foreign_ca: Path) -> Trouble:
    port = cluster.nodes[0].port
    match trouble:
        case "wrong password":
            url = f"https://{cluster.user}:{WRONG}@127.0.0.1:{port}"
            return Trouble({"XINCHA_SEARCH_URL": url}, "refuses user or password")
        case "no rights":
            url = f"https://{LOOKER}:{_LOOKERS_PASSWORD}@127.0.0.1:{port}"
            return Trouble({"XINCHA_SEARCH_URL": url}, "the user may not do this")
        case "no certificate":
            return Trouble({"XINCHA_SEARCH_CA": ""}, "is not trusted")
        case _:
            return Trouble({"XINCHA_SEARCH_CA": str(foreign_ca)}, "is not trusted")


@pytest.fixture
def right(
    cluster: ElasticsearchCluster, request: pytest.FixtureRequest, tmp_path: Path
) -> Installation:
    number = TROUBLES.index(request.node.callspec.params["trouble"])
    made = on_cluster(tmp_path / "home", cluster, f"stranger-{number}")
    assert made.run("load", str(rows(tmp_path / "first", 40, seed=1))).code == 0
    return made


@pytest.fixture
def wrong(right: Installation, trouble: Trouble) -> Installation:
    return Installation(right.home, {**right.search, **trouble.search}, right.store)


def assert_no_password(cluster: ElasticsearchCluster, *texts: str) -> None:
    encoded = cluster.url.split("@", maxsplit=1)[0].rpartition(":")[2]
    for text in texts:
        for secret in (cluster.password, encoded, WRONG, _LOOKERS_PASSWORD):
            assert secret not in text


def served(wrong: Installation, questions: Callable[[str], None]) -> Outcome:
    """`serve` until the questions have been asked."""
    process = wrong.start("serve", "--port", "0", "--log-level", "debug")
    assert process.stdout is not None
    try:
        address = process.stdout.readline().strip().rstrip("/")
        questions(address)
    finally:
        process.terminate()
        outcome = ended(process)
    return outcome


def test_said_with_the_fix_and_nothing_lost(
    cluster: ElasticsearchCluster,
    right: Installation,
    wrong: Installation,
    trouble: Trouble,
    tmp_path: Path,
) -> None:
    more = rows(tmp_path / "more", 40, seed=2)
    before = right.revision()
    loaded = wrong.run("load", "--json", str(more))
    assert loaded.code == 0
    assert "not searchable yet" in loaded.errors
    assert trouble.said in loaded.errors
    assert right.revision() > before

    with wrong.house() as house:
        checked = check_lag(house)
    assert not checked.good
    # Who may look sees how far the index is behind.
    looking = trouble.said == "the user may not do this"
    assert (" behind" if looking else trouble.said) in checked.text
    rebuilt = wrong.run("reindex")
    assert rebuilt.code == 1
    assert trouble.said in rebuilt.errors
    assert_no_password(cluster, *(o.output + o.errors for o in (loaded, rebuilt)))

    again = right.run("load", "--json", str(more))
    assert (again.code, again.errors) == (0, "")
    right.await_index(0)
    with cluster.client(cluster.nodes[0]) as client:
        assert_each_once(right, client)


@pytest.mark.parametrize("trouble", [t for t in TROUBLES if t != "no rights"], indirect=True)
def test_a_server_that_is_not_let_in_says_so_and_lives(
    cluster: ElasticsearchCluster, wrong: Installation, trouble: Trouble
) -> None:
    def questions(address: str) -> None:
        with httpx.Client(base_url=address, timeout=30, trust_env=False) as client:

            def alive() -> bool:
                try:
                    return client.get("/healthz").is_success
                except httpx.TransportError:
                    return False

            eventually(alive, 30)
            for question in QUESTIONS * 2:
                read = ask(client, question)
                assert read.problem == "SEARCH_UNAVAILABLE"
                assert read.seconds < 2
            assert client.get("/readyz").status_code == 503
            time.sleep(2)

    outcome = served(wrong, questions)
    assert outcome.errors.count("the index does not follow") == 1
    assert trouble.said in outcome.errors
    assert "Traceback" not in outcome.errors
    assert_no_password(cluster, outcome.output, outcome.errors)


@pytest.mark.parametrize(("alive", "address"), [(True, ""), (False, "https://127.0.0.1:9")])
async def test_a_refusal_is_a_sign_of_life(
    cluster: ElasticsearchCluster, *, alive: bool, address: str
) -> None:
    parsed = parse_cluster(address or cluster.urls[0], "x", cluster.ca)
    client = PatientClient(reading_client(replace(parsed, login=(LOOKER, WRONG))))

    assert await client._lives() is alive

    await client.close()
