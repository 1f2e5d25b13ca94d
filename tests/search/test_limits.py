"""What a request may not do to the engine, however hostile."""

from __future__ import annotations

import random
import string
from dataclasses import replace
from datetime import date

import pytest
import tantivy

from records.errors import BadQuery, IndexUnavailable, SearchError
from records.stored import StoredRecord
from search.engine import Engine
from search.follower import Follower
from search.query import (
    MAX_PAGE,
    After,
    AnyOf,
    Between,
    Contains,
    Filter,
    Order,
    Prefix,
    SearchRequest,
    Total,
)
from search.tantivy_engine.index import guarded
from tests.search.corpus import random_record
from tests.search.journal import MemoryJournal
from tests.search.reading import ids

TODAY = date(2026, 11, 20)
REQUEST = SearchRequest("penalties", TODAY)
RECORD = replace(random_record(random.Random(1), "penalties"), public_until=None)


def numbered(number: str, record_id: str = RECORD.id) -> StoredRecord:
    return replace(RECORD, id=record_id, public={**RECORD.public, "document_number": number})


@pytest.fixture
def loaded(journal: MemoryJournal, follower: Follower, engine: Engine) -> Engine:
    rng = random.Random(5)
    journal.put(*(replace(random_record(rng, "penalties"), public_until=None) for _ in range(150)))
    follower.bring_up()
    return engine


@pytest.mark.parametrize(
    "where",
    [
        AnyOf("no_such_field", ("x",)),
        AnyOf("subject_name", ("x",)),
        AnyOf("until_day", ("1",)),
        AnyOf("valid_from", ("x",)),
        AnyOf("content", ("x",)),
        AnyOf("fine_amount", ("1",)),
        Prefix("decision_date", "2026"),
        Between("authority", 1, 2),
        Contains("authority", "伊川"),
        Contains("content", "袋"),
        Contains("content", " \u3000"),
        Contains("content", "袋" * 300),
    ],
    ids=str,
)
async def test_a_filter_that_cannot_be_asked_is_refused(loaded: Engine, where: Filter) -> None:
    with pytest.raises(BadQuery):
        await loaded.search(replace(REQUEST, where=where))
    with pytest.raises(BadQuery):
        await loaded.count(replace(REQUEST, where=where))


@pytest.mark.parametrize("field", ["authority", "content", "no_such_field", "id_rank"])
async def test_an_order_that_is_none_is_refused(loaded: Engine, field: str) -> None:
    with pytest.raises(BadQuery):
        await loaded.search(replace(REQUEST, order=Order(field)))


async def test_an_unknown_dataset_is_refused(loaded: Engine) -> None:
    with pytest.raises(BadQuery):
        await loaded.search(replace(REQUEST, dataset="no_such_dataset"))


@pytest.mark.parametrize(("first", "given"), [(-1, 1), (0, 1), (10**12, MAX_PAGE)])
async def test_page_sizes_are_clamped(loaded: Engine, first: int, given: int) -> None:
    assert len(await ids(loaded, replace(REQUEST, first=first))) == given


async def test_huge_numbers_are_bounded(loaded: Engine) -> None:
    where = Between("fine_amount", -(10**40), 10**40)
    assert (await loaded.count(replace(REQUEST, where=where))).count > 0
    after = After(10**40, "v" * 26)
    assert len(await ids(loaded, replace(REQUEST, after=after))) == 20


async def test_a_place_that_is_no_record_id_is_refused(loaded: Engine) -> None:
    with pytest.raises(BadQuery):
        await loaded.search(replace(REQUEST, after=After(1, "!")))


@pytest.mark.parametrize("character", sorted({*string.punctuation, "\0", "〔", "𠮷", "\ud800"}))
async def test_every_character_of_a_prefix_means_itself(
    journal: MemoryJournal, follower: Follower, engine: Engine, character: str
) -> None:
    right = numbered(f"A{character}罚".replace("\ud800", ""))
    wrong = numbered("AX罚", "0" * 26)
    journal.put(right, wrong)
    follower.bring_up()

    where = Prefix("document_number", f"a{character}罚")

    assert await ids(engine, replace(REQUEST, where=where)) == [RECORD.id]


@pytest.mark.parametrize("length", [150, 199, 200, 201, 239])
async def test_long_values_are_found_whole_and_by_their_beginning(
    journal: MemoryJournal, follower: Follower, engine: Engine, length: int
) -> None:
    number = "𠮷" * length + "1"
    journal.put(numbered(number), numbered(number[:-1], "0" * 26))
    follower.bring_up()

    for where in (AnyOf("document_number", (number,)), Prefix("document_number", number)):
        assert await ids(engine, replace(REQUEST, where=where)) == [RECORD.id]
    beginning = Prefix("document_number", number[:length])
    assert len(await ids(engine, replace(REQUEST, where=beginning))) == 2


async def test_a_value_beyond_every_limit_does_not_stop_the_index(
    journal: MemoryJournal, follower: Follower, engine: Engine
) -> None:
    journal.put(numbered("罚" * 100_000))
    follower.bring_up()

    where = Prefix("document_number", "罚" * 100_000)

    assert await ids(engine, replace(REQUEST, where=where)) == [RECORD.id]


async def test_totals_are_capped(loaded: Engine) -> None:
    assert await loaded.count(REQUEST, cap=150) == Total(150, exact=True)
    assert await loaded.count(REQUEST, cap=149) == Total(149, exact=False)
    assert await loaded.count(REQUEST) == Total(150, exact=True)


async def test_the_state_document_is_no_record(loaded: Engine) -> None:
    assert (await loaded.count(REQUEST)).count == 150
    assert await loaded.get(["state", "1", ""], TODAY) == [None, None, None]


@pytest.mark.filterwarnings("ignore")
def test_a_panic_becomes_an_error(capfd: pytest.CaptureFixture[str]) -> None:
    schema = tantivy.SchemaBuilder().add_text_field("text").build()
    with pytest.raises(SearchError), guarded():
        tantivy.Query.phrase_query(schema, "text", ["one"])


async def test_no_index_is_said_so(engine: Engine) -> None:
    with pytest.raises(IndexUnavailable):
        await engine.state()
    with pytest.raises(IndexUnavailable):
        await engine.search(REQUEST)
