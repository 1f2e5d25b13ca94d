"""The file of cards beside the embedded index: whole with every commit, whatever was in the way."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from records.errors import IndexUnavailable
from search.follower import Follower
from search.generations import read_pointer
from search.plan import Card, Grams, Plan, Term
from search.schema import IndexSchema
from search.subjects import card_of, to_subject_document
from search.tantivy_engine import TantivyEngine, tantivy_engine
from search.tantivy_engine.writer import TantivyBackend, TantivyWriter
from tests.search.backends import DECLARED, Backend, tantivy_backend
from tests.search.corpus import random_subject
from tests.search.journal import MemoryJournal
from tests.support import NOON

TODAY = NOON.date()
EVERY = Plan((Term(Grams.CODES, "410", 1.0),), limit=200)
SUBJECTS = [
    replace(
        random_subject(random.Random(seed)),
        visible={"PENALTY": None},
        registration_numbers=("4103",),
    )
    for seed in range(30)
]


@pytest.fixture
def backend(tmp_path: Path) -> Backend:
    """The embedded engine alone has such a file."""
    return tantivy_backend(tmp_path)


@pytest.fixture
def reader(backend: Backend, tmp_path: Path) -> TantivyEngine:
    return tantivy_engine(tmp_path / "index", DECLARED)


@pytest.fixture
def folder(follower: Follower, journal: MemoryJournal, tmp_path: Path) -> Path:
    """A generation that holds the first ten."""
    journal.put(subjects=SUBJECTS[:10])
    follower.bring_up()
    return tmp_path / "index" / read_pointer(tmp_path / "index").live


@pytest.fixture
def writer(folder: Path) -> Iterator[TantivyWriter]:
    made = TantivyBackend(IndexSchema(DECLARED)).writer(folder)
    yield made
    made.close()


def versions(folder: Path) -> list[Path]:
    return list(folder.glob("terms-*"))


async def found(engine: TantivyEngine) -> list[Card]:
    (candidates,) = await engine.candidates([EVERY], TODAY)
    return sorted((c.card for c in candidates), key=lambda card: card.id)


def cards(journal: MemoryJournal) -> list[Card]:
    made = [card_of(to_subject_document(s)) for s in journal.subjects.values() if s.exists]
    return sorted(made, key=lambda card: card.id)


async def test_a_writer_that_dies_between_cards_and_commit_does_no_harm(
    folder: Path, reader: TantivyEngine, follower: Follower, journal: MemoryJournal
) -> None:
    dying = TantivyBackend(IndexSchema(DECLARED)).writer(folder)
    dying.apply([to_subject_document(s) for s in SUBJECTS[10:20]], {})
    dying.cards.sync()
    dying.close()
    left = (folder / "cards").stat().st_size
    assert await found(reader) == cards(journal)

    journal.put(subjects=[replace(SUBJECTS[20], name="短")])
    follower.bring_up()

    assert await found(reader) == cards(journal)
    assert (folder / "cards").stat().st_size < left


async def test_a_reader_sees_old_cards_while_the_file_grows_and_new_ones_with_the_commit(
    folder: Path, reader: TantivyEngine, follower: Follower, journal: MemoryJournal
) -> None:
    before = await found(reader)
    assert before == cards(journal)
    renamed = [replace(subject, name=subject.name + "面店") for subject in SUBJECTS[:5]]
    journal.put(subjects=[*renamed, *SUBJECTS[10:]])
    journal.forget(SUBJECTS[6].id)
    follower.bring_up()
    after = await found(reader)
    assert after == cards(journal)
    assert len(after) == 29


async def test_a_file_that_was_shortened_is_no_index(
    folder: Path, reader: TantivyEngine, follower: Follower
) -> None:
    with (folder / "cards").open("r+b") as file:
        file.truncate(10)
    with pytest.raises(IndexUnavailable, match="cards"):
        await reader.candidates([EVERY], TODAY)
    with pytest.raises(IndexUnavailable):
        TantivyBackend(IndexSchema(DECLARED)).writer(folder)


async def test_statistics_are_counted_again_when_a_tenth_more_is_there(
    folder: Path, reader: TantivyEngine, follower: Follower, journal: MemoryJournal
) -> None:
    first = (await reader.state()).statistics
    journal.put(subjects=[replace(SUBJECTS[0], name="厂")])
    follower.bring_up()
    assert (await reader.state()).statistics == first
    journal.put(subjects=SUBJECTS[10:11])
    follower.bring_up()
    state = await reader.state()
    assert state.statistics == str(journal.revision())
    assert state.names == (await reader.statistics()).names == 11
    assert [path.name for path in versions(folder)] == [f"terms-{state.statistics}"]


async def test_statistics_that_are_lost_are_missed(folder: Path, reader: TantivyEngine) -> None:
    for path in versions(folder):
        path.unlink()
    with pytest.raises(IndexUnavailable, match="statistics"):
        await reader.statistics()


async def test_uncommitted_statistics_are_nobodys(
    writer: TantivyWriter, reader: TantivyEngine
) -> None:
    before = await reader.statistics()
    writer.keep_statistics("99", before)
    assert (await reader.state()).statistics != "99"
    assert (await reader.statistics()).names == 10
