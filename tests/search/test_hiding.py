"""A county that shows no natural persons: an engine in front of the index leaves them out."""

from __future__ import annotations

import random
from dataclasses import replace

from records.vocabulary import SubjectKind
from search.engine import Engine
from search.follower import Follower
from search.hiding import WithoutNaturalPersons
from search.plan import Plan, Term
from search.query import ANY, AnyOf, Not, Order, SearchRequest
from search.remembering import RememberingEngine
from search.subjects import card_of, terms_of, to_subject_document
from tests.api.documents import penalty_document
from tests.api.memory_engine import MemoryEngine
from tests.search.corpus import random_record, random_subject
from tests.search.journal import MemoryJournal
from tests.support import DATASETS, NOON

TODAY = NOON.date()
REQUEST = SearchRequest("penalties", TODAY)


async def test_persons_are_in_no_list_count_or_look_up() -> None:
    company = penalty_document(1)
    person = penalty_document(2, subject_kind=SubjectKind.NATURAL_PERSON.value)
    behind = MemoryEngine(tuple(DATASETS.values()))
    behind.add(company, person)
    engine = WithoutNaturalPersons(behind)
    ids = [str(company["id"]), str(person["id"])]

    page = await engine.search(REQUEST)

    assert [hit.document["id"] for hit in page.hits] == ids[:1]
    assert (await engine.count(REQUEST)).count == 1
    assert await engine.values(REQUEST, "subject_kind") == {company["subject_kind"]: 1}
    assert sum((await engine.months(REQUEST, "decision_date")).values()) == 1
    assert await engine.get(ids, TODAY) == [company, None]
    assert await engine.get(["0" * 26], TODAY) == [None]
    assert await engine.state() == await behind.state()


async def test_no_filter_brings_them_back() -> None:
    behind = MemoryEngine(tuple(DATASETS.values()))
    behind.add(penalty_document(1, subject_kind=SubjectKind.NATURAL_PERSON.value))
    engine = WithoutNaturalPersons(behind)
    persons = AnyOf("subject_kind", (SubjectKind.NATURAL_PERSON,))

    for where in (persons, Not(Not(persons))):
        request = SearchRequest("penalties", TODAY, where)
        assert (await engine.count(request)).count == 0
        assert await engine.values(request, "status") == {}
        assert await engine.months(request, "decision_date") == {}


async def test_of_everything_only_persons_are_left_out(
    journal: MemoryJournal, follower: Follower, engine: Engine
) -> None:
    rng = random.Random(3)
    made = [replace(random_record(rng, "penalties"), public_until=None) for _ in range(4)]
    kinds = [SubjectKind.NATURAL_PERSON, SubjectKind.LEGAL_ENTITY] * 2
    records = [replace(r, subject_kind=kind) for r, kind in zip(made, kinds, strict=True)]
    subject = replace(random_subject(rng), visible={"PENALTY": None})
    journal.put(*records, subjects=[subject])
    journal.withdraw(records[2].id, records[3].id)
    follower.bring_up()
    hiding = WithoutNaturalPersons(engine)
    request = SearchRequest(ANY, TODAY, order=Order("revision"))

    (page,) = await hiding.search_many([request])

    shown = {records[1].id, subject.id}
    # What is gone says nothing of anybody.
    gone = {records[2].id, records[3].id}
    assert {hit.document["id"] for hit in page.hits} == shown | gone
    assert await hiding.search(request) == page
    counted = await hiding.values_many([replace(REQUEST, order=Order("revision"))], "subject_kind")
    assert counted == [{SubjectKind.LEGAL_ENTITY.value: 1}]


async def test_candidates_and_statistics_are_those_of_the_engine_behind(
    journal: MemoryJournal, follower: Follower, engine: Engine
) -> None:
    subject = replace(random_subject(random.Random(3)), named=True, visible={"PENALTY": None})
    journal.put(subjects=[subject])
    follower.bring_up()
    names = card_of(to_subject_document(subject)).names
    plan = Plan(tuple(Term(*term, 1.0) for term in terms_of(names, ())))
    for front in (WithoutNaturalPersons(engine), RememberingEngine(engine)):
        ((found,),) = await front.candidates([plan], TODAY)
        assert found.card.id == subject.id
        assert (await front.statistics()).names == 1
