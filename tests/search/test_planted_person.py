"""Nothing of a person that is not shown is in an index: not in its files, terms or stored documents."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random

import orjson
import pytest
import tantivy

from records.intake import Intake
from records.sources import Origin, SourceRun
from records.vocabulary import SubjectKind
from search.analysis import bigrams
from search.follower import Follower
from search.generations import read_pointer
from search.query import AnyOf, Contains, Not, SearchRequest
from search.schema import IndexSchema, Storage
from search.tantivy_engine import tantivy_generations
from search.tantivy_engine.index import STORED
from tests.search.conftest import DECLARED
from tests.search.reading import ids
from tests.support import StillClock, incoming, penalty, take
from xincha.synthetic.numbers import id_number

NAME = "欧阳龘靐"
NUMBER = id_number(Random(8), "410329", date(1980, 1, 2))
PLANTED = (NAME, NUMBER, NUMBER.lower(), "13800138000", "龘靐", "ouyang@example.org")
PROSE = "驫羴鱻麤"
"""In the text that is shown: may be read with the record, not searched."""


@pytest.fixture
def home(tmp_path: Path, intake: Intake, clock: StillClock) -> Path:
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
    index = tmp_path / "index"
    Follower(intake.store, tantivy_generations(index, DECLARED), DECLARED, clock).bring_up()
    return index


def searcher(home: Path) -> tantivy.Searcher:
    return tantivy.Index.open(str(home / read_pointer(home).live)).searcher()


def terms(home: Path) -> set[str]:
    found = searcher(home)
    texts = [f.name for f in IndexSchema(DECLARED).fields if f.storage is not Storage.NUMBER]
    return {term for name in texts for term, _ in found.terms_with_prefix(name, "")}


def documents(home: Path) -> list[str]:
    found = searcher(home)
    hits = found.search(tantivy.Query.all_query(), 100).hits
    stored = [found.doc(address).get_first(STORED) for _, address in hits]
    return [orjson.dumps(orjson.loads(raw)).decode() for raw in stored if isinstance(raw, bytes)]


def test_what_is_searched_through_is_really_read(home: Path) -> None:
    assert "伊市监罚(2026)16号" in terms(home)
    assert "NATURAL_PERSON" in terms(home)
    assert any(PROSE in document for document in documents(home))
    assert any("【身份证号】" in document for document in documents(home))


@pytest.mark.parametrize("value", PLANTED)
def test_a_planted_value_is_nowhere(home: Path, value: str) -> None:
    files = [path.read_bytes() for path in home.rglob("*") if path.is_file()]
    assert not [1 for content in files if value.encode() in content]
    assert not [term for term in terms(home) if value in term]
    assert not [document for document in documents(home) if value in document]


def test_no_pair_of_a_persons_text_is_a_term(home: Path) -> None:
    assert not set(bigrams(PROSE).split()) & terms(home)
    assert set(bigrams("超过保质期").split()) <= terms(home)


def test_nothing_links_a_person(home: Path, intake: Intake) -> None:
    with intake.store.engine.connect() as connection:
        parties = connection.exec_driver_sql("SELECT party, blind FROM records").all()
    digests = {digest for row in parties for digest in row if digest}
    assert len(digests) == 3
    assert not digests & terms(home)
    assert not [d for d in documents(home) if any(digest in d for digest in digests)]


async def test_a_persons_record_is_listed_but_not_searched(home: Path) -> None:
    from search.tantivy_engine import tantivy_engine

    engine = tantivy_engine(home, DECLARED)
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
