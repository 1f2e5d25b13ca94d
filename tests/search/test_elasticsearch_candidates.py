"""Subjects in Elasticsearch: cards of any size, plans of any length, and what becomes of them by changes."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import date

import pytest

from records.stored import StoredSubject
from search.elasticsearch_engine.mapping import CARD
from search.engine import Engine, IndexState
from search.plan import WEIGHT_UNIT, Grams, Plan, Term
from search.subjects import card_as_bytes, card_of, to_subject_document
from tests.search.backends import ElasticsearchBackend
from tests.search.test_subjects import MILL

TODAY = date(2026, 11, 25)
QINGHE = Term(Grams.PAIRS, "青禾", 1.0)

pytestmark = pytest.mark.parametrize("backend", ["elasticsearch"], indirect=True)


@pytest.fixture
def index(backend: ElasticsearchBackend) -> str:
    generations = backend.generations()
    name = generations.create()
    generations.promote(name)
    return name


def write(
    backend: ElasticsearchBackend, index: str, *subjects: StoredSubject, gone: int = 0
) -> None:
    """Put these; or take MILL away in that revision."""
    with closing(backend.generations().writer(index)) as writer:
        documents = map(to_subject_document, subjects)
        writer.apply(documents, {MILL.id: gone} if gone else {})
        writer.commit(IndexState(max([gone, *(s.revision for s in subjects)])))


async def found(engine: Engine, *terms: Term) -> list[tuple[str, float]]:
    [candidates] = await engine.candidates([Plan(terms)], TODAY)
    return [(one.card.names[0], one.score) for one in candidates]


async def test_a_card_of_any_size_comes_back_whole(
    backend: ElasticsearchBackend, index: str, engine: Engine
) -> None:
    large = replace(MILL, former_names=tuple(f"伊川县青禾第{n}面粉厂" for n in range(3_000)))
    card = card_of(to_subject_document(large))
    assert len(card_as_bytes(card)) > 2**16
    write(backend, index, large)

    [[candidate]] = await engine.candidates([Plan((QINGHE,))], TODAY)

    assert candidate.card == card


async def test_the_longest_query_can_be_asked(
    backend: ElasticsearchBackend, index: str, engine: Engine
) -> None:
    write(backend, index, MILL)
    # Six tokens of each of 64 characters, all of them rare: no query has more.
    rare = tuple(Term(Grams.PAIRS, f"罕{n}", 1.0) for n in range(6 * 64))

    [[found]] = await engine.candidates([Plan((QINGHE, *rare), rare[:6])], TODAY)

    assert found.card.id == MILL.id


async def test_a_score_has_all_its_digits(
    backend: ElasticsearchBackend, index: str, engine: Engine
) -> None:
    write(backend, index, MILL)
    weight = 1_000 + WEIGHT_UNIT
    other = Term(Grams.PAIRS, "食品", 1_000 + 2 * WEIGHT_UNIT)

    assert await found(engine, replace(QINGHE, weight=weight), other) == [
        (MILL.name, 2_000 + 3 * WEIGHT_UNIT)
    ]


async def test_a_term_asked_twice_counts_twice(
    backend: ElasticsearchBackend, index: str, engine: Engine
) -> None:
    write(backend, index, MILL)
    [[candidate]] = await engine.candidates([Plan((QINGHE, QINGHE), (QINGHE,))], TODAY)
    assert candidate.score == 3


async def test_a_subject_that_comes_back_is_found_again(
    backend: ElasticsearchBackend, index: str, engine: Engine
) -> None:
    write(backend, index, MILL)
    write(backend, index, gone=5)
    assert await found(engine, QINGHE) == []

    write(backend, index, replace(MILL, revision=4))
    assert await found(engine, QINGHE) == []

    write(backend, index, replace(MILL, revision=6))
    assert await found(engine, QINGHE) == [(MILL.name, 1)]


async def test_a_former_revision_does_not_replace_a_later_one(
    backend: ElasticsearchBackend, index: str, engine: Engine
) -> None:
    write(backend, index, replace(MILL, name="伊川县青禾集团有限公司", revision=9))
    write(backend, index, MILL)
    assert await found(engine, QINGHE) == [("伊川县青禾集团有限公司", 1)]


async def test_no_document_shows_a_card(
    backend: ElasticsearchBackend, index: str, engine: Engine
) -> None:
    write(backend, index, MILL)
    [document] = await engine.get([MILL.id], TODAY)
    assert document == to_subject_document(MILL)
    assert CARD not in document
