"""Directories and their pointer."""

from __future__ import annotations

import asyncio
import errno
import random
from contextlib import closing
from datetime import date
from pathlib import Path

import orjson
import pytest

from records.errors import IndexUnavailable, LockTimeout
from search.documents import to_document
from search.engine import IndexState
from search.generations import FINGERPRINT, POINTER, DirectoryGenerations, Pointer, read_pointer
from search.tantivy_engine import tantivy_engine, tantivy_generations
from tests.search.conftest import DECLARED
from tests.search.corpus import random_record
from tests.support import PENALTIES


@pytest.fixture
def generations(tmp_path: Path) -> DirectoryGenerations:
    return tantivy_generations(tmp_path, DECLARED)


def test_nothing_is_live_at_first(generations: DirectoryGenerations, tmp_path: Path) -> None:
    assert read_pointer(tmp_path) == Pointer("", "")
    assert generations.live() is None
    assert generations.previous() is None
    assert generations.unfinished() is None
    assert generations.state() is None


def test_a_created_one_is_being_built_until_it_is_promoted(
    generations: DirectoryGenerations, tmp_path: Path
) -> None:
    name = generations.create()
    assert (generations.unfinished(), generations.live()) == (name, None)

    generations.promote(name)

    assert (generations.unfinished(), generations.live()) == (None, name)
    second = generations.create()
    generations.promote(second)
    assert read_pointer(tmp_path) == Pointer(second, name)


def test_promoting_twice_keeps_the_previous(
    generations: DirectoryGenerations, tmp_path: Path
) -> None:
    first, second = generations.create(), ""
    generations.promote(first)
    second = generations.create()
    generations.promote(second)
    generations.promote(second)
    assert read_pointer(tmp_path) == Pointer(second, first)


def test_at_most_one_is_being_built(generations: DirectoryGenerations, tmp_path: Path) -> None:
    generations.create()
    second = generations.create()
    assert [path.name for path in tmp_path.iterdir()] == [second]


def test_names_are_not_used_twice(generations: DirectoryGenerations) -> None:
    generations.promote(generations.create())
    generations.promote(generations.create())
    # Going back, then building anew: what was tried and left must not be taken for the new one.
    generations.promote("g000001")
    assert generations.unfinished() is None
    assert generations.create() == "g000003"


def test_one_left_over_is_not_being_built(generations: DirectoryGenerations) -> None:
    for _ in range(3):
        generations.promote(generations.create())
    assert generations.unfinished() is None


def test_collect_removes_only_what_nobody_needs(
    generations: DirectoryGenerations, tmp_path: Path
) -> None:
    with generations.exclusive(0):
        for _ in range(3):
            generations.promote(generations.create())
        building = generations.create()
        (tmp_path / "g000009.new").mkdir()
        (tmp_path / "live.new").write_text("half")

        generations.collect()

        left = {path.name for path in tmp_path.iterdir()}
        assert left == {"g000002", "g000003", building, POINTER, "writer.lock"}


def test_one_built_otherwise_is_not_usable(
    generations: DirectoryGenerations, tmp_path: Path
) -> None:
    name = generations.create()
    generations.promote(name)
    (tmp_path / name / FINGERPRINT).write_text("of another declaration")
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


def test_what_was_not_committed_is_gone(generations: DirectoryGenerations) -> None:
    record = random_record(random.Random(1), "penalties")
    name = generations.create()
    generations.promote(name)
    with closing(generations.writer(name)) as writer:
        writer.apply([to_document(record, PENALTIES)], {})
        writer.commit(IndexState(1))
        writer.apply([], {record.id: 2})

    assert generations.state() == IndexState(1)
    with closing(generations.writer(name)) as writer:
        assert writer.state == IndexState(1)
        writer.commit(IndexState(2))
    engine = tantivy_engine(generations._home, DECLARED)
    assert asyncio.run(engine.get([record.id], date(2026, 11, 20))) != [None]


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"live": "g000001"}', "\0"])
def test_a_damaged_pointer_says_what_to_do(tmp_path: Path, content: str) -> None:
    (tmp_path / POINTER).write_text(content)
    with pytest.raises(IndexUnavailable) as raised:
        read_pointer(tmp_path)
    assert "reindex" in raised.value.suggestion


def test_the_lock_is_one_for_the_whole_index(tmp_path: Path) -> None:
    first, second = (tantivy_generations(tmp_path, DECLARED) for _ in range(2))
    with first.exclusive(0), pytest.raises(LockTimeout), second.exclusive(0):
        pass
    with second.exclusive(0):
        pass
