"""Suggestions while somebody types."""

from __future__ import annotations

import pytest

from tests.api.client import Client
from tests.search.finding.town import Town, code_of, firm, record

FOOD = firm(1, "伊川县青禾食品有限公司")
GREEN = firm(2, "青禾农业合作社")
STALL = firm(3, "贺*", code=code_of(3, "92"), named=False)
SUGGEST = """query ($prefix: String!, $first: Int) {
  suggest(prefix: $prefix, first: $first) { text subject { id name } highlights { start end } }
}"""


@pytest.fixture
def full_town(town: Town) -> Town:
    town.put(FOOD, GREEN, STALL, record(11, None))
    return town


async def test_what_begins_so_first_with_what_was_typed(
    full_town: Town, town_client: Client
) -> None:
    for prefix in ("青禾", "ｑｉｎｇhe", "qh"):
        answer = await town_client.ask(SUGGEST, {"prefix": prefix})
        assert answer.at("suggest", 0) == {
            "text": GREEN.name,
            "subject": {"id": GREEN.id, "name": GREEN.name},
            "highlights": [{"start": 0, "end": 2}],
        }
        assert answer.at("suggest", 1, "highlights") == [{"start": 3, "end": 5}]


async def test_as_many_as_asked_for(full_town: Town, town_client: Client) -> None:
    assert (
        len((await town_client.ask(SUGGEST, {"prefix": "青", "first": 1})).list_at("suggest")) == 1
    )
    for first in (0, 101):
        assert (
            await town_client.ask(SUGGEST, {"prefix": "青", "first": first})
        ).code() == "BAD_PAGE_SIZE"


async def test_nothing_is_offered_for_nothing(full_town: Town, town_client: Client) -> None:
    for prefix in ("", " \u200b", "😀", "\x00"):
        assert (await town_client.ask(SUGGEST, {"prefix": prefix})).at("suggest") == []


async def test_nobody_is_offered(full_town: Town, town_client: Client) -> None:
    for prefix in ("贺", "h", "he", "贺*", STALL.credit_code, STALL.credit_code[:4]):
        answer = await town_client.ask(SUGGEST, {"prefix": prefix})
        assert "贺" not in answer.text
        assert STALL.id not in answer.text


async def test_a_personal_number_is_not_looked_for(full_town: Town, town_client: Client) -> None:
    answer = await town_client.ask(SUGGEST, {"prefix": "41032919900307" + "1234"})
    assert answer.at("suggest") == []
    assert answer.find("extensions", "notice")


async def test_a_long_prefix_is_refused(full_town: Town, town_client: Client) -> None:
    assert (await town_client.ask(SUGGEST, {"prefix": "青" * 65})).code() == "QUERY_TOO_LONG"
