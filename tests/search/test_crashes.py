"""Killed with SIGKILL at random moments of following or reindexing, then completed by the next one."""

from __future__ import annotations

import asyncio
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from records.errors import IndexUnavailable
from search.engine import Document, IndexState
from search.follower import Follower
from search.tantivy_engine import tantivy_engine, tantivy_generations
from tests.search.crashing import DECLARED, journal
from tests.search.journal import MemoryJournal
from tests.search.reading import everything
from tests.support import StillClock

KILLS = 6
TODAY = date(2026, 11, 25)
ROOT = Path(__file__).parents[2]


def contents(home: Path) -> tuple[IndexState, dict[str, Document]] | None:
    """The live index, or None when there is none yet."""

    async def read() -> tuple[IndexState, dict[str, Document]]:
        engine = tantivy_engine(home, DECLARED)
        return await engine.state(), await everything(engine, TODAY)

    try:
        return asyncio.run(read())
    except IndexUnavailable:
        return None


def assert_consistent(home: Path, whole: MemoryJournal) -> None:
    """Documents and state were committed together, whenever the last commit was."""
    found = contents(home)
    if found is None:
        return
    state, documents = found
    revisions = {i: int(str(document["revision"])) for i, document in documents.items()}
    assert max(revisions.values(), default=0) <= state.revision
    for record in whole.records.values():
        if record.revision <= state.revision:
            assert revisions.get(record.id) == (record.revision if record.visible else None)


def kill_repeatedly(home: Path, action: str, check: Callable[[], None]) -> int:
    """Start, kill, check, again and again; how often it was killed before it had finished."""
    rng = random.Random(action)
    killed = 0
    for _ in range(KILLS):
        command = [sys.executable, "-m", "tests.search.crashing", str(home), action]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == b"ready\n"
            time.sleep(rng.uniform(0, 0.25))
            finished = process.poll() is not None
            process.send_signal(signal.SIGKILL)
        killed += not finished
        check()
    return killed


@pytest.fixture(scope="module")
def whole() -> MemoryJournal:
    return journal()


def assert_completed(home: Path, whole: MemoryJournal) -> None:
    follower = Follower(whole, tantivy_generations(home, DECLARED), DECLARED, StillClock())
    follower.bring_up(timeout=10)
    found = contents(home)
    assert found is not None
    state, documents = found
    assert state.revision == whole.revision()
    assert {i: d["revision"] for i, d in documents.items()} == {
        r.id: r.revision for r in whole.visible(TODAY)
    }
    assert {path.name for path in home.iterdir() if path.suffix == ".new"} == set()


def test_killed_while_following(tmp_path: Path, whole: MemoryJournal) -> None:
    start = Follower(journal(3), tantivy_generations(tmp_path, DECLARED), DECLARED, StillClock())
    start.bring_up()

    killed = kill_repeatedly(tmp_path, "bring_up", lambda: assert_consistent(tmp_path, whole))

    assert killed > KILLS // 2
    assert_completed(tmp_path, whole)


def test_killed_while_reindexing_the_live_index_serves_on(
    tmp_path: Path, whole: MemoryJournal
) -> None:
    live = Follower(whole, tantivy_generations(tmp_path, DECLARED), DECLARED, StillClock())
    live.bring_up()
    before = contents(tmp_path)

    def unchanged() -> None:
        found = contents(tmp_path)
        assert found is not None
        assert before is not None
        assert found == before

    killed = kill_repeatedly(tmp_path, "reindex", unchanged)

    assert killed > KILLS // 2
    assert_completed(tmp_path, whole)
    live.reindex()
    assert_completed(tmp_path, whole)


def test_killed_while_building_the_first_index(tmp_path: Path, whole: MemoryJournal) -> None:
    killed = kill_repeatedly(tmp_path, "bring_up", lambda: assert_consistent(tmp_path, whole))

    assert killed > KILLS // 2
    assert_completed(tmp_path, whole)
