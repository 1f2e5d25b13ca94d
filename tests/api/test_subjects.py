"""Subjects: found by id and codes, listed, with their profile, counts and lists; and from records back."""

from __future__ import annotations

from datetime import date

import pytest

from tests.api.client import Answer, Client
from tests.api.documents import (
    COMPANY_CODE,
    license_document,
    list_document,
    penalty_document,
    profile_document,
    record_id,
    subject_document,
)
from tests.api.memory_engine import MemoryEngine
from tests.support import StillClock

ORGANIZATION = COMPANY_CODE[8:17]
REGISTRATION, OTHER_REGISTRATION = "410329000012342", "410329000000003"
PAGE = """query ($by: SubjectKey!) { subject(by: $by) { ...page } }
fragment page on Subject {
  id kind name formerNames creditCode registrationNumber organizationCode region
  enterprise { name status }
  counts { licenses penalties redList blackList otherLists }
  licenses { totalCount nodes { id } }
  penalties { totalCount nodes { id } }
  listEntries { totalCount nodes { id } }
}"""
EVERY_PAGE = PAGE.replace(
    "query ($by: SubjectKey!) { subject(by: $by) { ...page } }",
    "{ subjects { totalCount nodes { ...page } } }",
)
FOUND = "query ($by: SubjectKey!) { subject(by: $by) { id } }"


def firm(engine: MemoryEngine, number: int, *, other_anchor: str = "") -> None:
    """A subject with a profile and two records of each kind, one of them under another anchor."""
    anchors = [record_id(number), other_anchor or record_id(number)]
    engine.add(
        subject_document(number, profile=record_id(number + 9), anchors=sorted(set(anchors))),
        profile_document(number + 9, anchor=anchors[0], name=f"青禾{number}"),
        *(license_document(number + 1 + n, anchor=anchors[n]) for n in range(2)),
        *(penalty_document(number + 3 + n, anchor=anchors[n]) for n in range(2)),
        *(list_document(number + 5 + n, anchor=anchors[n]) for n in range(2)),
    )


async def found(client: Client, **by: str) -> object:
    return (await client.ask(FOUND, {"by": by})).find("data", "subject", "id")


async def test_a_page_shows_everything_of_a_subject(client: Client, engine: MemoryEngine) -> None:
    firm(engine, 100, other_anchor=record_id(190))
    firm(engine, 200)
    answer = await client.ask(PAGE, {"by": {"id": record_id(100)}})
    subject = answer.at("subject")
    assert isinstance(subject, dict)
    assert subject["creditCode"] == COMPANY_CODE
    assert subject["registrationNumber"] is None
    assert subject["counts"] == {
        "licenses": 2, "penalties": 2, "redList": 0, "blackList": 2, "otherLists": 0,
    }  # fmt: skip
    assert subject["licenses"] == {
        "totalCount": 2,
        "nodes": [{"id": record_id(102)}, {"id": record_id(101)}],
    }
    assert subject["listEntries"]["totalCount"] == 2
    assert subject["enterprise"]["status"] == "ACTIVE"


async def test_a_page_costs_four_requests(client: Client, engine: MemoryEngine) -> None:
    firm(engine, 100)
    await client.ask(PAGE, {"by": {"creditCode": COMPANY_CODE}})
    assert sorted(engine.calls) == ["get", "search_many", "search_many", "values_many"]


async def test_a_page_costs_four_requests_also_as_a_node(
    client: Client, engine: MemoryEngine
) -> None:
    firm(engine, 100)
    query = PAGE.replace("$by: SubjectKey!", "$id: ID!").replace(
        "subject(by: $by)", "node(id: $id)"
    )
    answer = await client.ask(
        query.replace("{ id } }", "{ id subject { id } } }"), {"id": record_id(100)}
    )
    assert answer.at("node", "licenses", "nodes", 0, "subject", "id") == record_id(100)
    assert sorted(engine.calls) == ["get", "get", "search_many", "values_many"]


async def test_twenty_subjects_cost_no_more_than_one(client: Client, engine: MemoryEngine) -> None:
    for number in range(100, 2_100, 100):
        firm(engine, number)
    answer = await client.ask(EVERY_PAGE)
    assert len(answer.list_at("subjects", "nodes")) == 20
    assert sorted(engine.calls) == ["count", "get", "search", "search_many", "values_many"]
    assert [node["counts"]["penalties"] for node in answer.list_at("subjects", "nodes")] == [2] * 20  # type: ignore[index]


async def test_filtered_lists_of_many_subjects_are_counted_at_once(
    client: Client, engine: MemoryEngine
) -> None:
    for number in range(100, 2_100, 100):
        firm(engine, number)
    answer = await client.ask(
        """{ subjects { nodes { penalties(where: {status: {eq: VALID}}) {
          totalCount totalRelation facets(fields: [STATUS]) { buckets { value count } }
        } } } }"""
    )
    assert engine.calls == ["search", "values_many", "values_many"]
    assert answer.at("subjects", "nodes", 0, "penalties") == {
        "totalCount": 2,
        "totalRelation": "EXACT",
        "facets": [{"buckets": [{"value": "VALID", "count": 2}]}],
    }


async def test_lists_inside_of_lists_cannot_multiply_without_end(
    client: Client, engine: MemoryEngine
) -> None:
    engine.add(
        subject_document(1), *(penalty_document(2 + n, anchor=record_id(1)) for n in range(100))
    )
    inside = "penalties(first: 100) { nodes { id } }"
    for _ in range(2):
        inside = f"penalties(first: 100) {{ nodes {{ subject {{ {inside} }} }} }}"
    answer = await client.ask(f"{{ {inside} }}")
    assert answer.code() == "QUERY_TOO_EXPENSIVE"
    assert answer.find("errors", 0, "extensions", "limit") == 10_000
    assert len(answer.text) < 200_000
    assert engine.calls == ["search", "search_many", "search_many"]


async def test_a_total_inside_of_a_subject_is_capped_like_any(
    client: Client, engine: MemoryEngine
) -> None:
    firm(engine, 100)
    engine.add(*(license_document(1_000 + n, anchor=record_id(100)) for n in range(10_000)))
    answer = await client.ask(
        "query ($by: SubjectKey!) { subject(by: $by) { licenses { totalCount totalRelation } } }",
        {"by": {"id": record_id(100)}},
    )
    assert answer.at("subject", "licenses") == {"totalCount": 10_000, "totalRelation": "AT_LEAST"}


async def test_the_subjects_of_a_page_of_records_are_read_at_once(
    client: Client, engine: MemoryEngine
) -> None:
    for number in range(100, 400, 100):
        firm(engine, number)
    answer = await client.ask("{ penalties { nodes { subject { id } } } }")
    assert engine.calls == ["search", "search_many"]
    assert answer.at("penalties", "nodes", 0, "subject", "id") == record_id(300)


async def test_a_natural_person_has_no_subject(client: Client, engine: MemoryEngine) -> None:
    engine.add(penalty_document(1, subject_kind="NATURAL_PERSON", anchor="", region=None))
    answer = await client.ask("{ penalties { nodes { subject { id } } } }")
    assert answer.at("penalties", "nodes", 0) == {"subject": None}
    assert engine.calls == ["search"]


async def test_a_cursor_is_bound_to_its_subject(client: Client, engine: MemoryEngine) -> None:
    firm(engine, 100)
    firm(engine, 200)
    first = await _penalties(client, 100, None)
    cursor = first.at("subject", "penalties", "edges", 0, "cursor")
    assert (await _penalties(client, 200, cursor)).code() == "BAD_CURSOR"
    elsewhere = "query ($after: Cursor) { penalties(after: $after) { nodes { id } } }"
    assert (await client.ask(elsewhere, {"after": cursor})).code() == "BAD_CURSOR"


async def test_a_cursor_stays_valid_when_its_subject_is_joined(
    client: Client, engine: MemoryEngine
) -> None:
    firm(engine, 100)
    first = await _penalties(client, 100, None)
    assert first.at("subject", "penalties", "edges", 0, "node", "id") == record_id(104)
    del engine.documents[record_id(100)]
    engine.add(subject_document(90, anchors=[record_id(90), record_id(100)]))
    cursor = first.at("subject", "penalties", "edges", 0, "cursor")
    second = await _penalties(client, 100, cursor)
    assert second.at("subject", "penalties", "edges", 0, "node", "id") == record_id(103)


async def _penalties(client: Client, number: int, after: object) -> Answer:
    query = """query ($by: SubjectKey!, $after: Cursor) { subject(by: $by) {
      penalties(first: 1, after: $after) { edges { cursor node { id } } }
    } }"""
    return await client.ask(query, {"by": {"id": record_id(number)}, "after": after})


async def test_a_subject_is_found_by_any_of_its_ids(client: Client, engine: MemoryEngine) -> None:
    firm(engine, 100, other_anchor=record_id(190))
    assert await found(client, id=record_id(190)) == record_id(100)
    answer = await client.ask(
        "query ($ids: [ID!]!) { nodes(ids: $ids) { id __typename } }",
        {"ids": [record_id(n) for n in (100, 190, 191, 109, 105)]},
    )
    assert answer.at("nodes") == [
        {"id": record_id(100), "__typename": "Subject"},
        {"id": record_id(100), "__typename": "Subject"},
        None,
        {"id": record_id(109), "__typename": "Enterprise"},
        {"id": record_id(105), "__typename": "ListEntry"},
    ]


@pytest.mark.parametrize(
    "by",
    [
        {"creditCode": COMPANY_CODE},
        {"creditCode": COMPANY_CODE.lower()},
        {"organizationCode": ORGANIZATION},
        {"organizationCode": f"{ORGANIZATION[:8]}-{ORGANIZATION[8]}".lower()},
        {"registrationNumber": REGISTRATION},
        {"registrationNumber": f" {REGISTRATION} "},
        {"registrationNumber": OTHER_REGISTRATION},
    ],
)
async def test_a_subject_is_found_by_its_codes(
    client: Client, engine: MemoryEngine, by: dict[str, str]
) -> None:
    engine.add(subject_document(1, registration_numbers=[OTHER_REGISTRATION, REGISTRATION]))
    assert await found(client, **by) == record_id(1)


async def test_a_credit_code_finds_who_is_known_by_its_organization_part(
    client: Client, engine: MemoryEngine
) -> None:
    engine.add(subject_document(1, credit_code=""))
    assert await found(client, creditCode=COMPANY_CODE) == record_id(1)


@pytest.mark.parametrize(
    "by",
    [
        {"id": ""},
        {"id": record_id(2)},
        {"id": "张三"},
        {"organizationCode": "MA0000016"},
        {"organizationCode": "9" * 300},
        {"registrationNumber": ""},
        {"registrationNumber": "410329000012343"},
    ],
)
async def test_what_is_nobodys_finds_nobody(
    client: Client, engine: MemoryEngine, by: dict[str, str]
) -> None:
    engine.add(subject_document(1, registration_numbers=[], organization_code=""))
    answer = await client.ask(FOUND, {"by": by})
    assert answer.at("subject") is None


async def test_a_number_of_a_person_is_not_looked_for(client: Client, engine: MemoryEngine) -> None:
    answer = await client.ask(FOUND, {"by": {"registrationNumber": "410329870612432"}})
    assert answer.at("subject") is None
    assert "证件号码" in str(answer.find("extensions", "notice"))
    assert engine.calls == []


async def test_a_subject_is_gone_when_its_last_record_ends(
    client: Client, engine: MemoryEngine, still_clock: StillClock
) -> None:
    ending = str(date(2026, 11, 26))
    engine.add(subject_document(1, visible={"PENALTY": ending}, public_until=ending))
    assert await found(client, id=record_id(1)) == record_id(1)
    still_clock.advance(hours=12)
    assert await found(client, id=record_id(1)) is None
    assert await found(client, creditCode=COMPANY_CODE) is None


@pytest.mark.parametrize(
    "by", [{}, {"id": None}, {"id": record_id(1), "organizationCode": ORGANIZATION}]
)
async def test_a_key_is_one_code(client: Client, by: dict[str, object]) -> None:
    answer = await client.ask(FOUND, {"by": by})
    assert answer.code() == "BAD_VARIABLES"
    assert "SubjectKey 须恰好给出一项" in answer.message()
    assert record_id(1) not in answer.text


async def test_a_key_of_two_codes_is_no_document(client: Client) -> None:
    answer = await client.ask('{ subject(by: {id: "1", organizationCode: "2"}) { id } }')
    assert answer.code() == "GRAPHQL_VALIDATION_FAILED"
    assert "exactly one field of SubjectKey" in answer.message()


async def test_tombstones_are_no_nodes(client: Client, engine: MemoryEngine) -> None:
    engine.documents[record_id(1)] = {
        "id": record_id(1), "dataset": "tombstones", "kind": "PENALTY", "revision": 7,
        "public_from": "2026-01-01",
    }  # fmt: skip
    answer = await client.ask(f'{{ node(id: "{record_id(1)}") {{ id }} }}')
    assert answer.at("node") is None
