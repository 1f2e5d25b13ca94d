"""Batch match: one verdict a row."""

from __future__ import annotations

import pytest

from tests.api.client import Client
from tests.search.finding.town import Town, code_of, firm

FOOD = firm(1, "伊川县青禾食品有限公司")
TWIN, OTHER_TWIN = firm(2, "伊川县双胞胎商店"), firm(3, "伊川县双胞胎商店")
STALL = firm(4, "贺*", code=code_of(4, "92"), named=False)
ID_NUMBER = "41032919900307" + "1234"
MATCH = """query ($queries: [MatchInput!]!) {
  match(queries: $queries) { id status message candidates {
    score matchedName explanation { feature value weight } subject { id name }
  } }
}"""


@pytest.fixture
def full_town(town: Town) -> Town:
    town.put(FOOD, TWIN, OTHER_TWIN, STALL)
    return town


async def test_one_verdict_a_row_in_order(full_town: Town, town_client: Client) -> None:
    queries: list[dict[str, object]] = [
        {"id": "a", "name": FOOD.name},
        {"id": "b", "creditCode": FOOD.credit_code.lower()},
        {"id": "a", "name": TWIN.name},
        {"id": "", "name": "伊川县青禾食品公司", "creditCode": None},
        {"id": "c", "name": "广州南海进出口贸易中心"},
        {"id": "d"},
        {"id": "e", "creditCode": "91410329MA00000"},
        {"id": "f", "registrationNumber": "1"},
    ]
    answer = await town_client.ask(MATCH, {"queries": queries})
    rows = [row for row in answer.list_at("match") if isinstance(row, dict)]
    assert [row["id"] for row in rows] == ["a", "b", "a", "", "c", "d", "e", "f"]
    assert [row["status"] for row in rows] == [
        *("FOUND", "FOUND", "AMBIGUOUS", "POSSIBLE", "NOT_FOUND", "INVALID", "INVALID", "INVALID")
    ]
    assert [len(row["candidates"]) for row in rows] == [1, 1, 2, 1, 0, 0, 0, 0]
    for row in rows[5:]:
        assert " / " in row["message"]


async def test_candidates_say_why(full_town: Town, town_client: Client) -> None:
    queries = [{"id": "1", "creditCode": FOOD.credit_code}, {"id": "2", "name": "伊川青禾食品"}]
    answer = await town_client.ask(MATCH, {"queries": queries})
    for at in (0, 1):
        candidate = answer.at("match", at, "candidates", 0)
        assert isinstance(candidate, dict)
        parts = candidate["explanation"]
        assert sum(p["value"] * p["weight"] for p in parts) == pytest.approx(candidate["score"])
        assert sum(p["weight"] for p in parts) == pytest.approx(1)
        assert candidate["subject"] == {"id": FOOD.id, "name": FOOD.name}
    assert answer.at("match", 0, "candidates", 0, "score") == 1
    assert answer.at("match", 1, "candidates", 0, "matchedName") == FOOD.name


async def test_a_masked_business_is_found_by_code_only(
    full_town: Town, town_client: Client
) -> None:
    queries = [
        {"id": "1", "creditCode": STALL.credit_code, "name": "贺某某"},
        {"id": "2", "name": "贺某某"},
        {"id": "3", "name": "贺*"},
    ]
    answer = await town_client.ask(MATCH, {"queries": queries})
    assert [answer.at("match", n, "status") for n in range(3)] == [
        "FOUND",
        "NOT_FOUND",
        "NOT_FOUND",
    ]
    assert answer.at("match", 0, "candidates", 0, "matchedName") is None


@pytest.mark.parametrize("field", ["name", "creditCode", "registrationNumber"])
async def test_a_personal_number_is_invalid_and_not_quoted(
    full_town: Town, town_client: Client, field: str
) -> None:
    answer = await town_client.ask(MATCH, {"queries": [{"id": "1", field: ID_NUMBER}]})
    assert answer.at("match", 0, "status") == "INVALID"
    assert ID_NUMBER not in answer.text
    assert answer.find("extensions", "notice")


async def test_a_hundred_rows_at_most(full_town: Town, town_client: Client) -> None:
    row = {"id": "1", "name": "伊川青禾食品"}
    answer = await town_client.ask(MATCH, {"queries": [row] * 100})
    assert [answer.at("match", n, "status") for n in range(100)] == ["POSSIBLE"] * 100
    answer = await town_client.ask(MATCH, {"queries": [row] * 101})
    assert answer.code() == "BAD_PAGE_SIZE"
    assert (await town_client.ask(MATCH, {"queries": []})).at("match") == []


async def test_any_row_gets_a_verdict(full_town: Town, town_client: Client) -> None:
    texts = [
        "*",
        "\x00",
        "😀",
        "有限公司" * 16,
        "0" * 64,
        "\u202e",
        "A" * 5_000,
        "MA00",
        "a1b2",
        "q禾",
    ]
    fields = ("name", "creditCode", "registrationNumber")
    queries = [{"id": "1", field: text} for text in texts for field in fields]
    answer = await town_client.ask(MATCH, {"queries": queries})
    assert len(answer.list_at("match")) == len(queries)
