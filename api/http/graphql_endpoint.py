"""GraphQL over HTTP: one ASGI app from the request's bytes to the response's bytes.

GET (queries only) and POST of `application/json`; answers `application/graphql-response+json` or, when
that is not asked for, `application/json`, under which a refused document is answered with status 200.
"""

from __future__ import annotations

import inspect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast
from urllib.parse import parse_qsl

import orjson
from graphql import (
    DocumentNode,
    ExecutionResult,
    GraphQLError,
    GraphQLSchema,
    OperationType,
    get_operation_ast,
)
from graphql.execution import Executor
from starlette.datastructures import Headers
from starlette.types import Receive, Scope, Send

from api.config import ApiConfig
from api.graphql.context import RequestContext
from api.graphql.errors import Code, Formatted, format_error, internal_error
from api.graphql.rules import parse_document, validate_document
from api.http.negotiation import JSON, RESPONSE_JSON, accepted_type
from api.http.refusals import Refusal, read_body, refuse
from api.http.responses import send_bytes
from records.clock import today
from search.engine import Engine

MAX_URL = 8_192
MAX_COERCION_ERRORS = 10
MAX_FIELD_ERRORS = 50
"""One cause may fail thousands of fields."""
METHODS = "GET, HEAD, POST"


@dataclass(frozen=True, slots=True)
class Parameters:
    """One GraphQL request."""

    query: str
    variables: Mapping[str, object]
    operation_name: str | None


@dataclass(frozen=True, slots=True)
class Answer:
    """A GraphQL response before it is bytes; without `data` the request was not executed."""

    errors: Sequence[Formatted] = ()
    data: object = None
    executed: bool = False
    notice: str = ""

    def body(self) -> bytes:
        """As JSON, errors first as the specification advises."""
        content: dict[str, object] = {"errors": list(self.errors)} if self.errors else {}
        if self.executed:
            content["data"] = self.data
        if self.notice:
            content["extensions"] = {"notice": self.notice}
        return orjson.dumps(content)


class GraphQLEndpoint:
    """The ASGI app of `/graphql`."""

    def __init__(self, schema: GraphQLSchema, engine: Engine, config: ApiConfig) -> None:
        self._schema, self._engine, self._config = schema, engine, config

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request. Input, however wrong, gets a refusal with a code, never a 500."""
        accepted = accepted_type(scope)
        media_type = accepted or JSON
        try:
            parameters = await _parameters(scope, receive, accepted)
            if parameters is None:
                return
            answer = await self._answer(parameters, is_get=scope["method"] != "POST")
            status = 200 if answer.executed or media_type == JSON else 400
            headers: Mapping[str, str] = {}
        except Refusal as refusal:
            answer, status, headers = Answer([refusal.formatted]), refusal.status, refusal.headers
        except Exception as error:  # noqa: BLE001  # logged with an id; the server would log its text
            answer, status, headers = Answer([internal_error(error)]), 500, {}
        await send_bytes(send, answer.body(), media_type, status, headers)

    async def _answer(self, parameters: Parameters, *, is_get: bool) -> Answer:
        try:
            document = parse_document(parameters.query)
        except GraphQLError as error:
            return Answer([format_error(error, Code.GRAPHQL_PARSE_FAILED)])
        _check_method(document, parameters.operation_name, is_get=is_get)
        failures = validate_document(self._schema, document)
        if failures:
            return _refused(failures, Code.GRAPHQL_VALIDATION_FAILED)
        return await self._execute(document, parameters)

    async def _execute(self, document: DocumentNode, parameters: Parameters) -> Answer:
        context = RequestContext(self._config, self._engine, today(self._config.clock))
        executor = Executor.build(
            self._schema,
            document,
            context_value=context,
            raw_variable_values=dict(parameters.variables),
            operation_name=parameters.operation_name,
            max_coercion_errors=MAX_COERCION_ERRORS,
        )
        if isinstance(executor, list):
            chosen = get_operation_ast(document, parameters.operation_name) is not None
            code = Code.BAD_VARIABLES if chosen else Code.GRAPHQL_VALIDATION_FAILED
            return _refused(executor, code)
        running = executor.execute_operation()
        result = cast("ExecutionResult", await running if inspect.isawaitable(running) else running)
        failures = (result.errors or [])[:MAX_FIELD_ERRORS]
        errors = [format_error(error, Code.BAD_VARIABLES) for error in failures]
        return Answer(errors, result.data, executed=True, notice=" ".join(sorted(context.notices)))


def _refused(errors: Sequence[GraphQLError], code: Code) -> Answer:
    return Answer([format_error(error, code) for error in errors])


def _check_method(document: DocumentNode, operation_name: str | None, *, is_get: bool) -> None:
    operation = get_operation_ast(document, operation_name)
    if is_get and operation is not None and operation.operation is not OperationType.QUERY:
        raise refuse(405, "GET 只接受查询", "only queries may be sent by GET", {"allow": "POST"})


async def _parameters(scope: Scope, receive: Receive, accepted: str | None) -> Parameters | None:
    """What was asked; None when the client went away. Raises Refusal."""
    _refuse_keys(Headers(scope=scope))
    if accepted is None:
        raise refuse(406, "只提供 JSON", f"only {JSON} and {RESPONSE_JSON} are offered")
    if scope["method"] not in METHODS.split(", "):
        raise refuse(405, "只接受 GET 和 POST", "use GET or POST", {"allow": METHODS})
    query_string: bytes = scope["query_string"]
    path: bytes = scope.get("raw_path") or scope["path"].encode()
    if len(path) + len(b"?") + len(query_string) > MAX_URL:
        raise refuse(414, "网址过长", f"the address is longer than {MAX_URL} bytes")
    if scope["method"] != "POST":
        return _checked(_from_url(query_string))
    body = await read_body(scope, receive)
    if body is None:
        return None
    try:
        return _checked(orjson.loads(body))
    except orjson.JSONDecodeError:
        raise refuse(
            400, "正文不是 JSON", "the body is not JSON", code=Code.GRAPHQL_PARSE_FAILED
        ) from None


def _refuse_keys(headers: Headers) -> None:
    """No key has been issued yet, so every key is a wrong one; none is silently taken for nobody's."""
    if "x-api-key" in headers or headers.get("authorization", "").lower().startswith("bearer "):
        raise refuse(
            401,
            "密钥无效",
            "the key is not valid; leave it out for public access",
            {"www-authenticate": "Bearer"},
            code=Code.UNAUTHENTICATED,
        )


def _from_url(query_string: bytes) -> dict[str, object]:
    try:
        pairs = parse_qsl(
            query_string.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=20
        )
        content: dict[str, object] = dict(pairs)
        for name in ("variables", "extensions"):
            if name in content:
                content[name] = orjson.loads(str(content[name]) or "null")
    except ValueError:
        raise refuse(
            400,
            "网址参数有误，variables 须为 JSON",
            "bad address parameters; variables must be JSON",
        ) from None
    return content


def _checked(content: object) -> Parameters:
    if not isinstance(content, dict):
        raise refuse(400, "正文须为一个 JSON 对象", "the body must be one JSON object")
    query = content.get("query")
    variables = content.get("variables")
    operation_name = content.get("operationName")
    if not isinstance(query, str):
        raise refuse(400, "缺少文本 query", "there is no text `query`")
    if variables is not None and not isinstance(variables, dict):
        raise refuse(400, "variables 须为对象", "`variables` must be an object")
    if operation_name is not None and not isinstance(operation_name, str):
        raise refuse(400, "operationName 须为文本", "`operationName` must be text")
    if not isinstance(content.get("extensions"), dict | None):
        raise refuse(400, "extensions 须为对象", "`extensions` must be an object")
    return Parameters(query, variables or {}, operation_name or None)
