"""Facets: what the list shows, counted by value."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field

import httpx
import pytest

from api.app import create_app
from api.config import ApiConfig
from records.errors import IndexUnavailable
from search.hiding import WithoutNaturalPersons
from search.query import SearchRequest
from search.remembering import RememberingEngine
from tests.api.client import Answer, Client
from tests.api.documents import license_document, penalty_document
from tests.api.memory_engine import MemoryEngine

FACETS = """
query ($fields: [PenaltyFacet!]!, $size: Int, $where: PenaltyWhere) {
  penalties(where: $where) {
    totalCount
    facets(fields: $fields, size: $size) { field buckets { value label count } }
  }
}"""
EVERY = ["AUTHORITY", "CATEGORY", "STATUS", "SUBJECT_KIND", "REGION"]
PERSON = {"subject_kind": "NATURAL_PERSON", "subject_name": "张*", "credit_code": None}


def counts(answer: Answer, index: int = 0) -> dict[str, int]:
    buckets = answer.list_at("penalties", "facets", index, "buckets")
    return {str(b["value"]): int(b["count"]) for b in buckets if isinstance(b, dict)}


async def test_codes_have_their_chinese_label_and_texts_are_their_own(
    client: Client, engine: MemoryEngine
) -> None:
    engine.add(penalty_document(1, categories=["FINE"]), penalty_document(2, categories=["FINE"]))
    answer = await client.ask(FACETS, {"fields": EVERY})
    office = "伊川县市场监督管理局"
    assert answer.at("penalties", "facets") == [
        {"field": field, "buckets": [{"value": value, "label": label, "count": 2}]}
        for field, value, label in (
            ("AUTHORITY", office, office),
            ("CATEGORY", "FINE", "罚款"),
            ("STATUS", "VALID", "有效"),
            ("SUBJECT_KIND", "LEGAL_ENTITY", "法人及非法人组织"),
            ("REGION", "410329", "410329"),
        )
    ]


async def test_most_records_first_then_by_value(client: Client, engine: MemoryEngine) -> None:
    for number, place in enumerate("乙乙甲丙丙丁"):
        engine.add(penalty_document(number, authority=f"{place}局"))
    answer = await client.ask(FACETS, {"fields": ["AUTHORITY"], "size": 3})
    assert list(counts(answer).items()) == [("丙局", 2), ("乙局", 2), ("丁局", 1)]


async def test_spellings_that_a_filter_holds_equal_are_one_value(
    client: Client, engine: MemoryEngine
) -> None:
    for number, office in enumerate(["甲局（东区）", "甲局(东区)", "甲局〔东区〕", "甲局（东区）"]):
        engine.add(penalty_document(number, authority=office))
    assert counts(await client.ask(FACETS, {"fields": ["AUTHORITY"]})) == {"甲局（东区）": 4}


async def test_a_record_with_several_codes_counts_once_for_each(
    client: Client, engine: MemoryEngine
) -> None:
    engine.add(
        penalty_document(1, categories=["FINE", "WARNING"]),
        penalty_document(2, categories=["FINE"]),
        penalty_document(3, categories=[]),
    )
    answer = await client.ask(FACETS, {"fields": ["CATEGORY"]})
    assert counts(answer) == {"FINE": 2, "WARNING": 1}


async def test_every_value_can_be_put_into_the_filter(client: Client, engine: MemoryEngine) -> None:
    for number in range(24):
        engine.add(
            penalty_document(
                number,
                authority=["甲局", "乙局（东）", "乙局(东)"][number % 3],
                categories=[["FINE"], ["WARNING", "FINE"], []][number % 3],
                status=["VALID", "REVOKED"][number % 2],
                region=["410329", "410300", None][number % 3],
                subject_kind=["LEGAL_ENTITY", "INDIVIDUAL_BUSINESS"][number % 2],
            )
        )
    everything = await client.ask(FACETS, {"fields": EVERY})
    inputs = ("authority", "category", "status", "subjectKind", "region")
    for index, name in enumerate(inputs):
        found = counts(everything, index)
        assert found
        for value, count in found.items():
            where = {name: {"eq": value}}
            narrowed = await client.ask(FACETS, {"fields": [EVERY[index]], "where": where})
            assert narrowed.at("penalties", "totalCount") == count


async def test_a_code_that_is_no_longer_declared_is_other(
    client: Client, engine: MemoryEngine
) -> None:
    engine.add(penalty_document(1, categories=["GONE"]), penalty_document(2, categories=["OTHER"]))
    answer = await client.ask(FACETS, {"fields": ["CATEGORY"]})
    assert answer.at("penalties", "facets", 0, "buckets") == [
        {"value": "OTHER", "label": "其他", "count": 2}
    ]


async def test_counted_is_what_the_list_shows_whatever_its_page_and_order(
    client: Client, engine: MemoryEngine
) -> None:
    for number in range(6):
        engine.add(penalty_document(number, fine_amount=str(number)))
    engine.add(
        penalty_document(7, public_until="2026-11-25"), penalty_document(8, status="REVOKED")
    )
    engine.add(license_document(9))
    query = """query ($after: Cursor) { penalties(
      first: 2, after: $after, where: {status: {eq: VALID}, fineAmount: {gte: "1"}}
      orderBy: {field: FINE_AMOUNT, direction: ASC}
    ) { facets(fields: STATUS) { buckets { value count } } pageInfo { endCursor } } }"""
    first = await client.ask(query)
    second = await client.ask(query, {"after": first.at("penalties", "pageInfo", "endCursor")})
    assert counts(first) == counts(second) == {"VALID": 5}


async def test_fields_come_once_and_in_the_order_asked(
    client: Client, engine: MemoryEngine
) -> None:
    answer = await client.ask(FACETS, {"fields": ["STATUS", "REGION", "STATUS"]})
    facets = answer.list_at("penalties", "facets")
    assert facets == [{"field": "STATUS", "buckets": []}, {"field": "REGION", "buckets": []}]
    assert engine.calls.count("values") == 2
    assert (await client.ask(FACETS, {"fields": []})).at("penalties", "facets") == []


async def test_ten_values_unless_asked_otherwise(client: Client, engine: MemoryEngine) -> None:
    engine.add(*(penalty_document(n, authority=f"第{n}局") for n in range(120)))
    for size, given in ((None, 10), (1, 1), (100, 100)):
        answer = await client.ask(FACETS, {"fields": ["AUTHORITY"], "size": size})
        assert len(counts(answer)) == given
    unsaid = await client.ask("{ penalties { facets(fields: AUTHORITY) { buckets { value } } } }")
    assert len(unsaid.list_at("penalties", "facets", 0, "buckets")) == 10


@pytest.mark.parametrize("size", [0, -1, 101])
async def test_a_size_beyond_the_limits_is_refused(
    client: Client, engine: MemoryEngine, size: int
) -> None:
    answer = await client.ask(FACETS, {"fields": ["STATUS"], "size": size})
    assert answer.code() == "BAD_PAGE_SIZE"
    assert "size" in answer.message()
    assert "values" not in engine.calls


async def test_only_what_is_selected_is_asked_of_the_engine(
    client: Client, engine: MemoryEngine
) -> None:
    await client.ask("{ penalties { facets(fields: [STATUS, REGION]) { field } } }")
    assert engine.calls == ["values", "values"]


async def test_a_value_of_personal_shape_finds_and_counts_nothing(
    client: Client, engine: MemoryEngine
) -> None:
    engine.add(penalty_document(1))
    where = {"not": {"documentNumber": {"eq": "13800138000"}}}
    answer = await client.ask(FACETS, {"fields": EVERY, "where": where})
    assert answer.at("penalties") == {
        "totalCount": 0,
        "facets": [{"field": field, "buckets": []} for field in EVERY],
    }
    assert answer.find("extensions", "notice")


async def test_no_division_is_told_of_persons(client: Client, engine: MemoryEngine) -> None:
    engine.add(penalty_document(1, **PERSON), penalty_document(2, region="410300"))
    answer = await client.ask(FACETS, {"fields": ["REGION", "SUBJECT_KIND"]})
    assert counts(answer) == {"410300": 1}
    assert counts(answer, 1) == {"LEGAL_ENTITY": 1, "NATURAL_PERSON": 1}


async def test_hidden_persons_are_in_no_count(config: ApiConfig, engine: MemoryEngine) -> None:
    engine.add(
        penalty_document(1, decision_date="2026-01-01", **PERSON),
        penalty_document(2, decision_date="2026-02-01"),
    )
    app = create_app(config, RememberingEngine(WithoutNaturalPersons(engine)))
    query = """{ penalties {
      facets(fields: SUBJECT_KIND) { buckets { value count } } timeline { start count }
    } }"""
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://t") as http:
        answer = await Client(http).ask(query)
    assert counts(answer) == {"LEGAL_ENTITY": 1}
    assert answer.at("penalties", "timeline") == [{"start": "2026-02-01", "count": 1}]


async def test_two_aliases_of_one_field_are_counted_once(
    config: ApiConfig, engine: MemoryEngine
) -> None:
    engine.add(penalty_document(1))
    app = create_app(config, RememberingEngine(engine))
    query = """{ penalties {
      few: facets(fields: STATUS, size: 1) { buckets { count } }
      facets(fields: [STATUS]) { buckets { value count } }
    } }"""
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://t") as http:
        assert counts(await Client(http).ask(query)) == {"VALID": 1}
    assert engine.calls.count("values") == 1


@dataclass
class MeetingEngine(MemoryEngine):
    """Answers a count only when three are being asked for."""

    together: asyncio.Barrier = field(default_factory=lambda: asyncio.Barrier(3))

    async def values(self, request: SearchRequest, field: str) -> Mapping[str, int]:
        await self.together.wait()
        return await super().values(request, field)


async def test_several_fields_are_counted_at_the_same_time(config: ApiConfig) -> None:
    app = create_app(config, MeetingEngine(config.datasets))
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://t") as http:
        asking = Client(http).ask(FACETS, {"fields": ["STATUS", "REGION", "AUTHORITY"]})
        answer = await asyncio.wait_for(asking, timeout=5)
    assert len(answer.list_at("penalties", "facets")) == 3


async def test_without_an_index_there_is_a_code(client: Client, engine: MemoryEngine) -> None:
    engine.failure = IndexUnavailable("secret place")
    answer = await client.ask("{ penalties { facets(fields: [STATUS, REGION]) { field } } }")
    assert answer.code() == "SEARCH_UNAVAILABLE"
    assert "secret" not in answer.text


@pytest.mark.parametrize("fields", ["[FINE_AMOUNT]", "[authority]", "null", '["STATUS"]'])
async def test_only_declared_fields_are_counted(client: Client, fields: str) -> None:
    answer = await client.ask(f"{{ penalties {{ facets(fields: {fields}) {{ field }} }} }}")
    assert answer.code() == "GRAPHQL_VALIDATION_FAILED"
