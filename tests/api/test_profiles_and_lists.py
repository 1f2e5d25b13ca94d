"""Enterprise profiles and list entries: what they show beside what every record does."""

from __future__ import annotations

from tests.api.client import Client
from tests.api.documents import list_document, profile_document, record_id, subject_document
from tests.api.memory_engine import MemoryEngine


async def test_a_profile_names_its_subject(client: Client, engine: MemoryEngine) -> None:
    engine.add(subject_document(100), profile_document(1, anchor=record_id(100)))
    answer = await client.ask(
        """{ enterprises(where: {status: {eq: ACTIVE}, industry: {eq: "F"}}) {
          totalCount facets(fields: [STATUS, ENTERPRISE_TYPE, INDUSTRY, REGION]) { buckets { count } }
          nodes { name registeredCapital currency region maskedFields revision subject { id } }
        } }"""
    )
    assert answer.at("enterprises", "totalCount") == 1
    node = answer.at("enterprises", "nodes", 0)
    assert isinstance(node, dict)
    assert node["subject"] == {"id": record_id(100)}
    assert (node["registeredCapital"], node["currency"]) == ("1000000.00", "CNY")
    assert "address" not in node["maskedFields"]


async def test_a_profile_without_its_subject_is_asked_for_again(
    client: Client, engine: MemoryEngine
) -> None:
    engine.add(profile_document(1, anchor=record_id(100)))
    answer = await client.ask("{ enterprises { nodes { id subject { id } } } }")
    assert answer.code() == "SEARCH_UNAVAILABLE"


async def test_list_entries_tell_their_list(client: Client, engine: MemoryEngine) -> None:
    engine.add(list_document(1), list_document(2, kind="RED_LIST", color="RED", list_code="甲"))
    answer = await client.ask(
        """{ listEntries(where: {color: {eq: BLACK}}) {
          nodes { kind color listCode listName listedOn status }
          facets(fields: [LIST, COLOR]) { field buckets { value label } }
          timeline { start count }
        } }"""
    )
    assert answer.at("listEntries", "nodes") == [
        {
            "kind": "BLACK_LIST", "color": "BLACK", "listCode": "ENFORCEMENT",
            "listName": "失信被执行人", "listedOn": "2026-09-01", "status": "VALID",
        }
    ]  # fmt: skip
    assert answer.at("listEntries", "facets", 1, "buckets", 0, "value") == "BLACK"
    assert answer.at("listEntries", "timeline") == [{"start": "2026-09-01", "count": 1}]
