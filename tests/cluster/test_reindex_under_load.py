"""A new index is built while somebody reads and somebody loads: nobody notices, and nothing is stale."""

from __future__ import annotations

import logging
import random
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.cluster.elasticsearch import ElasticsearchServer
from tests.cluster.installation import Installation, ended, eventually, rows
from tests.cluster.steady_reader import steady_reader

logger = logging.getLogger(__name__)

FIRST, MORE, KILLS = 3_000, 1_500, 5


@pytest.fixture(scope="module", params=["tantivy", "elasticsearch"])
def installed(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Installation:
    """With records in it; both tests use it, and load files of their own."""
    search = {}
    if request.param == "elasticsearch":
        server: ElasticsearchServer = request.getfixturevalue("elasticsearch")
        search = {"XINCHA_SEARCH_URL": server.url, "XINCHA_SEARCH_INDEX": "reindexed"}
    made = Installation(tmp_path_factory.mktemp("house") / "home", search)
    loaded = made.run("load", "--json", str(rows(tmp_path_factory.mktemp("files"), FIRST, seed=1)))
    assert (loaded.code, loaded.errors) == (0, "")
    return made


def assert_whole(installed: Installation) -> None:
    checked = installed.run("check")
    assert checked.code == 0, checked.output


def test_nobody_notices(installed: Installation, tmp_path: Path) -> None:
    more = rows(tmp_path, MORE, seed=2, files=3)
    with installed.serving("--workers", "2") as address, steady_reader(address) as reader:
        before = installed.revision()
        load = installed.start("load", "--json", str(more))
        eventually(lambda: installed.revision() > before, 60)
        reindex = installed.start("reindex")
        for outcome in (ended(reindex), ended(load)):
            assert (outcome.code, outcome.errors) == (0, "")
        # Whoever follows made good for what was loaded behind the swap.
        assert_whole(installed)

    logger.info("%s", reader.summary())
    assert not reader.failed, reader.failed[:3]


def killed_at_work(installed: Installation, after: float) -> bool:
    """Kill a reindex so many seconds after its start; whether it had not finished."""
    reindex = installed.start("reindex")
    time.sleep(after)
    reindex.send_signal(signal.SIGKILL)
    reindex.communicate()
    return reindex.returncode == -signal.SIGKILL


def test_the_indexer_is_killed_again_and_again(installed: Installation, tmp_path: Path) -> None:
    more = rows(tmp_path, MORE, seed=3, files=KILLS)
    chance = random.Random(KILLS)
    with installed.serving("--workers", "2") as address, steady_reader(address) as reader:
        alone = ended(installed.start("reindex"))
        assert alone.code == 0, alone.errors
        longest, kills, tries = alone.seconds, 0, 0
        loads: list[subprocess.Popen[str]] = []
        while kills < KILLS:
            tries += 1
            assert tries <= 5 * KILLS, f"killed at work {kills} times only"
            if len(loads) <= kills:
                loads.append(installed.start("load", "--json", str(more / str(kills))))
            after = chance.uniform(0.5, 1.0) * longest
            if killed_at_work(installed, after):
                kills += 1
            else:
                longest = after
        for outcome in (ended(installed.start("reindex")), *map(ended, loads)):
            assert (outcome.code, outcome.errors) == (0, "")
        assert_whole(installed)

    logger.info("%s, %d kills in %d tries", reader.summary(), kills, tries)
    assert not reader.failed, reader.failed[:3]
