"""A county that shows no natural persons: an engine in front of the index leaves them out."""

from __future__ import annotations

from records.vocabulary import SubjectKind
from search.hiding import WithoutNaturalPersons
from search.query import AnyOf, Not, SearchRequest
from tests.api.documents import penalty_document
from tests.api.memory_engine import MemoryEngine
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
