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
from records.stored import StoredRecord
from search.engine import Document, IndexState
from search.follower import Follower
from search.plan import MOST_CANDIDATES, Candidate, Card, Grams, Plan, Term
from search.subjects import card_of, to_subject_document
from tests.search.backends import DECLARED, Backend
from tests.search.corpus import COUNTY
from tests.search.crashing import journal
from tests.search.journal import MemoryJournal
from tests.search.reading import everything
from tests.support import StillClock

KILLS = 6
TODAY = date(2026, 11, 25)
ROOT = Path(__file__).parents[2]


def contents(backend: Backend) -> tuple[IndexState, dict[str, Document]] | None:
    """The live index, or None when there is none yet."""

    async def read() -> tuple[IndexState, dict[str, Document]]:
        engine = backend.engine()
        try:
            # In this order: documents may be as new as the state says, or newer.
            return await engine.state(), await everything(engine, TODAY)
        finally:
            await engine.close()

    try:
        return asyncio.run(read())
    except IndexUnavailable:
        return None


def subjects_in(backend: Backend) -> list[Card]:
    """What is known of the subjects whose credit code is one of the county's."""

    async def read() -> list[Candidate]:
        engine = backend.engine()
        try:
            plan = Plan((Term(Grams.CODES, COUNTY[:3], 1.0),), limit=MOST_CANDIDATES)
            return (await engine.candidates([plan], TODAY))[0]
        finally:
            await engine.close()

    return sorted((found.card for found in asyncio.run(read())), key=lambda card: card.id)


def cards_of(journal: MemoryJournal) -> list[Card]:
    """The same, of a journal."""
    shown = [s for s in journal.subjects.values() if s.exists and s.credit_code.startswith("914")]
    return sorted((card_of(to_subject_document(s)) for s in shown), key=lambda card: card.id)


def shown(record: StoredRecord | None) -> int | None:
    """The revision in which a record must be found; None when it must not be."""
    return record.revision if record is not None and record.visible else None


def assert_consistent(backend: Backend, whole: MemoryJournal, start: MemoryJournal) -> None:
    """Nothing is missing and nothing is older than the state says, whenever the last commit was.

    Where a commit is one step, nothing is newer either.
    """
    found = contents(backend)
    if found is None:
        return
    state, documents = found
    revisions = {i: int(str(document["revision"])) for i, document in documents.items()}
    assert set(revisions) <= set(whole.records)
    for record in whole.records.values():
        is_there = revisions.get(record.id)
        before = shown(start.records.get(record.id))
        if record.revision <= state.revision:
            assert is_there == shown(record)
        elif backend.at_once:
            assert is_there == before
        else:
            assert is_there in {before, shown(record)}


def kill_repeatedly(backend: Backend, action: str, check: Callable[[], None]) -> int:
    """Start, kill, check, again and again; how often it was killed before it had finished."""
    rng = random.Random(action)
    killed = 0
    for _ in range(KILLS):
        command = [sys.executable, "-m", "tests.search.crashing", action, *backend.arguments]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == b"ready\n"
            # A commit of Elasticsearch takes longer.
            time.sleep(rng.uniform(0, 0.25 if backend.at_once else 0.8))
            finished = process.poll() is not None
            process.send_signal(signal.SIGKILL)
        killed += not finished
        check()
    return killed


@pytest.fixture(scope="module")
def whole() -> MemoryJournal:
    return journal()


def assert_completed(backend: Backend, whole: MemoryJournal) -> None:
    follower = Follower(whole, backend.generations(), DECLARED, StillClock())
    follower.bring_up(timeout=10)
    found = contents(backend)
    assert found is not None
    state, documents = found
    assert state.revision == whole.revision()
    assert {i: d["revision"] for i, d in documents.items()} == {
        r.id: r.revision for r in whole.visible(TODAY)
    }
    assert subjects_in(backend) == cards_of(whole)
    served = {follower.generations.live(), follower.generations.previous()}
    assert set(backend.names()) <= {*served, follower.generations.unfinished()}


def test_killed_while_following(backend: Backend, whole: MemoryJournal) -> None:
    start = journal(3)
    Follower(start, backend.generations(), DECLARED, StillClock()).bring_up()

    killed = kill_repeatedly(backend, "bring_up", lambda: assert_consistent(backend, whole, start))

    assert killed > KILLS // 2
    assert_completed(backend, whole)


def test_killed_while_reindexing_the_live_index_serves_on(
    backend: Backend, whole: MemoryJournal
) -> None:
    live = Follower(whole, backend.generations(), DECLARED, StillClock())
    live.bring_up()
    before = contents(backend)

    def unchanged() -> None:
        found = contents(backend)
        assert found is not None
        assert before is not None
        assert found == before

    killed = kill_repeatedly(backend, "reindex", unchanged)

    assert killed > KILLS // 2
    assert_completed(backend, whole)
    live.reindex()
    assert_completed(backend, whole)


def test_killed_while_building_the_first_index(backend: Backend, whole: MemoryJournal) -> None:
    nothing = MemoryJournal()

    killed = kill_repeatedly(
        backend, "bring_up", lambda: assert_consistent(backend, whole, nothing)
    )

    assert killed > KILLS // 2
    assert_completed(backend, whole)
