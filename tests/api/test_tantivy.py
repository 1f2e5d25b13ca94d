"""The API over the real embedded engine answers as over the engine in memory."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

import httpx
import pytest

from api.app import create_app
from api.config import ApiConfig
from records.datasets import declared_datasets
from search.engine import IndexState
from search.query import SearchRequest, Total
from search.remembering import RememberingEngine
from search.tantivy_engine import tantivy_engine, tantivy_generations
from tests.api.client import Client
from tests.api.documents import penalty_document
from tests.api.memory_engine import MemoryEngine
from tests.support import NOON, StillClock

DATASETS = declared_datasets()
STATE = IndexState(7, None, {"penalties": datetime(2026, 11, 20, 3, 4, 5, tzinfo=UTC)})
QUERY = """query ($where: PenaltyWhere, $orderBy: PenaltyOrder, $after: Cursor) {
  penalties(where: $where, orderBy: $orderBy, first: 17, after: $after) {
    totalCount nodes { id } pageInfo { hasNextPage endCursor }
  }
}"""
COUNTS = """query ($where: PenaltyWhere) {
  penalties(where: $where) {
    facets(fields: [AUTHORITY, CATEGORY, STATUS, SUBJECT_KIND, REGION], size: 4) {
      field buckets { value label count }
    }
    timeline { start count }
    quarters: timeline(interval: QUARTER) { start count }
    years: timeline(field: DECISION_DATE, interval: YEAR) { start count }
  }
}"""
ORDERS = [
    {"field": field, "direction": direction}
    for field in ("DECISION_DATE", "FINE_AMOUNT")
    for direction in ("ASC", "DESC")
]


def _record_id(number: int) -> str:
    digest = hashlib.sha256(str(number).encode()).digest()
    return base64.b32hexencode(digest)[:26].decode().lower()


def _documents() -> list[dict[str, object]]:
    random = Random(5)
    made = []
    for number in range(120):
        person = number % 5 == 0
        values: dict[str, object] = {
            "id": _record_id(number),
            "decision_date": None
            if number % 11 == 0
            else str(date(1968 + number % 3 * 29, 12, 1) + timedelta(number % 80)),
            "authority": random.choice(
                ["甲局（东区）", "甲局(东区)", "乙局", "丙局", "丁局", "戊局"]
            ),
            "status": random.choice(["VALID", "VALID", "REVOKED", "GONE"]),
            "fine_amount": random.choice([None, "0.01", "100.00", "20000.50"]),
            "categories": random.choice([[], ["WARNING"], ["FINE", "DETENTION"]]),
            "content": random.choice(["罚款人民币贰万元整。", "警告", "没收违法所得"]),
            "public_until": random.choice([None, "2026-11-25", "2026-11-26", "2027-01-01"]),
        }
        if person:
            values |= {"subject_kind": "NATURAL_PERSON", "region": None, "credit_code": None}
        made.append(penalty_document(number, **values))
    return made


WHERES: list[dict[str, object]] = [
    {},
    {"or": []},
    {"and": [{"category": {"eq": "FINE"}}, {"not": {"content": {"contains": "罚款"}}}]},
    {"category": {"in": ["WARNING", "DETENTION"]}},
    {"not": {"category": {"in": ["WARNING"]}}},
    {"documentNumber": {"prefix": "伊市监罚(2026)1"}},
    {"documentNumber": {"prefix": ""}},
    {"documentNumber": {"in": ["伊市监罚〔2026〕 ７号", "伊市监罚[2026]8号"]}},
    {"fineAmount": {"gt": "0.01", "lte": "20000.50"}},
    {"fineAmount": {"eq": "0.015"}},
    {"decisionDate": {"gte": "1969-01-10", "lt": "1998-02-01"}},
    {"decisionDate": {"gt": "9999-12-31"}},
    {"subjectKind": {"eq": "NATURAL_PERSON"}},
    {"region": {"prefix": "4103"}},
    {"not": {"region": {"prefix": ""}}},
    {"creditCode": {"eq": "91410329MA0000015N"}},
    {
        "content": {"contains": "贰 万元"},
        "or": [{"fineAmount": {}}, {"status": {"eq": "OTHER"}}],
    },
    {"documentNumber": {"eq": "13800138000"}},
]


@pytest.fixture
async def callers(tmp_path: Path) -> AsyncIterator[tuple[Client, Client]]:
    """A caller of the app over tantivy, and one over the engine in memory."""
    memory = MemoryEngine(DATASETS)
    memory.add(*_documents())
    generations = tantivy_generations(tmp_path, DATASETS)
    with generations.exclusive(5):
        name = generations.create()
        writer = generations.writer(name)
        writer.apply(_documents(), {})
        writer.commit(STATE)
        writer.close()
        generations.promote(name)
    tantivy = tantivy_engine(tmp_path, DATASETS)
    config = ApiConfig(DATASETS, "410329", "0.1.0", b"k" * 32, StillClock())
    real, plain = (
        httpx.AsyncClient(
            transport=httpx.ASGITransport(app=create_app(config, e)), base_url="http://t"
        )
        for e in (tantivy, memory)
    )
    async with real, plain:
        yield Client(real), Client(plain)
    await tantivy.close()


@pytest.mark.parametrize("where", WHERES)
async def test_the_same_pages(callers: tuple[Client, Client], where: dict[str, object]) -> None:
    for order in ORDERS:
        await _walk(callers, where, order)


async def _walk(callers: tuple[Client, Client], where: object, order: object) -> None:
    real, plain = callers
    after: object = None
    for _ in range(10):
        variables = {"where": where, "orderBy": order, "after": after}
        ours = await real.ask(QUERY, variables)
        assert ours.at("penalties") == (await plain.ask(QUERY, variables)).at("penalties")
        after = ours.at("penalties", "pageInfo", "endCursor")
        if not ours.at("penalties", "pageInfo", "hasNextPage"):
            return
    pytest.fail("the list does not end")


@pytest.mark.parametrize("where", WHERES)
async def test_the_same_counts(callers: tuple[Client, Client], where: dict[str, object]) -> None:
    real, plain = callers
    ours = await real.ask(COUNTS, {"where": where})
    assert ours.at("penalties") == (await plain.ask(COUNTS, {"where": where})).at("penalties")


async def test_every_record_is_counted(callers: tuple[Client, Client]) -> None:
    real, _ = callers
    visible = [d for d in _documents() if d["public_until"] != "2026-11-25"]
    dated = [d for d in visible if d["decision_date"] is not None]
    answer = await real.ask(COUNTS, {"where": {}})
    assert _sum(answer.list_at("penalties", "facets", 2, "buckets")) == len(visible)
    for spans in ("timeline", "quarters", "years"):
        assert _sum(answer.list_at("penalties", spans)) == len(dated)
    assert answer.at("penalties", "years", 0, "start") == "1968-01-01"
    assert answer.at("penalties", "facets", 0, "buckets", 0, "value") == "甲局（东区）"


def _sum(counted: list[object]) -> int:
    return sum(bucket["count"] for bucket in counted if isinstance(bucket, dict))


async def test_the_same_nodes_and_service(callers: tuple[Client, Client]) -> None:
    real, plain = callers
    ids = [_record_id(number) for number in range(90)]
    query = """query ($ids: [ID!]!) {
      nodes(ids: $ids) { id ... on Penalty { content maskedFields source { loadedAt } } }
      service { revision dataUpdatedAt datasets { name count } }
    }"""
    ours, theirs = await real.ask(query, {"ids": ids}), await plain.ask(query, {"ids": ids})
    assert ours.at("nodes") == theirs.at("nodes")
    assert ours.at("service", "datasets") == theirs.at("service", "datasets")
    assert ours.at("service", "revision") == "7"


async def test_no_count_is_older_than_the_last_commit(tmp_path: Path) -> None:
    generations = tantivy_generations(tmp_path, DATASETS)
    engine = RememberingEngine(tantivy_engine(tmp_path, DATASETS))
    request = SearchRequest("penalties", NOON.date())
    with generations.exclusive(5):
        name = generations.create()
        writer = generations.writer(name)
        writer.commit(STATE)
        generations.promote(name)
        for count in range(1, 11):
            writer.apply([penalty_document(count, id=_record_id(count))], {})
            writer.commit(STATE)
            for _ in range(2):
                assert await engine.count(request) == Total(count, exact=True)
                assert await engine.values(request, "status") == {"VALID": count}
                assert await engine.months(request, "decision_date") == {2026 * 12 + 8: count}
        writer.close()
    await engine.close()


async def test_without_an_index_there_is_a_code(tmp_path: Path) -> None:
    engine = tantivy_engine(tmp_path, DATASETS)
    config = ApiConfig(DATASETS, "410329", "0.1.0", b"k" * 32, StillClock())
    transport = httpx.ASGITransport(app=create_app(config, engine))
    async with httpx.AsyncClient(transport=transport, base_url="http://t") as http:
        answer = await Client(http).ask("{ penalties { totalCount } }")
    await engine.close()
    assert answer.code() == "SEARCH_UNAVAILABLE"
    assert str(tmp_path) not in answer.text
