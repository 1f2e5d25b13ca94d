"""Lists, pages, totals and single records."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.api.client import Client
from tests.api.documents import license_document, penalty_document, record_id
from tests.api.memory_engine import MemoryEngine
from tests.support import StillClock

PAGES = """
query ($first: Int, $after: Cursor, $where: PenaltyWhere, $orderBy: PenaltyOrder) {
  penalties(first: $first, after: $after, where: $where, orderBy: $orderBy) {
    edges { cursor node { id } }
    nodes { id }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    totalCount totalRelation
  }
}"""


async def test_a_record_shows_what_its_document_holds(client: Client, engine: MemoryEngine) -> None:
    engine.add(penalty_document(1))
    answer = await client.ask(
        """{ penalties { nodes {
          __typename id kind subjectKind subjectName creditCode documentNumber authority authorityCode
          decisionDate status publicFrom publicUntil maskedFields revision
          source { provider providerCode template loadedAt updatedAt }
          legalRepresentative violation facts legalBasis categories categoryText content fineAmount
          confiscatedAmount revokedCertificate validUntil permanent remark
        } } }"""
    )
    node = answer.at("penalties", "nodes", 0)
    assert isinstance(node, dict)
    assert node["__typename"] == "Penalty"
    assert node["kind"] == "PENALTY"
    assert node["subjectName"] == "伊川县青禾食品1有限公司"
    assert node["categories"] == ["FINE", "CONFISCATION_OF_GAINS"]
    assert node["fineAmount"] == "20000.00"
    assert node["confiscatedAmount"] is None
    assert node["permanent"] is True
    assert node["revision"] == "7"
    assert node["source"]["loadedAt"] == "2026-11-20T03:04:05+00:00"
    assert "legalRepresentative" in node["maskedFields"]
    assert "subjectName" not in node["maskedFields"]


async def test_a_persons_masked_fields_follow_from_the_kind(
    client: Client, engine: MemoryEngine
) -> None:
    engine.add(penalty_document(1, subject_kind="NATURAL_PERSON", subject_name="张*", facts=None))
    answer = await client.ask("{ penalties { nodes { maskedFields } } }")
    masked = answer.list_at("penalties", "nodes", 0, "maskedFields")
    assert {"subjectName", "facts", "personIdNumber"} <= set(masked)


async def test_a_code_that_is_no_longer_declared_is_other(
    client: Client, engine: MemoryEngine
) -> None:
    engine.add(license_document(1, category="GONE", status=None))
    answer = await client.ask("{ licenses { nodes { category status } } }")
    assert answer.at("licenses", "nodes", 0) == {"category": "OTHER", "status": "VALID"}


async def test_newest_first_unless_asked_otherwise(client: Client, engine: MemoryEngine) -> None:
    days = ["2026-01-05", "2026-03-05", None, "2026-02-05"]
    for number, day in enumerate(days):
        engine.add(penalty_document(number, decision_date=day))
    newest = await client.ask(PAGES)
    oldest = await client.ask(PAGES, {"orderBy": {"field": "DECISION_DATE", "direction": "ASC"}})
    stated = await client.ask(PAGES, {"orderBy": {"field": "DECISION_DATE"}})
    assert _ids(newest.list_at("penalties", "nodes")) == [1, 3, 0, 2]
    assert _ids(oldest.list_at("penalties", "nodes")) == [0, 3, 1, 2]
    assert stated.text == newest.text


async def test_walking_all_pages_gives_every_record_once(
    client: Client, engine: MemoryEngine
) -> None:
    engine.add(*(penalty_document(n, decision_date=f"2026-0{1 + n % 3}-01") for n in range(11)))
    engine.add(*(penalty_document(n, decision_date=None) for n in range(11, 14)))
    seen: list[int] = []
    after: object = None
    for page in range(4):
        answer = await client.ask(PAGES, {"first": 4, "after": after})
        nodes = answer.list_at("penalties", "nodes")
        seen += _ids(nodes)
        assert answer.at("penalties", "totalCount") == 14
        assert answer.at("penalties", "pageInfo", "hasNextPage") is (page < 3)
        assert answer.at("penalties", "pageInfo", "hasPreviousPage") is (page > 0)
        assert answer.at("penalties", "edges", -1, "cursor") == answer.at(
            "penalties", "pageInfo", "endCursor"
        )
        after = answer.at("penalties", "pageInfo", "endCursor")
    assert sorted(seen) == list(range(14))


async def test_an_empty_list_has_no_cursors(client: Client) -> None:
    answer = await client.ask(PAGES)
    info = answer.at("penalties", "pageInfo")
    assert info == {
        "hasNextPage": False, "hasPreviousPage": False, "startCursor": None, "endCursor": None
    }  # fmt: skip


async def test_only_what_is_selected_is_asked_of_the_engine(
    client: Client, engine: MemoryEngine
) -> None:
    await client.ask("{ penalties { nodes { id } edges { cursor } pageInfo { endCursor } } }")
    assert engine.calls == ["search"]
    engine.calls.clear()
    await client.ask("{ penalties { totalCount totalRelation } }")
    assert engine.calls == ["count"]


async def test_totals_are_capped(client: Client, engine: MemoryEngine) -> None:
    engine.add(*(license_document(n) for n in range(10_001)))
    answer = await client.ask("{ licenses(first: 1) { totalCount totalRelation } }")
    assert answer.at("licenses") == {"totalCount": 10_000, "totalRelation": "AT_LEAST"}


async def test_one_request_has_one_day(
    client: Client, engine: MemoryEngine, still_clock: StillClock
) -> None:
    engine.add(license_document(1, public_until="2026-11-26"))
    still_clock.now = datetime(2026, 11, 25, 15, 59, 59, tzinfo=UTC)
    query = f'{{ licenses {{ totalCount nodes {{ id }} }} node(id: "{record_id(1)}") {{ id }} }}'
    last_second = await client.ask(query)
    still_clock.now = datetime(2026, 11, 25, 16, 0, 0, tzinfo=UTC)
    midnight = await client.ask(query)
    assert last_second.at("licenses", "totalCount") == 1
    assert last_second.at("node", "id") == record_id(1)
    assert midnight.at("licenses") == {"totalCount": 0, "nodes": []}
    assert midnight.at("node") is None


async def test_nodes_come_in_the_order_asked(client: Client, engine: MemoryEngine) -> None:
    engine.add(
        license_document(1), penalty_document(2), penalty_document(3, public_until="2026-01-01")
    )
    ids = [record_id(2), "x", record_id(1), record_id(3), record_id(2), "张三", record_id(99), ""]
    answer = await client.ask(
        "query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id ... on Record { kind } } }",
        {"ids": ids},
    )
    kinds = [n and n["kind"] for n in answer.list_at("nodes") if n is None or isinstance(n, dict)]
    assert kinds == ["PENALTY", None, "LICENSE", None, "PENALTY", None, None, None]


async def test_malformed_ids_never_reach_the_engine(client: Client, engine: MemoryEngine) -> None:
    answer = await client.ask('{ node(id: "0123") { id } nodes(ids: ["", "Z"]) { id } }')
    assert answer.find("data") == {"node": None, "nodes": [None, None]}
    assert engine.calls == []


async def test_page_size_is_one_to_a_hundred(client: Client, engine: MemoryEngine) -> None:
    for first in (0, -1, 101):
        answer = await client.ask(PAGES, {"first": first})
        assert answer.code() == "BAD_PAGE_SIZE"
    for size, sent in ((None, 20), (1, 1), (100, 100)):
        await client.ask(PAGES, {"first": size})
        assert engine.requests[-1].first == sent
    ids = [record_id(n) for n in range(101)]
    answer = await client.ask("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", {"ids": ids})
    assert answer.code() == "BAD_PAGE_SIZE"


async def test_service_describes_the_datasets(client: Client, engine: MemoryEngine) -> None:
    engine.add(license_document(1), penalty_document(2), penalty_document(3))
    answer = await client.ask(
        """{ service { name region version revision dataUpdatedAt datasets {
          name label description count updatedAt
          fields { name label codes type mask sealed searchable filterable sortable description }
        } } }"""
    )
    service = answer.at("service")
    assert isinstance(service, dict)
    assert service["revision"] == "7"
    assert service["dataUpdatedAt"] == "2026-11-20T03:04:05+00:00"
    counts = {d["name"]: d["count"] for d in service["datasets"]}
    assert counts == {"enterprises": 0, "licenses": 1, "list_entries": 0, "penalties": 2}
    fields = {
        f["name"]: f for d in service["datasets"] if d["name"] == "penalties" for f in d["fields"]
    }
    assert fields["personIdNumber"]["sealed"] is True
    assert fields["personIdNumber"]["mask"] == "ID_NUMBER"
    assert fields["personIdNumber"]["codes"] == ["CF_XDR_ZJHM"]
    assert fields["categories"]["type"] == "[PenaltyCategory]"
    assert fields["decisionDate"]["sortable"] is True
    assert fields["fineAmount"]["sortable"] is True
    assert fields["confiscatedAmount"]["sortable"] is False
    assert fields["facts"]["searchable"] is True


def _ids(nodes: list[object]) -> list[int]:
    return [int(str(n["id"])) for n in nodes if isinstance(n, dict)]
