"""Cursors: bound to their request, signed, opaque."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.graphql.cursors import decode, encode, fingerprint
from api.graphql.errors import ApiError
from search.entries import LARGEST
from search.query import After, AnyOf, Order, SearchRequest
from tests.api.client import Client
from tests.api.documents import penalty_document, record_id
from tests.api.memory_engine import MemoryEngine
from tests.support import NOON

KEY = b"k" * 32
REQUEST = SearchRequest("penalties", NOON.date(), AnyOf("status", ("VALID",)))
LISTED = fingerprint(REQUEST)
AFTER = After(20_000, record_id(1))


@given(value=st.none() | st.integers(-LARGEST, LARGEST), page=st.integers(1, 100), text=st.text())
def test_a_cursor_comes_back_as_it_was(value: int | None, page: int, text: str) -> None:
    after = After(value, record_id(page), text)
    cursor = encode(KEY, LISTED, after)
    other_page = SearchRequest("penalties", NOON.date(), REQUEST.where, first=page, after=AFTER)
    assert decode(KEY, cursor, fingerprint(other_page)) == after


@pytest.mark.parametrize(
    "other",
    [
        SearchRequest("licenses", REQUEST.today, REQUEST.where),
        SearchRequest("penalties", REQUEST.today),
        SearchRequest("penalties", REQUEST.today, AnyOf("status", ("REVOKED",))),
        SearchRequest("penalties", REQUEST.today, REQUEST.where, Order(descending=False)),
        SearchRequest("penalties", REQUEST.today, REQUEST.where, Order("fine_amount")),
    ],
)
def test_a_cursor_of_another_request_is_refused(other: SearchRequest) -> None:
    with pytest.raises(ApiError, match="游标"):
        decode(KEY, encode(KEY, LISTED, AFTER), fingerprint(other))


def test_a_cursor_of_another_key_is_refused() -> None:
    with pytest.raises(ApiError):
        decode(b"x" * 32, encode(KEY, LISTED, AFTER), LISTED)


@given(place=st.integers(0, 200), replacement=st.sampled_from("AZaz09-_=+/ 张\n"))
def test_a_tampered_cursor_is_refused(place: int, replacement: str) -> None:
    cursor = encode(KEY, LISTED, AFTER)
    place %= len(cursor)
    tampered = cursor[:place] + replacement + cursor[place + 1 :]
    if tampered == cursor:
        return
    with pytest.raises(ApiError):
        decode(KEY, tampered, LISTED)


def test_another_spelling_of_the_same_bytes_is_refused() -> None:
    cursor = encode(KEY, LISTED, AFTER)
    spellings = [cursor + "=", cursor + "==", *(cursor[:-1] + last for last in "ABCDEFGHQRSTghwx")]
    for spelling in spellings:
        if spelling != cursor:
            with pytest.raises(ApiError):
                decode(KEY, spelling, LISTED)


@pytest.mark.parametrize("text", ["", "x", "====", "AAAA", "A" * 40, "张三", "W10", "AAAA\x00"])
async def test_any_other_text_is_refused(client: Client, text: str) -> None:
    answer = await client.ask(
        "query ($after: Cursor) { penalties(after: $after) { totalCount } }", {"after": text}
    )
    assert answer.code() == "BAD_CURSOR"


async def test_a_very_long_cursor_is_refused(client: Client) -> None:
    answer = await client.ask(f'{{ penalties(after: "{"A" * 2_100}") {{ totalCount }} }}')
    assert answer.code() == "BAD_CURSOR"


async def test_a_page_after_a_withdrawn_record_goes_on_after_its_place(
    client: Client, engine: MemoryEngine
) -> None:
    engine.add(*(penalty_document(n) for n in range(4)))
    query = "query ($after: Cursor) { penalties(first: 2, after: $after) { edges { cursor node { id } } } }"
    first = await client.ask(query)
    del engine.documents[record_id(2)]
    engine.add(penalty_document(9))
    second = await client.ask(query, {"after": first.at("penalties", "edges", 1, "cursor")})
    ids = [e["node"]["id"] for e in second.list_at("penalties", "edges") if isinstance(e, dict)]
    assert ids == [record_id(1), record_id(0)]


async def test_the_same_filter_written_otherwise_keeps_its_cursor(
    client: Client, engine: MemoryEngine
) -> None:
    engine.add(penalty_document(1), penalty_document(2))
    first = await client.ask("{ penalties(first: 1, where: {}) { pageInfo { endCursor } } }")
    cursor = first.at("penalties", "pageInfo", "endCursor")
    second = await client.ask(f'{{ penalties(first: 5, after: "{cursor}") {{ nodes {{ id }} }} }}')
    assert second.at("penalties", "nodes", 0, "id") == record_id(1)
