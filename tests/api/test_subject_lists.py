"""Lists of subjects: order, filters, counts."""

from __future__ import annotations

import pytest

from tests.api.client import Client
from tests.api.documents import COMPANY_CODE, subject_document
from tests.api.memory_engine import MemoryEngine
from tests.support import StillClock

NAMES = """query ($where: SubjectWhere, $orderBy: SubjectOrder, $first: Int, $after: Cursor) {
  subjects(where: $where, orderBy: $orderBy, first: $first, after: $after) {
    totalCount nodes { name } pageInfo { hasNextPage endCursor }
  }
}"""


async def names(client: Client, **variables: object) -> list[object]:
    answer = await client.ask(NAMES, variables)
    return [node["name"] for node in answer.list_at("subjects", "nodes") if isinstance(node, dict)]


async def test_subjects_are_listed_by_the_reading_of_their_names(
    client: Client, engine: MemoryEngine
) -> None:
    given = ["伊川县振兴商行", "安平建材店", "伊川县百味餐馆", "安平建材二店"]
    engine.add(*(subject_document(n, name=name) for n, name in enumerate(given)))
    up = await names(client)
    assert up == ["安平建材店", "安平建材二店", "伊川县百味餐馆", "伊川县振兴商行"]
    assert await names(client, orderBy={"field": "NAME"}) == up[::-1]
    paged: list[object] = []
    after: object = None
    for _ in given:
        answer = await client.ask(NAMES, {"first": 1, "after": after})
        paged.append(answer.at("subjects", "nodes", 0, "name"))
        after = answer.at("subjects", "pageInfo", "endCursor")
    assert paged == up


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ({"kind": {"eq": "INDIVIDUAL_BUSINESS"}}, ["乙"]),
        ({"kind": {"eq": "NATURAL_PERSON"}}, []),
        ({"creditCode": {"eq": COMPANY_CODE}}, ["甲"]),
        ({"region": {"prefix": "4103"}}, ["甲", "乙"]),
        ({"not": {"region": {"eq": "410329"}}}, ["乙", "丙"]),
        ({"hasRecords": ["PENALTY"]}, ["甲"]),
        ({"hasRecords": ["PENALTY", "BLACK_LIST"]}, ["甲", "乙"]),
        ({"hasRecords": "LICENSE"}, ["丙"]),
        ({"hasRecords": []}, []),
        ({"not": {"hasRecords": []}}, ["甲", "乙", "丙"]),
        ({"hasRecords": None}, ["甲", "乙", "丙"]),
        ({"or": [{"hasRecords": ["LICENSE"]}, {"kind": {"in": ["LEGAL_ENTITY"]}}]}, ["甲", "丙"]),
    ],
)
async def test_subjects_are_filtered(
    client: Client, engine: MemoryEngine, where: dict[str, object], expected: list[str]
) -> None:
    engine.add(
        subject_document(1, name="甲"),
        subject_document(
            2, name="乙", subject_kind="INDIVIDUAL_BUSINESS", credit_code="", region="410300",
            visible={"BLACK_LIST": "2026-11-26", "PENALTY": "2026-11-25", "ENTERPRISE": None},
        ),
        subject_document(
            3, name="丙", credit_code="", region="", visible={"LICENSE": None},
        ),
    )  # fmt: skip
    assert sorted(map(str, await names(client, where=where))) == sorted(expected)


async def test_records_that_end_at_midnight_are_had_until_then(
    client: Client, engine: MemoryEngine, still_clock: StillClock
) -> None:
    engine.add(subject_document(1, visible={"ENTERPRISE": None, "PENALTY": "2026-11-26"}))
    where = {"hasRecords": ["PENALTY"]}
    still_clock.advance(hours=11, minutes=59, seconds=59)
    assert len(await names(client, where=where)) == 1
    still_clock.advance(seconds=1)
    assert await names(client, where=where) == []
    assert len(await names(client)) == 1


async def test_too_many_kinds_are_refused(client: Client) -> None:
    answer = await client.ask(NAMES, {"where": {"hasRecords": ["PENALTY"] * 101}})
    assert answer.code() == "BAD_FILTER"


async def test_subjects_are_counted_by_kind_and_region(
    client: Client, engine: MemoryEngine
) -> None:
    engine.add(
        subject_document(1), subject_document(2, subject_kind="INDIVIDUAL_BUSINESS", region="")
    )
    answer = await client.ask(
        "{ subjects { facets(fields: [KIND, REGION]) { field buckets { value label count } } } }"
    )
    assert answer.at("subjects", "facets") == [
        {
            "field": "KIND",
            "buckets": [
                {"value": "INDIVIDUAL_BUSINESS", "label": "个体工商户", "count": 1},
                {"value": "LEGAL_ENTITY", "label": "法人及非法人组织", "count": 1},
            ],
        },
        {"field": "REGION", "buckets": [{"value": "410329", "label": "410329", "count": 1}]},
    ]


async def test_without_a_query_nothing_is_scored(client: Client, engine: MemoryEngine) -> None:
    engine.add(subject_document(1))
    answer = await client.ask(
        "{ subjects { edges { score matchedName highlights { start } explanation { value } } } }"
    )
    assert answer.at("subjects", "edges", 0) == {
        "score": None, "matchedName": None, "highlights": [], "explanation": [],
    }  # fmt: skip
