"""Errors as callers see them: `{message, locations?, path?, extensions: {code, hint?, …}}`.

    GraphQLError
    ├── BadValue     a scalar refuses a value; becomes BAD_VARIABLES or GRAPHQL_VALIDATION_FAILED
    └── ApiError     a refusal with its own code

Whatever else is raised while a query runs is INTERNAL: the caller gets an id, the log the same id and
the kind and place of the error, neither gets its text, which may hold values. Messages are Chinese,
then English, and never quote what the caller sent.
"""

from __future__ import annotations

import logging
import secrets
import traceback
from collections.abc import Iterable
from enum import StrEnum

from graphql import GraphQLError, GraphQLSyntaxError, Node

from api.graphql.wording import Wording, describe
from records.errors import BadQuery, QueryTooLong, SearchError
from search.finding.reading import LONGEST_QUERY

logger = logging.getLogger("xincha.api")

Formatted = dict[str, object]
"""One error in the JSON form of the GraphQL specification."""


class Code(StrEnum):
    """`extensions.code` of an error."""

    GRAPHQL_PARSE_FAILED = "GRAPHQL_PARSE_FAILED"
    GRAPHQL_VALIDATION_FAILED = "GRAPHQL_VALIDATION_FAILED"
    BAD_REQUEST = "BAD_REQUEST"
    BAD_VARIABLES = "BAD_VARIABLES"
    BAD_CURSOR = "BAD_CURSOR"
    BAD_PAGE_SIZE = "BAD_PAGE_SIZE"
    BAD_CREDIT_CODE = "BAD_CREDIT_CODE"
    BAD_FILTER = "BAD_FILTER"
    QUERY_TOO_LONG = "QUERY_TOO_LONG"
    QUERY_TOO_EXPENSIVE = "QUERY_TOO_EXPENSIVE"
    UNAUTHENTICATED = "UNAUTHENTICATED"
    SEARCH_UNAVAILABLE = "SEARCH_UNAVAILABLE"
    INTERNAL = "INTERNAL"


class BadValue(GraphQLError):
    """A scalar refuses a value. The message says what is expected, without the value."""

    def __init__(self, chinese: str, english: str, node: Node | None = None) -> None:
        super().__init__(f"{chinese} / {english}", node)
        self.chinese, self.english = chinese, english

    def at(self, node: Node) -> BadValue:
        """The same refusal with the place in the document."""
        return BadValue(self.chinese, self.english, node)


class ApiError(GraphQLError):
    """A refusal with a code of its own. `data` goes into `extensions`."""

    def __init__(
        self,
        code: Code,
        chinese: str,
        english: str,
        *,
        hint: str = "",
        node: Node | Iterable[Node] | None = None,
        **data: object,
    ) -> None:
        nodes = [node] if isinstance(node, Node) else list(node or ())
        extensions = {"code": code.value, **({"hint": hint} if hint else {}), **data}
        super().__init__(f"{chinese} / {english}", nodes or None, extensions=extensions)
        self.code, self.chinese, self.english, self.hint = code, chinese, english, hint

    def at(self, node: Node) -> ApiError:
        """The same refusal with the place in the document."""
        return ApiError(self.code, self.chinese, self.english, hint=self.hint, node=node)


def format_error(error: GraphQLError, code: Code) -> Formatted:
    """An error of one phase as JSON. `code` is the one that a plain error of this phase gets."""
    cause = _cause(error)
    if isinstance(cause, ApiError):
        return _formatted(
            error, Wording(cause.chinese, cause.english, cause.hint), dict(cause.extensions or {})
        )
    if isinstance(cause, QueryTooLong):
        wording = Wording(
            f"查询文字归一后不得多于 {LONGEST_QUERY} 字",
            f"a query has at most {LONGEST_QUERY} characters after normalization",
        )
        return _formatted(error, wording, {"code": Code.QUERY_TOO_LONG, "limit": LONGEST_QUERY})
    if isinstance(cause, BadQuery):
        wording = Wording("筛选条件不能执行", "the filter cannot be run")
        return _formatted(error, wording, {"code": Code.BAD_FILTER})
    if isinstance(cause, SearchError):
        logger.error("search unavailable: %s", type(cause).__name__)
        wording = Wording("检索暂不可用，请稍后再试", "search is not available, try again later")
        return _formatted(error, wording, {"code": Code.SEARCH_UNAVAILABLE})
    if isinstance(cause, GraphQLError):
        return _formatted(error, _wording(error, cause), {"code": code})
    return internal_error(cause, error)


def internal_error(cause: BaseException, error: GraphQLError | None = None) -> Formatted:
    """INTERNAL with an id; logs the id with the kind and place of the error, never its text."""
    error_id = secrets.token_hex(8)
    frames = traceback.extract_tb(cause.__traceback__)
    place = f"{frames[-1].name}:{frames[-1].lineno}" if frames else "unknown"
    logger.error("internal error id=%s kind=%s at=%s", error_id, type(cause).__name__, place)
    wording = Wording("服务内部错误", "internal error", f"请提供编号 / quote this id: {error_id}")
    return _formatted(error, wording, {"code": Code.INTERNAL, "errorId": error_id})


def request_error(error: ApiError) -> Formatted:
    """A refusal that has no place in a document."""
    return format_error(error, Code.BAD_REQUEST)


def _cause(error: GraphQLError) -> Exception:
    """What was raised first, under the wrappers that graphql-core puts around it."""
    cause: Exception = error
    while isinstance(cause, GraphQLError) and cause.original_error is not None:
        cause = cause.original_error
    return cause


def _wording(error: GraphQLError, cause: GraphQLError) -> Wording:
    if isinstance(error, GraphQLSyntaxError):
        places = error.locations or ()
        line, column = (places[0].line, places[0].column) if places else (1, 1)
        return Wording(
            f"语法错误，第 {line} 行第 {column} 列", f"syntax error at line {line}, column {column}"
        )
    if isinstance(cause, BadValue):
        inner: Wording | None = Wording(cause.chinese, cause.english)
    else:
        inner = None
    return describe(error.message, inner)


def _formatted(
    error: GraphQLError | None, wording: Wording, extensions: dict[str, object]
) -> Formatted:
    formatted: Formatted = {"message": f"{wording.chinese} / {wording.english}"}
    if error is not None and error.locations:
        formatted["locations"] = [{"line": at.line, "column": at.column} for at in error.locations]
    if error is not None and error.path is not None:
        formatted["path"] = list(error.path)
    if wording.hint:
        extensions.setdefault("hint", wording.hint)
    formatted["extensions"] = extensions
    return formatted
