"""Directories of an embedded index and their pointer; what damage to them does."""

from __future__ import annotations

import asyncio
import errno
import random
import shutil
import threading
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import orjson
import pytest

from records.errors import IndexUnavailable
from search.documents import to_document
from search.engine import IndexState
from search.follower import Follower, wait_until
from search.generations import FINGERPRINT, POINTER, DirectoryGenerations, Pointer, read_pointer
from search.tantivy_engine import tantivy_engine, tantivy_generations
from tests.search.backends import DECLARED
from tests.search.corpus import random_record, records
from tests.search.journal import MemoryJournal
from tests.search.reading import assert_equal, everything
from tests.support import PENALTIES, StillClock

TODAY = date(2026, 11, 25)


@pytest.fixture
def generations(tmp_path: Path) -> DirectoryGenerations:
    return tantivy_generations(tmp_path, DECLARED)


@pytest.fixture
def follower(
    journal: MemoryJournal, generations: DirectoryGenerations, clock: StillClock
) -> Follower:
    return Follower(journal, generations, DECLARED, clock)


def test_without_a_pointer_nothing_is_live(tmp_path: Path) -> None:
    assert read_pointer(tmp_path) == Pointer("", "")


def test_collect_removes_what_was_left_half_made(
    generations: DirectoryGenerations, tmp_path: Path
) -> None:
    with generations.exclusive(0):
        generations.promote(generations.create())
        (tmp_path / "g000009.new").mkdir()
        (tmp_path / "live.new").write_text("half")

        generations.collect()

        assert {path.name for path in tmp_path.iterdir()} == {"g000001", POINTER, "writer.lock"}


def test_one_that_does_not_say_how_it_was_built_is_not_usable(
    generations: DirectoryGenerations, tmp_path: Path
) -> None:
    name = generations.create()
    generations.promote(name)
    (tmp_path / name / FINGERPRINT).unlink()
    assert generations.live() is None


def test_one_without_an_index_is_not_usable(
    generations: DirectoryGenerations, tmp_path: Path
) -> None:
    name = generations.create()
    generations.promote(name)
    (tmp_path / name / "meta.json").unlink()
    assert generations.live() is None


def test_who_is_reading_the_pointer_reads_it_whole(
    generations: DirectoryGenerations, tmp_path: Path
) -> None:
    first = generations.create()
    generations.promote(first)
    with (tmp_path / POINTER).open("rb") as reader:
        generations.promote(generations.create())
        assert orjson.loads(reader.read()) == {"live": first, "previous": ""}


def test_a_pointer_that_cannot_be_written_leaves_the_old_one(
    generations: DirectoryGenerations, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = generations.create(), ""
    generations.promote(first)
    second = generations.create()

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "no space left")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="no space"):
        generations.promote(second)

    assert generations.live() == first


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"live": "g000001"}', "\0"])
def test_a_damaged_pointer_says_what_to_do(tmp_path: Path, content: str) -> None:
    (tmp_path / POINTER).write_text(content)
    with pytest.raises(IndexUnavailable) as raised:
        read_pointer(tmp_path)
    assert "reindex" in raised.value.suggestion


def test_what_was_not_committed_is_gone(generations: DirectoryGenerations) -> None:
    record = random_record(random.Random(1), "penalties")
    name = generations.create()
    generations.promote(name)
    with closing(generations.writer(name)) as writer:
        writer.apply([to_document(record, PENALTIES)], {})
        writer.commit(IndexState(1))
        writer.apply([], {record.id: 2})

    with closing(generations.writer(name)) as writer:
        assert writer.state == IndexState(1)
        writer.commit(IndexState(2))
    engine = tantivy_engine(generations._home, DECLARED)
    assert asyncio.run(engine.get([record.id], date(2026, 11, 20))) != [None]


async def test_a_damaged_live_index_is_replaced_by_reindex(
    journal: MemoryJournal, follower: Follower, tmp_path: Path
) -> None:
    engine = tantivy_engine(tmp_path, DECLARED)
    journal.put(*records(4))
    follower.bring_up()
    for segment in (tmp_path / read_pointer(tmp_path).live).glob("*.store"):
        segment.unlink()
    with pytest.raises(IndexUnavailable):
        await everything(engine, TODAY)

    follower.reindex()

    await assert_equal(engine, journal)


async def test_keep_up_survives_a_folder_that_cannot_be_written(
    follower: Follower, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    follower.bring_up()
    shutil.rmtree(tmp_path / read_pointer(tmp_path).live)
    lock = tmp_path / "writer.lock"
    lock.unlink(missing_ok=True)
    lock.mkdir()
    stop = threading.Event()
    thread = threading.Thread(target=follower.keep_up, args=(stop, 0.01))
    thread.start()
    try:
        await asyncio.sleep(0.1)
        lock.rmdir()
        beside = replace(follower, generations=tantivy_generations(tmp_path, DECLARED))
        assert await asyncio.to_thread(wait_until, 0, beside.generations, 5) is not None
    finally:
        stop.set()
        thread.join()

    assert "the index folder cannot be written" in caplog.text
