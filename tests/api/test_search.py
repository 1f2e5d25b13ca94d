"""Lists with a query text, and one box over all of them."""

from __future__ import annotations

import json

import pytest

from search.names.analysis import normalize_name
from tests.api.client import Client
from tests.search.finding.town import Town, code_of, firm, record

FOOD = firm(1, "伊川县青禾食品有限公司", completeness=3)
TRADE = firm(2, "伊川县青禾商贸管理有限公司")
WORKS = firm(3, "伊川县宏达机械厂")
ID_NUMBER = "41032919900307" + "1234"
BY_CODE, BY_TEXT = (
    record(14, WORKS, document_number="青禾〔2026〕1号"),
    record(15, WORKS, facts="从青禾购进面包"),
)
RECORDS = (
    record(11, FOOD, decided="2026-09-01", status="REVOKED"),
    record(12, FOOD, decided="2026-09-03"),
    record(13, TRADE, decided="2026-09-05"),
    BY_CODE,
    BY_TEXT,
    record(16, WORKS),
    record(17, FOOD, dataset="licenses", decided="2026-09-02"),
)

LIST = """query ($query: String, $where: PenaltyWhere, $orderBy: PenaltyOrder, $first: Int, $after: Cursor) {
  penalties(query: $query, where: $where, orderBy: $orderBy, first: $first, after: $after) {
    totalCount totalRelation edges { cursor score node { id } }
    pageInfo { hasNextPage hasPreviousPage endCursor }
    facets(fields: [STATUS]) { buckets { value count } }
    timeline { start count }
  }
}"""
SUBJECTS = """query ($query: String, $where: SubjectWhere, $orderBy: SubjectOrder, $first: Int, $after: Cursor) {
  subjects(query: $query, where: $where, orderBy: $orderBy, first: $first, after: $after) {
    totalCount totalRelation facets(fields: [KIND]) { buckets { value count } }
    pageInfo { hasNextPage endCursor }
    edges { score matchedName highlights { start end } explanation { feature value weight }
      node { id name } }
  }
}"""
BOX = """query ($query: String!, $kinds: [SearchKind!], $first: Int, $after: Cursor) {
  search(query: $query, kinds: $kinds, first: $first, after: $after) {
    totalCount totalRelation counts { kind count relation } pageInfo { hasNextPage endCursor }
    edges { cursor score node { __typename ... on Subject { id } ... on Record { id } } }
  }
}"""


@pytest.fixture
def full_town(town: Town) -> Town:
    town.put(FOOD, TRADE, WORKS, *RECORDS)
    return town


def numbers(edges: object) -> list[int]:
    assert isinstance(edges, list)
    return [int(edge["node"]["id"]) for edge in edges]


async def walk(client: Client, document: str, root: str, **variables: object) -> list[int]:
    """The numbers of all that a list has, page by page."""
    found: list[int] = []
    after = None
    while True:
        answer = await client.ask(document, {**variables, "after": after})
        found += numbers(answer.at(root, "edges"))
        if not answer.at(root, "pageInfo", "hasNextPage"):
            return found
        after = answer.at(root, "pageInfo", "endCursor")


async def test_records_by_relevance(full_town: Town, town_client: Client) -> None:
    answer = await town_client.ask(LIST, {"query": "青禾"})
    edges = answer.list_at("penalties", "edges")
    assert numbers(edges) == [14, 12, 11, 13, 15]
    scores = [edge["score"] for edge in edges if isinstance(edge, dict)]
    assert scores[0] is None
    assert 1 > scores[1] == scores[2] > scores[3] >= 0.5
    assert scores[4] is None
    assert answer.at("penalties", "totalCount") == 5
    assert answer.at("penalties", "totalRelation") == "EXACT"


@pytest.mark.parametrize("first", [1, 2, 100])
@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (None, [14, 12, 11, 13, 15]),
        ({"field": "RELEVANCE", "direction": "ASC"}, [14, 12, 11, 13, 15]),
        ({"field": "DECISION_DATE", "direction": "DESC"}, [13, 12, 15, 14, 11]),
        ({"field": "DECISION_DATE", "direction": "ASC"}, [11, 14, 15, 12, 13]),
    ],
)
async def test_every_order_lists_the_same(
    full_town: Town, town_client: Client, order: object, expected: list[int], first: int
) -> None:
    listed = await walk(town_client, LIST, "penalties", query="青禾", orderBy=order, first=first)
    assert listed == expected


async def test_counts_are_those_of_what_matches(full_town: Town, town_client: Client) -> None:
    variables = {"query": "青禾食品", "where": {"not": {"documentNumber": {"prefix": "青"}}}}
    answer = await town_client.ask(LIST, variables)
    assert numbers(answer.at("penalties", "edges")) == [12, 11]
    assert answer.at("penalties", "totalCount") == 2
    assert answer.at("penalties", "facets", 0, "buckets") == [
        {"value": "REVOKED", "count": 1},
        {"value": "VALID", "count": 1},
    ]
    assert answer.at("penalties", "timeline") == [{"start": "2026-09-01", "count": 2}]


async def test_relevance_without_a_query_is_the_newest_first(
    full_town: Town, town_client: Client
) -> None:
    order = {"field": "RELEVANCE", "direction": "ASC"}
    answer = await town_client.ask(LIST, {"query": " \u200b", "orderBy": order})
    assert numbers(answer.at("penalties", "edges")) == [13, 12, 16, 15, 14, 11]
    assert answer.at("penalties", "edges", 0, "score") is None


async def test_an_exact_number_has_score_one(full_town: Town, town_client: Client) -> None:
    answer = await town_client.ask(LIST, {"query": "青禾(2026) 1号"})
    assert answer.at("penalties", "edges", 0, "score") == 1
    assert numbers(answer.at("penalties", "edges"))[0] == 14


async def test_a_list_by_relevance_ends_after_200(town: Town, town_client: Client) -> None:
    town.put(FOOD, *(record(n, FOOD) for n in range(1_000, 1_250)))
    answer = await town_client.ask(LIST, {"query": "青禾", "first": 100})
    assert answer.at("penalties", "totalCount") == 250
    after = answer.at("penalties", "pageInfo", "endCursor")
    answer = await town_client.ask(LIST, {"query": "青禾", "first": 99, "after": after})
    assert answer.at("penalties", "pageInfo", "hasNextPage") is True
    after = answer.at("penalties", "pageInfo", "endCursor")
    answer = await town_client.ask(LIST, {"query": "青禾", "first": 100, "after": after})
    assert numbers(answer.at("penalties", "edges")) == [1_050]
    assert answer.at("penalties", "pageInfo", "hasNextPage") is False
    by_date = {"field": "DECISION_DATE", "direction": "DESC"}
    listed = await walk(town_client, LIST, "penalties", query="青禾", orderBy=by_date, first=100)
    assert len(listed) == 250


@pytest.mark.parametrize("order", [None, {"field": "DECISION_DATE", "direction": "DESC"}])
async def test_a_page_after_a_change_goes_on_after_the_same_place(
    full_town: Town, town_client: Client, order: object
) -> None:
    answer = await town_client.ask(LIST, {"query": "青禾", "orderBy": order, "first": 2})
    after = answer.at("penalties", "pageInfo", "endCursor")
    full_town.put(firm(4, "伊川县青禾种业有限公司"), record(18, firm(4, "x"), decided="2026-01-01"))
    variables = {"query": "青禾", "orderBy": order, "first": 20, "after": after}
    answer = await town_client.ask(LIST, variables)
    rest = numbers(answer.at("penalties", "edges"))
    assert set(rest) == ({11, 13, 15, 18} if order is None else {15, 14, 11, 18})


async def test_a_cursor_belongs_to_its_query_and_order(
    full_town: Town, town_client: Client
) -> None:
    answer = await town_client.ask(LIST, {"query": "青禾", "first": 1})
    after = answer.at("penalties", "pageInfo", "endCursor")
    by_date = {"field": "DECISION_DATE", "direction": "DESC"}
    for variables in (
        {"query": "青禾食品"},
        {},
        {"query": "青禾", "orderBy": by_date},
        {"query": "青禾", "where": {"status": {"eq": "VALID"}}},
    ):
        answer = await town_client.ask(LIST, {**variables, "after": after})
        assert answer.code() == "BAD_CURSOR"
        assert answer.status == 200


async def test_subjects_by_rank_with_why(full_town: Town, town_client: Client) -> None:
    answer = await town_client.ask(SUBJECTS, {"query": "青禾"})
    edges = answer.list_at("subjects", "edges")
    assert numbers(edges) == [1, 2]
    for edge in edges:
        assert isinstance(edge, dict)
        parts = edge["explanation"]
        assert sum(part["value"] * part["weight"] for part in parts) == pytest.approx(edge["score"])
        assert sum(part["weight"] for part in parts) == pytest.approx(1)
        marked = "".join(edge["matchedName"][h["start"] : h["end"]] for h in edge["highlights"])
        assert normalize_name(marked) == "青禾"
    assert answer.at("subjects", "totalCount") == 2
    assert answer.at("subjects", "facets", 0, "buckets") == [{"value": "LEGAL_ENTITY", "count": 2}]


async def test_subjects_in_any_order_and_filtered(full_town: Town, town_client: Client) -> None:
    by_name = {"field": "NAME", "direction": "ASC"}
    assert await walk(town_client, SUBJECTS, "subjects", query="青禾", first=1) == [1, 2]
    assert await walk(town_client, SUBJECTS, "subjects", query="青禾", orderBy=by_name, first=1) == [2, 1]  # fmt: skip
    only = {"creditCode": {"eq": TRADE.credit_code}}
    assert await walk(town_client, SUBJECTS, "subjects", query="青禾", where=only) == [2]


@pytest.mark.parametrize(
    "query", [FOOD.credit_code, FOOD.credit_code[:9] + "X" + FOOD.credit_code[10:]]
)
async def test_a_subject_by_its_code(full_town: Town, town_client: Client, query: str) -> None:
    answer = await town_client.ask(SUBJECTS, {"query": query})
    assert numbers(answer.at("subjects", "edges"))[0] == 1
    score = answer.at("subjects", "edges", 0, "score")
    assert (score == 1) == (query == FOOD.credit_code)


async def test_one_box_puts_a_subject_before_its_records(
    full_town: Town, town_client: Client
) -> None:
    listed = await walk(town_client, BOX, "search", query="青禾", first=2)
    assert listed == [14, 1, 12, 17, 11, 2, 13, 15]
    answer = await town_client.ask(BOX, {"query": "青禾"})
    assert answer.at("search", "totalCount") == 8
    counts = {
        c["kind"]: c["count"] for c in answer.list_at("search", "counts") if isinstance(c, dict)
    }
    assert counts == {"SUBJECT": 2, "LICENSE": 1, "PENALTY": 5, "LIST_ENTRY": 0}
    assert answer.at("search", "edges", 1, "node", "__typename") == "Subject"


async def test_one_box_finds_a_subject_by_code_before_all_else(
    full_town: Town, town_client: Client
) -> None:
    listed = await walk(town_client, BOX, "search", query=FOOD.credit_code.lower(), first=3)
    assert listed == [1, 12, 17, 11]


async def test_one_box_of_some_kinds(full_town: Town, town_client: Client) -> None:
    listed = await walk(town_client, BOX, "search", query="青禾", kinds=["LICENSE", "SUBJECT"])
    assert listed == [1, 17, 2]
    answer = await town_client.ask(BOX, {"query": "青禾", "kinds": []})
    assert answer.at("search", "edges") == []
    assert answer.at("search", "totalCount") == 0


@pytest.mark.parametrize("field", ["search", "subjects", "licenses"])
async def test_an_empty_cursor_is_none_of_ours(
    full_town: Town, town_client: Client, field: str
) -> None:
    answer = await town_client.ask(f'{{ {field}(query: "青禾", after: "") {{ totalCount }} }}')
    assert answer.code() == "BAD_CURSOR"


async def test_an_empty_box_finds_nothing(full_town: Town, town_client: Client) -> None:
    answer = await town_client.ask(BOX, {"query": " "})
    assert answer.at("search", "edges") == []
    assert answer.find("extensions") is None


@pytest.mark.parametrize("query", [ID_NUMBER, "\u200b".join(ID_NUMBER), "138 0013 8000"])
@pytest.mark.parametrize(
    ("document", "root"), [(LIST, "penalties"), (SUBJECTS, "subjects"), (BOX, "search")]
)
async def test_a_personal_number_is_answered_empty_with_a_notice(
    full_town: Town, town_client: Client, document: str, root: str, query: str
) -> None:
    answer = await town_client.ask(document, {"query": query})
    assert answer.at(root, "edges") == []
    assert answer.at(root, "totalCount") == 0
    assert "证件号码" in str(answer.find("extensions", "notice"))
    assert query not in answer.text
    assert ID_NUMBER not in answer.text


@pytest.mark.parametrize(
    ("document", "root"), [(LIST, "penalties"), (SUBJECTS, "subjects"), (BOX, "search")]
)
async def test_a_long_query_is_refused(
    town: Town, town_client: Client, document: str, root: str
) -> None:
    town.put(FOOD)
    answer = await town_client.ask(document, {"query": "青" * 65})
    assert answer.code() == "QUERY_TOO_LONG"
    assert "64" in answer.message()
    assert "青" not in answer.text
    assert (await town_client.ask(document, {"query": "青" * 64})).at(root, "edges") == []


HOSTILE = [
    "有限公司" * 16,
    "伊川县市监罚" * 10,
    "*", "?", ".*", "青*", "\\", '"', "'; DROP TABLE", "{}", "AND OR NOT", "青 AND 禾", "[a-z]{1,99}",
    "\x00\x01", "\u202e青禾\u202c", "\u200b", "😀", "😀" * 64, "👨‍👩‍👧‍👦", "e\u0301" * 30,
    "0" * 64, "20" * 32, "A" * 64, "9141" * 16, "一" * 64, "ﷺ", "𠀀𠀁", "〔〕", "--", "1", "１", "ab\tcd\nef",
]  # fmt: skip


async def test_any_text_gets_an_answer(full_town: Town, town_client: Client) -> None:
    for document in (LIST, SUBJECTS, BOX):
        for query in HOSTILE:
            answer = await town_client.ask(document, {"query": query, "first": 100})
            assert "errors" not in answer.response.json(), answer.text


async def test_half_a_character_gets_an_answer_or_a_clear_error(
    full_town: Town, town_client: Client
) -> None:
    for query in ("\ud800", "青\udfff禾"):
        body = json.dumps({"query": LIST, "variables": {"query": query}})
        assert (await town_client.send(body.encode())).code() in (None, "GRAPHQL_PARSE_FAILED")
        literal = f"{{ search(query: {json.dumps(query)}) {{ totalCount }} }}"
        assert (await town_client.ask(literal)).code() in (None, "GRAPHQL_PARSE_FAILED")


@pytest.mark.parametrize("first", [0, -1, 101, 2_000_000_000])
async def test_page_sizes_are_bounded(full_town: Town, town_client: Client, first: int) -> None:
    for document in (LIST, SUBJECTS, BOX):
        assert (
            await town_client.ask(document, {"query": "青禾", "first": first})
        ).code() == "BAD_PAGE_SIZE"


async def test_a_page_size_beyond_int_is_a_bad_variable(town: Town, town_client: Client) -> None:
    town.put(FOOD)
    answer = await town_client.ask(LIST, {"query": "青禾", "first": 10**12})
    assert answer.code() == "BAD_VARIABLES"


async def test_a_person_is_found_by_no_name_and_no_text(town: Town, town_client: Client) -> None:
    town.put(
        firm(4, "贺*", code=code_of(4, "92"), named=False),
        record(
            21,
            None,
            document_number="伊市监罚〔2026〕77号",
            facts="贺某销售过期面包。",
            content="罚款",
        ),
    )
    for query in ("贺", "贺*", "贺某", "he", "hm", "过期面包", "销售过期", "罚款"):
        for document, root in ((LIST, "penalties"), (SUBJECTS, "subjects"), (BOX, "search")):
            answer = await town_client.ask(document, {"query": query})
            assert answer.at(root, "totalCount") == 0, query
    answer = await town_client.ask(BOX, {"query": "〔2026〕77号"})
    assert numbers(answer.at("search", "edges")) == [21]
    answer = await town_client.ask(BOX, {"query": code_of(4, "92")})
    assert numbers(answer.at("search", "edges")) == [4]
