"""Orders of a list: every sortable field, both directions, missing values last; pages by cursor."""

from __future__ import annotations

import pytest

from tests.api.client import Client
from tests.api.documents import license_document, penalty_document, record_id
from tests.api.memory_engine import MemoryEngine

PAGE = """
query ($by: PenaltyOrderField!, $direction: SortDirection!, $first: Int, $after: Cursor) {
  penalties(orderBy: {field: $by, direction: $direction}, first: $first, after: $after) {
    nodes { id } pageInfo { hasNextPage endCursor }
  }
}"""
AMOUNTS = ("20000.00", None, "0.01", "100", None, "20000", "99.99", "1000000000000", None)
ASCENDING = [2, 6, 3, 0, 5, 7, 1, 4, 8]
DESCENDING = [7, 5, 0, 3, 6, 2, 8, 4, 1]


@pytest.fixture
def fined(engine: MemoryEngine) -> MemoryEngine:
    for number, amount in enumerate(AMOUNTS):
        engine.add(penalty_document(number, fine_amount=amount))
    return engine


@pytest.mark.parametrize(("direction", "expected"), [("ASC", ASCENDING), ("DESC", DESCENDING)])
@pytest.mark.parametrize("first", [1, 2, 4, 9])
async def test_walking_by_amount_over_missing_ones_gives_every_record_once(
    client: Client, fined: MemoryEngine, direction: str, expected: list[int], first: int
) -> None:
    seen: list[object] = []
    after: object = None
    more: object = True
    while more:
        variables = {"by": "FINE_AMOUNT", "direction": direction, "first": first, "after": after}
        answer = await client.ask(PAGE, variables)
        seen += answer.list_at("penalties", "nodes")
        after = answer.at("penalties", "pageInfo", "endCursor")
        more = answer.at("penalties", "pageInfo", "hasNextPage")
    assert seen == [{"id": record_id(number)} for number in expected]


@pytest.mark.parametrize(("direction", "expected"), [("ASC", [2, 0, 1]), ("DESC", [0, 2, 1])])
async def test_by_the_end_of_validity(
    client: Client, engine: MemoryEngine, direction: str, expected: list[int]
) -> None:
    for number, day in enumerate(["2031-03-01", None, "1969-12-31"]):
        engine.add(license_document(number, valid_until=day))
    answer = await client.ask(
        f"{{ licenses(orderBy: {{field: VALID_UNTIL, direction: {direction}}}) {{ nodes {{ id }} }} }}"
    )
    assert answer.at("licenses", "nodes") == [{"id": record_id(number)} for number in expected]


async def test_the_greatest_first_unless_asked_otherwise(
    client: Client, fined: MemoryEngine
) -> None:
    answer = await client.ask("{ penalties(orderBy: {field: FINE_AMOUNT}) { nodes { id } } }")
    assert answer.at("penalties", "nodes", 0) == {"id": record_id(7)}


@pytest.mark.parametrize("position", [0, 8])
@pytest.mark.parametrize(
    ("by", "direction"),
    [("FINE_AMOUNT", "ASC"), ("DECISION_DATE", "DESC"), ("DECISION_DATE", "ASC")],
)
async def test_a_cursor_of_another_order_is_refused(
    client: Client, fined: MemoryEngine, position: int, by: str, direction: str
) -> None:
    issued = await client.ask(
        "{ penalties(orderBy: {field: FINE_AMOUNT, direction: DESC}) { edges { cursor } } }"
    )
    after = issued.at("penalties", "edges", position, "cursor")
    own = await client.ask(PAGE, {"by": "FINE_AMOUNT", "direction": "DESC", "after": after})
    assert own.find("errors") is None
    other = await client.ask(PAGE, {"by": by, "direction": direction, "after": after})
    assert other.code() == "BAD_CURSOR"


async def test_the_stated_default_order_is_the_same_list(
    client: Client, fined: MemoryEngine
) -> None:
    issued = await client.ask("{ penalties(first: 1) { pageInfo { endCursor } } }")
    after = issued.at("penalties", "pageInfo", "endCursor")
    answer = await client.ask(PAGE, {"by": "DECISION_DATE", "direction": "DESC", "after": after})
    assert len(answer.list_at("penalties", "nodes")) == len(AMOUNTS) - 1


@pytest.mark.parametrize("by", ["CONFISCATED_AMOUNT", "SUBJECT_NAME", "VALID_UNTIL", "fine_amount"])
async def test_nothing_else_orders_a_list(client: Client, by: str) -> None:
    answer = await client.ask(f"{{ penalties(orderBy: {{field: {by}}}) {{ nodes {{ id }} }} }}")
    assert answer.code() == "GRAPHQL_VALIDATION_FAILED"
