"""Refusals below GraphQL: status, code BAD_REQUEST, and what a request's body may be."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Mapping

from starlette.datastructures import Headers
from starlette.types import Receive, Scope

from api.graphql.errors import ApiError, Code, Formatted, request_error

MAX_BODY = 100_000
MOST_DISCARDED = 8_000_000
_PATIENCE = 3.0
"""Bytes and seconds that a body which is refused anyway may still take."""


class Refusal(Exception):  # an answer, not a fault
    """An HTTP answer other than 200 or 400 for a document: status, one error, headers."""

    def __init__(self, status: int, formatted: Formatted, headers: Mapping[str, str]) -> None:
        super().__init__(status)
        self.status, self.formatted, self.headers = status, formatted, headers


def refuse(
    status: int,
    chinese: str,
    english: str,
    headers: Mapping[str, str] | None = None,
    code: Code = Code.BAD_REQUEST,
) -> Refusal:
    """A refusal to raise."""
    return Refusal(status, request_error(ApiError(code, chinese, english)), headers or {})


async def read_body(scope: Scope, receive: Receive) -> bytes | None:
    """The body of a POST; None when the client went away. Raises Refusal 413 or 415.

    Nothing beyond the limit is kept in memory, whatever `Content-Length` says.
    """
    headers = Headers(scope=scope)
    _check_content(headers)
    stated = headers.get("content-length", "")
    if stated.isdecimal() and int(stated) > MAX_BODY:
        await _let_it_finish(receive, more=True)
        raise _too_large()
    body, more = bytearray(), True
    while more:
        message = await receive()
        if message["type"] != "http.request":
            return None
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > MAX_BODY:
            await _let_it_finish(receive, more=more)
            raise _too_large()
    return bytes(body)


async def _let_it_finish(receive: Receive, *, more: bool) -> None:
    """Read on for a while and forget it: many clients see an answer only after they have sent all."""
    left = MOST_DISCARDED
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(_PATIENCE):
            while more and left > 0:
                message = await receive()
                left -= len(message.get("body", b""))
                more = message.get("more_body", False)


def _check_content(headers: Headers) -> None:
    media_type, *options = (
        part.strip() for part in headers.get("content-type", "").lower().split(";")
    )
    charset = next(
        (o.removeprefix("charset=") for o in options if o.startswith("charset=")), "utf-8"
    )
    if media_type != "application/json" or charset.strip('"') not in {"utf-8", "utf8"}:
        raise refuse(
            415, "正文须为 UTF-8 的 application/json", "the body must be application/json in UTF-8"
        )
    if headers.get("content-encoding", "identity").lower() != "identity":
        raise refuse(415, "正文不得压缩", "the body must not be compressed")


def _too_large() -> Refusal:
    return refuse(
        413, "正文过大", f"the body is larger than {MAX_BODY} bytes", {"connection": "close"}
    )
