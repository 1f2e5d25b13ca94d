"""Nothing of a person that is not shown is in an index: not in its files, terms or stored documents."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from random import Random

import pytest

from records.intake import Intake
from records.sources import Origin, SourceRun
from records.vocabulary import SubjectKind
from search.analysis import bigrams
from search.engine import Engine
from search.follower import Follower
from search.query import AnyOf, Contains, Not, SearchRequest
from tests.search.backends import DECLARED, Backend
from tests.search.contents import Contents, contents_of
from tests.search.reading import ids
from tests.support import StillClock, incoming, penalty, take
from xincha.synthetic.numbers import id_number

NAME = "欧阳龘靐"
NUMBER = id_number(Random(8), "410329", date(1980, 1, 2))
PLANTED = (NAME, NUMBER, NUMBER.lower(), "13800138000", "龘靐", "ouyang@example.org")
PROSE = "驫羴鱻麤"
"""In the text that is shown: may be read with the record, not searched."""


@pytest.fixture
def held(backend: Backend, intake: Intake, clock: StillClock) -> Iterator[Contents]:
    """The index of a store with one person and one company."""
    facts = f"经查，{NAME}（身份证号{NUMBER}，电话13800138000，邮箱ouyang@example.org）从事{PROSE}经营。"
    person = penalty(
        subject_name=NAME,
        credit_code=None,
        legal_representative=None,
        person_id_number=NUMBER,
        tax_number=NUMBER,
        facts=facts,
        content=f"对{NAME}罚款",
        document_number="伊市监罚〔2026〕16号",
    )
    rows = [
        incoming(intake, person, kind=SubjectKind.NATURAL_PERSON),
        incoming(intake, penalty(), line=3),
    ]
    run = SourceRun.begin(intake.store, Origin("f.csv", "", "a", "penalties", "V2.1"))
    take(intake, run, rows)
    Follower(intake.store, backend.generations(), DECLARED, clock).bring_up()
    with contents_of(backend) as contents:
        yield contents


def test_what_is_searched_through_is_really_read(held: Contents) -> None:
    assert held.is_term("伊市监罚(2026)16号")
    assert held.is_term("NATURAL_PERSON")
    assert held.has_term_with("罚(2026)1")
    assert any(PROSE in document for document in held.documents())
    assert any("【身份证号】" in document for document in held.documents())
    assert any(PROSE.encode() in content for content in held.files())


@pytest.mark.parametrize("value", PLANTED)
def test_a_planted_value_is_nowhere(held: Contents, value: str) -> None:
    assert not [1 for content in held.files() if value.encode() in content]
    assert not held.has_term_with(value)
    assert not [document for document in held.documents() if value in document]


def test_no_pair_of_a_persons_text_is_a_term(held: Contents) -> None:
    assert not [pair for pair in bigrams(PROSE).split() if held.is_term(pair)]
    assert all(held.is_term(pair) for pair in bigrams("超过保质期").split())


def test_nothing_links_a_person(held: Contents, intake: Intake) -> None:
    with intake.store.engine.connect() as connection:
        parties = connection.exec_driver_sql("SELECT party, blind FROM records").all()
    digests = {digest for row in parties for digest in row if digest}
    assert len(digests) == 3
    assert not [digest for digest in digests if held.has_term_with(digest)]
    assert not [d for d in held.documents() if any(digest in d for digest in digests)]
    assert not [1 for content in held.files() if any(d.encode() in content for d in digests)]


@pytest.mark.usefixtures("held")
async def test_a_persons_record_is_listed_but_not_searched(engine: Engine) -> None:
    today = date(2026, 11, 25)
    person = SearchRequest(
        "penalties", today, where=AnyOf("subject_kind", (SubjectKind.NATURAL_PERSON.value,))
    )
    (record_id,) = await ids(engine, person)
    text = Contains("facts", PROSE)
    assert await ids(engine, SearchRequest("penalties", today, where=text)) == []
    assert record_id in await ids(engine, SearchRequest("penalties", today, where=Not(text)))
    for region in ("410329", ""):
        where = AnyOf("region", (region,))
        assert record_id not in await ids(engine, SearchRequest("penalties", today, where=where))
