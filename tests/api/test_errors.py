"""Errors: codes, two languages, places; never a value, a stack or a text of ours."""

from __future__ import annotations

import logging

import pytest

from records.errors import BadQuery, IndexUnavailable
from tests.api.client import Answer, Client
from tests.api.documents import penalty_document
from tests.api.memory_engine import MemoryEngine

SECRET = "4103291990"
ID = SECRET + "01011234"
WHERE = "query ($where: PenaltyWhere) { penalties(where: $where) { totalCount } }"


def assert_clean(answer: Answer) -> None:
    assert SECRET not in answer.text
    assert "张三" not in answer.text
    assert answer.code() not in {None, "INTERNAL"}
    assert " / " in answer.message()


@pytest.mark.parametrize(
    "query",
    [
        f'{{ penalties(where: {{ fineAmount: {{ eq: "{ID}x" }} }}) {{ totalCount }} }}',
        f'{{ penalties(where: {{ decisionDate: {{ eq: "{ID}" }} }}) {{ totalCount }} }}',
        f'{{ penalties(where: {{ decisionDate: {{ eq: {ID} }} }}) {{ totalCount }} }}',
        f'{{ penalties(where: {{ creditCode: {{ eq: "{ID}" }} }}) {{ totalCount }} }}',
        f'{{ penalties(where: {{ creditCode: {{ eq: {ID} }} }}) {{ totalCount }} }}',
        f'{{ penalties(where: {{ creditCode: {{ in: ["张三{ID}"] }} }}) {{ totalCount }} }}',
        f'{{ penalties(where: {{ category: {{ eq: "{ID}" }} }}) {{ totalCount }} }}',
        f'{{ penalties(where: {{ category: {{ eq: X{ID} }} }}) {{ totalCount }} }}',
        f'{{ penalties(where: {{ facts: "{ID}" }}) {{ totalCount }} }}',
        f'{{ penalties(where: {{ facts: {{ x: "{ID}" }} }}) {{ totalCount }} }}',
        f'{{ penalties(where: {{ facts: {{ contains: {ID} }} }}) {{ totalCount }} }}',
        '{ penalties(where: "张三") { totalCount } }',
        f'{{ penalties(first: {ID}) {{ totalCount }} }}',
        f'{{ penalties(first: "{ID}") {{ totalCount }} }}',
        f'{{ penalties(after: "{ID}") {{ totalCount }} }}',
        f'{{ penalties(after: {ID}) {{ totalCount }} }}',
        f'{{ penalties(orderBy: {{ field: "{ID}" }}) {{ totalCount }} }}',
        f'{{ penalties(x{ID}: 1) {{ totalCount }} }}',
        f'{{ node(id: {{ a: "{ID}" }}) {{ id }} }}',
        f'{{ node(id: true, id: "{ID}") {{ id }} }}',
        f'{{ x{ID} }}',
        f'{{ __typename @x{ID} }}',
        f'{{ __typename @skip(if: "{ID}") }}',
        f'{{ ...x{ID} }}',
        f'{{ a: service {{ name }} a: node(id: "{ID}") {{ id }} }}',
        f'query ($x{ID}: Int) {{ __typename }}',
        f'query ($x: X{ID}) {{ __typename }}',
        f'query ($x: Date = "{ID}") {{ penalties(where: {{ decisionDate: {{ eq: $x }} }}) {{ totalCount }} }}',
        f'query x{ID} {{ __typename }} query x{ID} {{ __typename }}',
        f'{{ "{ID}" }}',
        '{ 张三 }',
        f'{{ a(x: "{ID} }}',
        f'fragment x{ID} on Query {{ __typename }} {{ __typename }}',
        f'type X{ID} {{ a: Int }}',
    ],
)  # fmt: skip
async def test_no_document_is_quoted(client: Client, query: str) -> None:
    assert_clean(await client.ask(query))


@pytest.mark.parametrize(
    "where",
    [
        ID, 1, True, [ID], {ID: 1}, {"张三": ID}, {"and": ID}, {"and": [None]}, {"or": [1]}, {"not": []},
        {"facts": ID}, {"facts": {"contains": 1}}, {"facts": {}}, {"facts": {"contains": None}},
        {"decisionDate": {"eq": ID}}, {"decisionDate": {"eq": "2026-02-30"}},
        {"decisionDate": {"eq": "２０２６-01-01"}}, {"decisionDate": {"eq": 20260101}},
        {"fineAmount": {"gte": "1e9999999"}}, {"fineAmount": {"gte": "NaN"}}, {"fineAmount": {"gte": True}},
        {"fineAmount": {"gte": ID}}, {"fineAmount": {"gte": [ID]}}, {"fineAmount": {"gte": {"a": ID}}},
        {"category": {"eq": ID}}, {"category": {"eq": 1}}, {"category": {"eq": []}},
        {"documentNumber": {"eq": 5}}, {"documentNumber": {"eq": {"a": ID}}},
    ],
)  # fmt: skip
async def test_no_variable_is_quoted(client: Client, where: object) -> None:
    answer = await client.ask(WHERE, {"where": where})
    assert_clean(answer)
    assert answer.code() == "BAD_VARIABLES"


async def test_the_place_in_a_variable_is_named(client: Client) -> None:
    answer = await client.ask(WHERE, {"where": {"or": [{}, {"decisionDate": {"eq": ID}}]}})
    assert "$where.or[1].decisionDate.eq" in answer.message()
    assert "2026-11-23" in answer.message()


async def test_a_missing_variable(client: Client) -> None:
    answer = await client.ask("query ($id: ID!) { node(id: $id) { id } }")
    assert answer.code() == "BAD_VARIABLES"
    assert answer.find("errors", 0, "locations", 0, "line") == 1


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ('query ($x: ID = "a") { node(id: $x) { id } }', "argument id:"),
        ('query ($x: ID = "a") { nodes(ids: [$x]) { id } }', "argument ids[0]:"),
        ("query ($x: Boolean = true) { __typename @skip(if: $x) }", "argument if:"),
        (
            "query ($x: PenaltyWhere = {}) { penalties(where: {and: [$x]}) { totalCount } }",
            "argument where.and[0]:",
        ),
    ],
)
async def test_null_in_place_of_a_default_is_the_callers_mistake(
    client: Client, query: str, place: str
) -> None:
    answer = await client.ask(query, {"x": None})
    assert answer.code() == "BAD_VARIABLES"
    assert place in answer.message()


async def test_an_unknown_field_is_named_with_a_suggestion(client: Client) -> None:
    answer = await client.ask("{ penalties { nodes { fineAmout } } }")
    assert (
        answer.message() == "类型 Penalty 没有字段 fineAmout / type Penalty has no field fineAmout"
    )
    assert "fineAmount" in str(answer.find("errors", 0, "extensions", "hint"))
    assert answer.find("errors", 0, "locations", 0, "column") == 23


async def test_a_syntax_error_tells_its_place_only(client: Client) -> None:
    answer = await client.ask('{ penalties(after: "张三" }')
    assert answer.code() == "GRAPHQL_PARSE_FAILED"
    assert answer.find("errors", 0, "locations", 0) == {"line": 1, "column": 25}
    assert answer.message() == "语法错误，第 1 行第 25 列 / syntax error at line 1, column 25"


async def test_an_unknown_operation_name_is_not_quoted(client: Client) -> None:
    answer = await client.ask("query A { __typename }", operation_name=ID)
    assert_clean(answer)
    assert answer.code() == "GRAPHQL_VALIDATION_FAILED"


@pytest.mark.parametrize("as_variable", [True, False])
@pytest.mark.parametrize("code", ["91410329MA0000016N", "9141", "", "O" * 18, "0" * 17 + "X"])
async def test_a_bad_credit_code_says_why(client: Client, code: str, *, as_variable: bool) -> None:
    if as_variable:
        answer = await client.ask(WHERE, {"where": {"creditCode": {"eq": code}}})
    else:
        answer = await client.ask(
            f'{{ penalties(where: {{ creditCode: {{ in: ["{code}"] }} }}) {{ totalCount }} }}'
        )
    assert answer.code() == "BAD_CREDIT_CODE"
    assert answer.find("errors", 0, "extensions", "hint")
    assert answer.find("errors", 0, "locations")


@pytest.mark.parametrize(
    "spelling",
    ["91410329ma0000015n", "９１４１０３２９ＭＡ０００００１５Ｎ", " 9141-0329 MA00-00015n\t"],
)
async def test_a_credit_code_is_normalized_first(
    client: Client, engine: MemoryEngine, spelling: str
) -> None:
    engine.add(penalty_document(1))
    answer = await client.ask(WHERE, {"where": {"creditCode": {"eq": spelling}}})
    assert answer.at("penalties", "totalCount") == 1


@pytest.mark.parametrize(
    ("failure", "code"),
    [
        (IndexUnavailable(ID), "SEARCH_UNAVAILABLE"),
        (BadQuery(ID), "BAD_FILTER"),
        (ValueError(ID), "INTERNAL"),
    ],
)
async def test_failures_of_the_engine_keep_their_text(
    client: Client,
    engine: MemoryEngine,
    caplog: pytest.LogCaptureFixture,
    failure: Exception,
    code: str,
) -> None:
    engine.failure = failure
    with caplog.at_level(logging.DEBUG):
        answer = await client.ask("{ penalties { totalCount nodes { id } } service { revision } }")
    assert answer.code() == code
    assert ID not in answer.text + caplog.text
    assert "Traceback" not in caplog.text


async def test_an_internal_error_has_an_id_that_the_log_has_too(
    client: Client, engine: MemoryEngine, caplog: pytest.LogCaptureFixture
) -> None:
    engine.failure = KeyError(ID)
    answer = await client.ask("{ penalties { totalCount } }")
    error_id = answer.find("errors", 0, "extensions", "errorId")
    assert isinstance(error_id, str)
    assert error_id in caplog.text
    assert "KeyError" in caplog.text
    assert set(answer.response.json()["errors"][0]) == {
        "message",
        "locations",
        "path",
        "extensions",
    }


async def test_client_mistakes_are_not_logged(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        for query in (
            "{",
            "{ x }",
            "{ penalties(first: 0) { totalCount } }",
            '{ node(id: "张三") { id } }',
        ):
            await client.ask(query, {"x": ID})
        await client.http.get(f"/records/{ID}")
        await client.http.get(f"/graphql?query={ID}")
    ours = [r for r in caplog.records if not r.name.startswith(("httpx", "httpcore", "asyncio"))]
    text = "\n".join(record.getMessage() for record in ours)
    assert SECRET not in text
    assert "张三" not in text
    assert all(record.name == "xincha.access" for record in ours)
    assert "POST /graphql 200" in text
    assert "GET (other) 404" in text


@pytest.mark.parametrize(
    "query",
    [
        "{" + " a" * 2_001 + "}",
        "{ " + "".join(f"a{n}: __typename " for n in range(700)) + "}",
        "{ service " + "{ a " * 13 + "}" * 14,
        "{ ...a } fragment a on Query { service { ...b } } fragment b on Service "
        + "{ x " * 12
        + "}" * 12,
    ],
)
async def test_documents_too_large_or_deep(client: Client, query: str) -> None:
    answer = await client.ask(query)
    errors = answer.find("errors")
    assert isinstance(errors, list)
    assert "QUERY_TOO_EXPENSIVE" in {e["extensions"]["code"] for e in errors}
    assert answer.find("data") is None


@pytest.mark.parametrize(
    "query",
    [
        "{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }",
        "{" * 1_999,
        "{ a(x: " + "[" * 900 + "]" * 900 + ") }",
        "{ ...f0 } " + " ".join(f"fragment f{n} on Query {{ ...f{n + 1} ...f{n + 1} }}" for n in range(150)),
        "query { __schema { types { fields { type { fields { type { fields { name } } } } } } } }",
        "\ufeff", "#", "\x00", "query ($x: [[[[[Int]]]]]) { __typename }",
    ],
)  # fmt: skip
async def test_hostile_documents_are_refused(client: Client, query: str) -> None:
    answer = await client.ask(query)
    assert answer.status == 200
    assert answer.code() not in {None, "INTERNAL"}


@pytest.mark.parametrize("depth", [50, 150, 300])
async def test_hostile_variables_are_refused(client: Client, depth: int) -> None:
    where = '{"not":' * depth + "{}" + "}" * depth
    answer = await client.send(
        f'{{"query": "{WHERE}", "variables": {{"where": {where}}}}}'.encode()
    )
    assert answer.code() in {"BAD_FILTER", "BAD_VARIABLES"}


async def test_introspection_works(client: Client) -> None:
    from graphql import build_client_schema, get_introspection_query

    answer = await client.ask(get_introspection_query(descriptions=True))
    data = answer.find("data")
    assert isinstance(data, dict)
    assert build_client_schema(data).get_type("Penalty") is not None  # type: ignore[arg-type]
