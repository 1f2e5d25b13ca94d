"""A dataset is one class: declared here, it is in the schema, the service and the answers."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import httpx
import pytest

from api.app import create_app
from api.config import ApiConfig
from api.graphql.choices import default_order
from api.graphql.schema import build_schema, print_contract
from records.datasets import declared_datasets
from records.errors import DeclarationError
from records.fields import Record, column
from records.publicity import without_end
from records.vocabulary import CodeTable, PersonalData, Scope, Search, Text, entry
from search.query import Order
from tests.api.client import Client
from tests.api.documents import license_document, record_id
from tests.api.memory_engine import MemoryEngine
from tests.support import StillClock


class Topic(CodeTable):
    ENVIRONMENT = entry("环境保护")
    FOOD = entry("食品安全")
    OTHER = entry("其他")


class TrustPromise(Record, name="trust_promises", label="信用承诺", publicity=without_end()):
    """信用承诺 / a promise that a subject has made."""

    subject_name: Text = column("承诺主体名称", "CN_MC", personal=PersonalData.PERSON_NAME)
    topic: Topic = column("承诺类别", "CN_LB", filter=True, facet=True, raw_as="topic_text")
    topics_touched: tuple[Topic, ...] = column(
        "涉及类别", "CN_SJ", filter=True, filter_as="touching", facet=True
    )
    made_on: date = column("承诺日期", "CN_RQ", filter=True, sort=True)
    value: Decimal = column("金额", "CN_JE", filter=True)
    wording: Text = column("承诺内容", "CN_NR", filter=True, search=Search.TEXT)
    phone: Text = column("电话", "CN_DH", personal=PersonalData.PHONE, scope=Scope.SEALED)


DATASETS = (*declared_datasets(), TrustPromise.dataset)


def test_one_class_is_in_the_schema() -> None:
    printed = print_contract(DATASETS)
    for line in (
        "type TrustPromise implements Record & Node {",
        "  subjectName: String @masked(as: PERSON_NAME)",
        "  topic: Topic\n",
        "  topicText: String @masked(as: FREE_TEXT)",
        "  topicsTouched: [Topic!]!",
        "  madeOn: Date\n",
        "  touching: TopicFilter",
        "  wording: TextFilter",
        "  value: DecimalFilter",
        "  TRUST_PROMISE\n",
        "): TrustPromiseConnection!",
    ):
        assert line in printed, line
    assert "  phone:" not in printed
    members = {
        "TrustPromiseOrderField": ["RELEVANCE", "MADE_ON"],
        "TrustPromiseDateField": ["MADE_ON"],
    }
    members["TrustPromiseFacet"] = ["TOPIC", "TOUCHING", "SUBJECT_KIND", "REGION"]
    for enum, expected in members.items():
        body = printed.split(f"enum {enum} {{")[1].split("}")[0]
        assert re.findall(r"^  (\w+)$", body, re.MULTILINE) == expected
    assert "field: TrustPromiseDateField! = MADE_ON" in printed


async def test_one_class_is_in_the_answers() -> None:
    engine = MemoryEngine(DATASETS)
    for number, topic in enumerate(("FOOD", "ENVIRONMENT")):
        engine.add(
            license_document(
                number,
                dataset="trust_promises",
                kind="TRUST_PROMISE",
                topic=topic,
                topics_touched=[topic],
                wording="承诺按期整改",
                made_on="2026-05-01",
                value="12.50",
            )
        )
    config = ApiConfig(DATASETS, "410329", "0", b"k" * 32, StillClock())
    transport = httpx.ASGITransport(app=create_app(config, engine))
    async with httpx.AsyncClient(transport=transport, base_url="http://t") as http:
        answer = await Client(http).ask(
            """query ($id: ID!) {
              trustPromises(where: {
                topic: {eq: FOOD}, touching: {in: [FOOD]}, madeOn: {gte: "2026-05-01"},
                value: {lt: "12.51"}, wording: {contains: "整改"}
              }) {
                totalCount timeline { start count }
                facets(fields: [TOUCHING]) { field buckets { value label count } }
                nodes { id kind topic topicsTouched madeOn value documentNumber }
              }
              node(id: $id) { __typename ... on Record { maskedFields } }
              service { datasets { name count fields { name sealed } } }
            }""",
            {"id": record_id(1)},
        )
    assert answer.at("trustPromises") == {
        "totalCount": 1,
        "timeline": [{"start": "2026-05-01", "count": 1}],
        "facets": [
            {
                "field": "TOUCHING",
                "buckets": [{"value": "FOOD", "label": "食品安全", "count": 1}],
            }
        ],
        "nodes": [
            {
                "id": record_id(0),
                "kind": "TRUST_PROMISE",
                "topic": "FOOD",
                "topicsTouched": ["FOOD"],
                "madeOn": "2026-05-01",
                "value": "12.50",
                "documentNumber": None,
            }
        ],
    }
    assert answer.at("node", "__typename") == "TrustPromise"
    assert answer.at("node", "maskedFields") == ["topicText", "phone"]
    datasets = {d["name"]: d for d in answer.list_at("service", "datasets") if isinstance(d, dict)}
    assert datasets["trust_promises"]["count"] == 2
    assert {"name": "phone", "sealed": True} in datasets["trust_promises"]["fields"]


def test_a_field_name_with_a_meaning_of_its_own_is_refused() -> None:
    class Badly(Record, name="badly", label="坏", publicity=without_end()):
        """坏 / bad."""

        subject_name: Text = column("名称", "MC")
        revision: Text = column("版本", "BB")

    with pytest.raises(DeclarationError, match="revision"):
        build_schema((Badly.dataset,))


def test_a_common_field_of_another_type_is_refused() -> None:
    class Oddly(Record, name="oddly", label="怪", publicity=without_end()):
        """怪 / odd."""

        subject_name: Text = column("名称", "MC")
        decision_date: Text = column("日期", "RQ")

    with pytest.raises(DeclarationError, match="decision_date"):
        build_schema((Oddly.dataset,))


@pytest.mark.parametrize(
    "field",
    [
        column("电话", "DH", personal=PersonalData.PHONE, filter=True, facet=True),
        column("内部编号", "BH", scope=Scope.SEALED, filter=True, facet=True),
        column("内容", "NR", search=Search.TEXT, filter=True, facet=True),
        column("单位", "DW", facet=True),
        column("单位", "DW", filter=True, sort=True),
    ],
    ids=["personal", "sealed", "prose", "unfiltered", "ordered text"],
)
def test_a_use_that_a_field_cannot_have_is_refused(field: str) -> None:
    class Wrongly(Record, name="wrongly", label="错", publicity=without_end()):
        """错 / wrong."""

        subject_name: Text = column("名称", "MC")
        decision_date: date = column("日期", "RQ", sort=True)
        refused: Text = field

    with pytest.raises(DeclarationError, match="refused"):
        build_schema((Wrongly.dataset,))


def test_a_list_without_any_order_is_refused() -> None:
    class Aimless(Record, name="aimless", label="乱", publicity=without_end()):
        """乱 / without order."""

        subject_name: Text = column("名称", "MC")

    with pytest.raises(DeclarationError, match="order"):
        build_schema((Aimless.dataset,))


def test_the_newest_come_first_where_there_is_another_day_than_that_of_the_decision() -> None:
    assert default_order(TrustPromise.dataset) == Order("made_on", descending=True)
    assert [default_order(d) for d in declared_datasets() if "decision_date" in d.names] == [
        Order(),
        Order("listed_on"),
        Order(),
    ]


def test_schemas_can_be_built_side_by_side() -> None:
    first, second = build_schema(declared_datasets()), build_schema(DATASETS)
    assert first.as_str() != second.as_str()
