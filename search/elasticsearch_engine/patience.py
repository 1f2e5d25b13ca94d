"""How long an answer of the cluster is waited for, and when it is not asked at all.

A cluster that is gone is noticed at once; one that hangs, by that it does not even say that it lives; one
that lives may take its time.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from circuitbreaker import CircuitBreaker
from elastic_transport import TransportError
from elasticsearch import ApiError, AsyncElasticsearch

from records.errors import IndexUnavailable
from search.elasticsearch_engine.failures import guarded

T = TypeVar("T")

_QUIET = 0.8
"""Seconds after which the cluster is asked whether it lives; beside the same time for that answer."""
_PATIENCE = 6.0
"""Seconds for one answer, all attempts together."""
_FAILURES, _REST = 5, 1.0
"""So many failures in a row, then so many seconds in which nothing is asked."""


class PatientClient:
    """A reading client with a time limit and a breaker; for one event loop."""

    def __init__(self, client: AsyncElasticsearch) -> None:
        self._client = client
        self._pulse = client.options(request_timeout=_QUIET / 2, max_retries=1)
        self._breaker = CircuitBreaker(_FAILURES, _REST, expected_exception=_is_outage)

    async def ask(self, request: Callable[[AsyncElasticsearch], Awaitable[T]]) -> T:
        """The answer to one request. Raises SearchError."""
        if self._breaker.opened:
            raise _silent()
        with guarded(), self._breaker:
            return await self._patiently(request(self._client))

    async def close(self) -> None:
        """Close the connections."""
        await self._client.close()

    async def _patiently(self, request: Awaitable[T]) -> T:
        task = asyncio.ensure_future(request)
        try:
            done, _ = await asyncio.wait({task}, timeout=_QUIET)
            if not done and await self._lives():
                await asyncio.wait({task}, timeout=_PATIENCE - 2 * _QUIET)
            if not task.done():
                raise _silent()
            return task.result()
        finally:
            task.cancel()

    async def _lives(self) -> bool:
        try:
            await self._pulse.cluster.health(local=True, filter_path="status")
        except (ApiError, TransportError):
            return False
        return True


def _is_outage(kind: type[Exception], error: Exception) -> bool:
    """Whether the cluster failed, rather than what was asked of it."""
    if issubclass(kind, ApiError):
        return isinstance(error, ApiError) and error.status_code >= 500
    return issubclass(kind, TransportError | IndexUnavailable)


def _silent() -> IndexUnavailable:
    return IndexUnavailable(
        "the search engine does not answer / 检索引擎无应答",
        "look at the cluster and its logs; asked again by itself",
    )
