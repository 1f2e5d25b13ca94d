"""GraphQL over HTTP: methods, media types, sizes, shapes, statuses."""

from __future__ import annotations

import asyncio
from urllib.parse import quote

import orjson
import pytest
from starlette.types import ASGIApp, Message

from api.http.refusals import MAX_BODY, MOST_DISCARDED
from tests.api.client import Client

RESPONSE_JSON = "application/graphql-response+json"
NAME = "{ service { name } }"


async def test_get_answers_a_query(client: Client) -> None:
    answer = await client.get(f"/graphql?query={quote(NAME)}&variables=%7B%7D&operationName=")
    assert answer.at("service", "name") == "信查 xincha"
    assert answer.response.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("accept", "content_type"),
    [
        (None, "application/json"),
        ("*/*", "application/json"),
        ("application/json", "application/json"),
        (RESPONSE_JSON, RESPONSE_JSON),
        (f"{RESPONSE_JSON}, application/json;q=0.9", RESPONSE_JSON),
        (f"{RESPONSE_JSON};q=0.5, application/json", "application/json"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "application/json"),
        (f"APPLICATION/JSON;q=0, {RESPONSE_JSON}", RESPONSE_JSON),
        ("application/*", "application/json"),
    ],
)
async def test_the_media_type_is_negotiated(
    client: Client, accept: str | None, content_type: str
) -> None:
    headers = {"accept": accept} if accept else {}
    if accept is None:
        del client.http.headers["accept"]
    answer = await client.ask(NAME, headers=headers)
    assert answer.status == 200
    assert answer.response.headers["content-type"] == f"{content_type}; charset=utf-8"


@pytest.mark.parametrize(
    "accept", ["text/html", "text/csv", "application/json;q=0", "application/json;q=x"]
)
async def test_no_other_media_type_is_offered(client: Client, accept: str) -> None:
    answer = await client.ask(NAME, headers={"accept": accept})
    assert (answer.status, answer.code()) == (406, "BAD_REQUEST")


@pytest.mark.parametrize(
    ("query", "variables"),
    [
        ("{", {}),
        ("{ unknown }", {}),
        ("query ($first: Int) { penalties(first: $first) { totalCount } }", {"first": "x"}),
        ("query A { __typename } query B { __typename }", {}),
    ],
)
async def test_a_refused_document_is_400_for_those_who_know(
    client: Client, query: str, variables: dict[str, object]
) -> None:
    new = await client.ask(query, variables, headers={"accept": RESPONSE_JSON})
    old = await client.ask(query, variables)
    assert (new.status, old.status) == (400, 200)
    assert "data" not in new.response.json()
    assert new.code() == old.code()


async def test_an_executed_request_is_200_even_with_errors(client: Client) -> None:
    answer = await client.ask(
        "{ penalties(first: 0) { totalCount } }", headers={"accept": RESPONSE_JSON}
    )
    assert (answer.status, answer.code()) == (200, "BAD_PAGE_SIZE")
    assert answer.response.json()["data"] is None


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "BREW"])
async def test_other_methods_are_405(client: Client, method: str) -> None:
    response = await client.http.request(method, "/graphql")
    assert response.status_code == 405
    assert response.headers["allow"] == "GET, HEAD, POST"
    assert response.json()["errors"][0]["extensions"]["code"] == "BAD_REQUEST"


async def test_get_takes_queries_only(client: Client) -> None:
    answer = await client.get("/graphql?query=mutation%7B__typename%7D")
    assert (answer.status, answer.code()) == (405, "BAD_REQUEST")
    assert answer.response.headers["allow"] == "POST"


@pytest.mark.parametrize("operation", ["mutation", "subscription"])
async def test_there_are_no_other_operations(client: Client, operation: str) -> None:
    answer = await client.ask(f"{operation} {{ __typename }}")
    assert answer.code() == "GRAPHQL_VALIDATION_FAILED"


@pytest.mark.parametrize(
    "headers",
    [
        {"content-type": "text/plain"},
        {"content-type": "application/graphql"},
        {"content-type": "multipart/form-data; boundary=x"},
        {"content-type": "application/json; charset=gbk"},
        {"content-type": ""},
        {"content-encoding": "gzip"},
    ],
)
async def test_only_plain_json_bodies(client: Client, headers: dict[str, str]) -> None:
    answer = await client.send(orjson.dumps({"query": NAME}), headers)
    assert (answer.status, answer.code()) == (415, "BAD_REQUEST")


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"query", b"\xff\xfe", b'{"query": NaN}', b"[" * 100_000, b'{"query": "\\ud800"}'],
)
async def test_a_body_that_is_not_json(client: Client, body: bytes) -> None:
    answer = await client.send(body)
    assert (answer.status, answer.code()) == (400, "GRAPHQL_PARSE_FAILED")


@pytest.mark.parametrize(
    "content",
    [
        None, 1, "x", True, [], [1], [{"query": NAME}], {},
        {"query": None}, {"query": 1}, {"query": [NAME]}, {"query": {}},
        {"query": NAME, "variables": "x"}, {"query": NAME, "variables": []},
        {"query": NAME, "operationName": 1}, {"query": NAME, "operationName": {}},
        {"query": NAME, "extensions": "x"}, {"query": NAME, "extensions": []},
    ],
)  # fmt: skip
async def test_json_of_a_wrong_shape(client: Client, content: object) -> None:
    answer = await client.send(orjson.dumps(content))
    assert (answer.status, answer.code()) == (400, "BAD_REQUEST")


@pytest.mark.parametrize(
    "query_string",
    [
        "", "query", "variables=%7B%7D", "query=%FF", "query={x}&variables={", "query=%7Bx%7D&variables=[]",
        "&".join(f"a{n}=1" for n in range(30)),
    ],
)  # fmt: skip
async def test_addresses_of_a_wrong_shape(client: Client, query_string: str) -> None:
    answer = await client.get(f"/graphql?{query_string}")
    assert answer.status in {200, 400}
    assert answer.code() in {"BAD_REQUEST", "GRAPHQL_PARSE_FAILED"}


async def test_a_body_over_100_kb_is_413(client: Client) -> None:
    exact = orjson.dumps({"query": NAME}).ljust(100_000)
    assert (await client.send(exact)).status == 200
    answer = await client.send(exact + b" ")
    assert (answer.status, answer.code()) == (413, "BAD_REQUEST")


async def test_a_body_that_lies_about_its_length_is_cut_off(app: ASGIApp) -> None:
    received = 0

    async def receive() -> Message:
        nonlocal received
        received += 1
        return {"type": "http.request", "body": b" " * 60_000, "more_body": True}

    sent = await _call(
        app, receive, [(b"content-type", b"application/json"), (b"content-length", b"9")]
    )
    assert sent[0]["status"] == 413
    assert received * 60_000 <= MAX_BODY + MOST_DISCARDED + 2 * 60_000


@pytest.mark.parametrize(
    "headers",
    [{"authorization": "Bearer abc"}, {"authorization": "bearer abc"}, {"x-api-key": "abc"}],
)
async def test_a_key_that_was_never_issued_is_401_and_not_public(
    client: Client, headers: dict[str, str]
) -> None:
    body = orjson.dumps({"query": NAME})
    answer = await client.send(body, headers=headers)
    assert (answer.status, answer.code()) == (401, "UNAUTHENTICATED")
    assert "abc" not in answer.text


async def test_a_caller_who_goes_away_is_let_go(app: ASGIApp) -> None:
    async def receive() -> Message:
        await asyncio.sleep(0)
        return {"type": "http.disconnect"}

    assert await _call(app, receive, [(b"content-type", b"application/json")]) == []


async def test_an_address_over_8_kb_is_414(client: Client) -> None:
    fits = f"/graphql?query={quote(NAME)}"
    assert (await client.get(fits + "&x=".ljust(8_192 - len(fits), "x"))).status == 200
    answer = await client.get(fits + "&x=".ljust(8_193 - len(fits), "x"))
    assert (answer.status, answer.code()) == (414, "BAD_REQUEST")


async def test_every_answer_carries_the_security_headers(client: Client) -> None:
    for path in ("/", "/graphql?query={__typename}", "/schema.graphql", "/nothing"):
        headers = (await client.http.get(path)).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert "default-src 'none'" in headers["content-security-policy"]


async def test_any_page_may_ask_without_credentials(client: Client) -> None:
    answer = await client.ask(NAME, headers={"origin": "https://paper.example"})
    assert answer.response.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in answer.response.headers
    preflight = await client.http.options(
        "/graphql",
        headers={
            "origin": "https://paper.example",
            "access-control-request-method": "POST",
            "access-control-request-headers": "content-type",
        },
    )
    assert preflight.status_code == 200


async def _call(app: ASGIApp, receive: object, headers: list[tuple[bytes, bytes]]) -> list[Message]:
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {
        "type": "http", "method": "POST", "path": "/graphql", "raw_path": b"/graphql",
        "query_string": b"", "headers": headers, "root_path": "", "scheme": "http",
    }  # fmt: skip
    await app(scope, receive, send)  # type: ignore[arg-type]
    return sent
