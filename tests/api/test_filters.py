"""`where`: what it matches, its limits, and what it never searches for."""

from __future__ import annotations

import asyncio
from datetime import date
from decimal import Decimal

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.types import ASGIApp

from records.folding import fold
from tests.api.client import Answer, Client
from tests.api.documents import penalty_document
from tests.api.memory_engine import MemoryEngine

QUERY = """query ($where: PenaltyWhere) {
  penalties(where: $where, first: 100) { totalCount nodes { id } }
}"""
VALID = {"status": {"eq": "VALID"}}


def _documents() -> list[dict[str, object]]:
    return [
        penalty_document(
            1,
            document_number="伊市监罚〔2026〕1号",
            fine_amount="100.00",
            decision_date="2026-01-01",
        ),
        penalty_document(
            2, document_number="伊应急罚〔2026〕2号", fine_amount=None, decision_date="2026-02-01"
        ),
        penalty_document(
            3, document_number=None, fine_amount="0.01", status="DISPUTED", categories=["WARNING"]
        ),
        penalty_document(
            4, categories=[], fine_amount="20000.50", decision_date=None, facts="占道经营"
        ),
        penalty_document(
            5, subject_kind="NATURAL_PERSON", region=None, credit_code=None, facts=None
        ),
        penalty_document(
            6, authority="伊川县应急管理局", content="警告", public_until="2026-11-26"
        ),
    ]


@pytest.fixture
def six(engine: MemoryEngine) -> MemoryEngine:
    engine.add(*_documents())
    return engine


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        (None, {1, 2, 3, 4, 5, 6}),
        ({}, {1, 2, 3, 4, 5, 6}),
        ({"and": [], "or": None, "not": None, "facts": None}, {1, 2, 3, 4, 5, 6}),
        ({"or": []}, set()),
        ({"not": {}}, set()),
        ({"not": {"or": []}}, {1, 2, 3, 4, 5, 6}),
        ({"documentNumber": {}}, {1, 2, 3, 4, 5, 6}),
        ({"documentNumber": {"eq": None}}, {1, 2, 3, 4, 5, 6}),
        ({"documentNumber": {"in": []}}, set()),
        ({"documentNumber": {"eq": "伊市监罚（2026） １号"}}, {1}),
        ({"documentNumber": {"prefix": "伊市监罚[2026"}}, {1, 4, 5, 6}),
        ({"documentNumber": {"prefix": ""}}, {1, 2, 4, 5, 6}),
        ({"not": {"documentNumber": {"prefix": ""}}}, {3}),
        ({"category": {"eq": "WARNING"}}, {3}),
        ({"category": {"in": ["WARNING", "FINE"]}}, {1, 2, 3, 5, 6}),
        ({"not": {"category": {"eq": "FINE"}}}, {3, 4}),
        ({"fineAmount": {"gt": "0.01"}}, {1, 4, 5, 6}),
        ({"fineAmount": {"gte": "0.01", "lte": 100}}, {1, 3}),
        ({"fineAmount": {"eq": "20000.5"}}, {4}),
        ({"fineAmount": {"eq": "20000.505"}}, set()),
        ({"fineAmount": {"gte": "0.005"}}, {1, 3, 4, 5, 6}),
        ({"fineAmount": {"lt": 0.015}}, {3}),
        ({"fineAmount": {"lt": "-1"}}, set()),
        ({"decisionDate": {"eq": "2026-02-01"}}, {2}),
        ({"decisionDate": {"gt": "2026-01-01", "lt": "2026-09-01"}}, {2}),
        ({"decisionDate": {"gte": "2026-01-01", "lte": "2026-02-01"}}, {1, 2}),
        ({"decisionDate": {"gt": "9999-12-31"}}, set()),
        ({"decisionDate": {"gt": "0001-01-01"}}, {1, 2, 3, 5, 6}),
        ({"subjectKind": {"eq": "NATURAL_PERSON"}}, {5}),
        ({"region": {"prefix": "4103"}}, {1, 2, 3, 4, 6}),
        ({"facts": {"contains": "占道"}}, {4}),
        ({"content": {"contains": "罚款"}}, {1, 2, 3, 4}),
        ({"authority": {"in": ["伊川县应急管理局", "无"]}, "or": [VALID, {"or": []}]}, {6}),
        ({"creditCode": {"in": ["91410329MA0000015N"]}}, {1, 2, 3, 4, 6}),
    ],
)
async def test_what_a_filter_matches(
    client: Client, six: MemoryEngine, where: object, expected: set[int]
) -> None:
    answer = await client.ask(QUERY, {"where": where})
    assert _ids(answer) == expected
    assert answer.at("penalties", "totalCount") == len(expected)


@pytest.mark.parametrize(
    "where",
    [
        {"not": {"not": {"not": VALID}}},
        {"and": [{"or": [{"not": VALID}]}]},
        {"or": [VALID] * 51},
        {"and": [{"fineAmount": {"gt": 1, "lt": 5}}] * 26},
        {"documentNumber": {"in": [str(n) for n in range(101)]}},
        {"content": {"contains": "罚"}},
        {"content": {"contains": "罚 \u3000"}},
        {"content": {"contains": ""}},
        {"content": {"contains": "罚" * 65}},
        {"documentNumber": {"eq": "罚" * 241}},
        {"authority": {"in": ["a", "罚" * 241]}},
        {"authority": {"prefix": "1 " * 45_000}},
    ],
)
async def test_limits(client: Client, where: object) -> None:
    answer = await client.ask(QUERY, {"where": where})
    assert answer.code() == "BAD_FILTER"


@pytest.mark.parametrize(
    "where",
    [
        {"not": {"not": VALID}},
        {"or": [VALID] * 50},
        {"documentNumber": {"in": [str(n) for n in range(100)]}},
        {"documentNumber": {"prefix": "罚" * 240}},
        {"content": {"contains": "罚" * 64}},
        {"content": {"contains": " 罚 款 "}},
    ],
)
async def test_within_the_limits(client: Client, six: MemoryEngine, where: object) -> None:
    (await client.ask(QUERY, {"where": where})).at("penalties")


@pytest.mark.parametrize(
    "value",
    [
        "410329199001011234",
        "４１０３２９ 19900101-123x",
        "13800138000",
        "\u200b" * 40 + "410329199001011234",
        "410329199001" + " " * 60 + "011234",
        "\u00ad" * 40 + "13800138000",
    ],
)
@pytest.mark.parametrize(
    "make",
    [
        lambda value: {"documentNumber": {"eq": value}},
        lambda value: {"documentNumber": {"in": ["a", value]}},
        lambda value: {"documentNumber": {"prefix": value}},
        lambda value: {"content": {"contains": value}},
        lambda value: {"or": [VALID, {"not": {"authority": {"eq": value}}}]},
        lambda value: {"region": {"eq": value}},
    ],
)
async def test_a_personal_number_is_not_searched(
    client: Client, six: MemoryEngine, make: object, value: str
) -> None:
    assert callable(make)
    answer = await client.ask(QUERY, {"where": make(value)})
    assert answer.at("penalties") == {"totalCount": 0, "nodes": []}
    assert " / " in str(answer.find("extensions", "notice"))
    assert value not in answer.text
    assert value not in repr(six.requests)


async def test_there_is_no_notice_without_a_reason(client: Client, six: MemoryEngine) -> None:
    answer = await client.ask(QUERY, {"where": VALID})
    assert answer.find("extensions") is None


def _ids(answer: Answer) -> set[int]:
    nodes = answer.list_at("penalties", "nodes")
    return {int(str(node["id"])) for node in nodes if isinstance(node, dict)}


LEAVES = st.one_of(
    st.fixed_dictionaries({"documentNumber": st.fixed_dictionaries(
        {}, optional={"eq": st.sampled_from(["伊市监罚(2026)1号", "x", ""]), "prefix": st.sampled_from(["伊", "伊应", ""]),
                      "in": st.lists(st.sampled_from(["伊应急罚〔2026〕2号", "y"]), max_size=2)})}),
    st.fixed_dictionaries({"category": st.fixed_dictionaries(
        {}, optional={"eq": st.sampled_from(["FINE", "WARNING"]), "in": st.lists(st.sampled_from(["FINE", "DETENTION"]), max_size=2)})}),
    st.fixed_dictionaries({"fineAmount": st.dictionaries(
        st.sampled_from(["eq", "gt", "gte", "lt", "lte"]), st.sampled_from(["0.01", "0.015", "100", "20000.50"]), max_size=2)}),
    st.fixed_dictionaries({"decisionDate": st.dictionaries(
        st.sampled_from(["eq", "gt", "gte", "lt", "lte"]), st.sampled_from(["2026-01-01", "2026-01-15", "2026-09-01"]), max_size=2)}),
    st.fixed_dictionaries({"content": st.fixed_dictionaries({"contains": st.sampled_from(["罚款", "警告", "贰万元整。"])})}),
)  # fmt: skip
WHERES = LEAVES | st.fixed_dictionaries(
    {},
    optional={
        "and": st.lists(LEAVES, max_size=2),
        "or": st.lists(LEAVES, max_size=2),
        "not": LEAVES,
    },
)
OPERATORS = {
    "eq": lambda a, b: a == b,
    "gt": lambda a, b: a > b,
    "gte": lambda a, b: a >= b,
    "lt": lambda a, b: a < b,
    "lte": lambda a, b: a <= b,
}
FIELDS = {"documentNumber": "document_number", "category": "categories", "fineAmount": "fine_amount",
          "decisionDate": "decision_date", "content": "content"}  # fmt: skip


def test_filters_agree_with_plain_python(app: ASGIApp, six: MemoryEngine) -> None:
    async def ask(where: object) -> Answer:
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://t") as http:
            return await Client(http).ask(QUERY, {"where": where})

    @settings(max_examples=150, deadline=None)
    @given(where=WHERES)
    def agree(where: dict[str, object]) -> None:
        expected = {int(str(d["id"])) for d in _documents() if _fits(where, d)}
        assert _ids(asyncio.run(ask(where))) == expected

    agree()


def _fits(where: object, document: dict[str, object]) -> bool:
    assert isinstance(where, dict)
    for name, value in where.items():
        if name == "and":
            fits = all(_fits(part, document) for part in value)
        elif name == "or":
            fits = any(_fits(part, document) for part in value)
        elif name == "not":
            fits = not _fits(value, document)
        else:
            fits = all(_holds(FIELDS[name], op, v, document) for op, v in value.items())
        if not fits:
            return False
    return True


def _holds(name: str, operator: str, wanted: object, document: dict[str, object]) -> bool:
    stored = document[name]
    if stored is None:
        return False
    if name == "fine_amount":
        return bool(OPERATORS[operator](Decimal(str(stored)), Decimal(str(wanted))))
    if name == "decision_date":
        return bool(
            OPERATORS[operator](date.fromisoformat(str(stored)), date.fromisoformat(str(wanted)))
        )
    texts = [fold(str(s)) for s in (stored if isinstance(stored, list) else [stored])]
    if operator == "contains":
        person = document["subject_kind"] == "NATURAL_PERSON"
        return not person and any(fold(str(wanted)) in text for text in texts)
    if operator == "prefix":
        return any(text.startswith(fold(str(wanted))) for text in texts)
    values = wanted if isinstance(wanted, list) else [wanted]
    return any(text in {fold(str(v)) for v in values} for text in texts)
