"""How long an answer of the cluster is waited for, and when it is not asked at all.

A cluster that is gone is noticed at once; one that hangs, by that it does not even say that it lives; one
that lives may take its time.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Collection, Iterable
from typing import TypeVar, cast

from circuitbreaker import CircuitBreaker
from elastic_transport import ConnectionTimeout, TransportError
from elasticsearch import ApiError, AsyncElasticsearch

from records.errors import IndexUnavailable
from search.elasticsearch_engine.failures import guarded

T = TypeVar("T")

_QUIET, _PULSE = 0.5, 0.4
"""Seconds after which the cluster is asked whether it lives; and of each of two tries to hear that."""
_PULSES = 3
"""Nodes that are asked that at once."""
_WAITS = (0.4, 1.0, 1.3, 2.0)
"""Seconds for one that lives: after each it is asked once more beside what was asked, for a node may hang."""
_FAILURES, _REST = 5, 1.0
"""So many failures in a row, then so many seconds in which nothing is asked."""


class PatientClient:
    """A reading client with a time limit and a breaker; for one event loop."""

    def __init__(self, client: AsyncElasticsearch) -> None:
        self._client = client.options(retry_on_timeout=False)
        self._pulse = client.options(request_timeout=_PULSE, max_retries=1)
        self._breaker = CircuitBreaker(_FAILURES, _REST, expected_exception=_is_outage)
        self._overtaken: set[asyncio.Future[object]] = set()

    async def ask(self, request: Callable[[AsyncElasticsearch], Awaitable[T]]) -> T:
        """The answer to one request, which may be sent several times. Raises SearchError."""
        if self._breaker.opened:
            raise _silent()
        with guarded(), self._breaker:
            return await self._patiently(lambda: asyncio.ensure_future(request(self._client)))

    async def close(self) -> None:
        """Close the connections."""
        for attempt in self._overtaken:
            attempt.cancel()
        await asyncio.gather(*self._overtaken, return_exceptions=True)
        await self._client.close()

    async def _patiently(self, attempt: Callable[[], asyncio.Future[T]]) -> T:
        attempts = {attempt()}
        try:
            answered = await _first(attempts, _QUIET)
            waits = _WAITS if answered or await self._lives() else (0,)
            for number, seconds in enumerate(waits):
                if answered is not None:
                    break
                if number > 0:
                    attempts.add(attempt())
                answered = await _first(attempts, seconds)
            if answered is None:
                raise _silent()
            # The others tell the client which of its nodes hang.
            self._let_run(attempts - {answered})
            attempts.clear()
            return answered.result()
        finally:
            for abandoned in attempts:
                abandoned.cancel()

    def _let_run(self, attempts: Iterable[asyncio.Future[T]]) -> None:
        for attempt in attempts:
            overtaken = cast("asyncio.Future[object]", attempt)
            self._overtaken.add(overtaken)
            overtaken.add_done_callback(self._forget)

    def _forget(self, overtaken: asyncio.Future[object]) -> None:
        self._overtaken.discard(overtaken)
        if not overtaken.cancelled():
            # Looked at, so that nobody is warned of it.
            overtaken.exception()

    async def _lives(self) -> bool:
        """Asked of several nodes at once: the one that hangs, or is slow, must not speak for the others."""
        pulses = [asyncio.ensure_future(self._beats()) for _ in range(_PULSES)]
        try:
            for pulse in asyncio.as_completed(pulses):
                if await pulse:
                    return True
            return False
        finally:
            for pulse in pulses:
                pulse.cancel()

    async def _beats(self) -> bool:
        try:
            await self._pulse.cluster.health(local=True, filter_path="status")
        except ApiError as answer:
            # Refused by rights or for whatever reason: that is a sign of life, too.
            return answer.status_code < 500
        except TransportError:
            return False
        return True


async def _first(
    attempts: Collection[asyncio.Future[T]], seconds: float
) -> asyncio.Future[T] | None:
    """The first attempt that ends within so many seconds, but for those that ended by waiting in vain."""
    deadline = time.monotonic() + seconds
    pending = set(attempts)
    while pending:
        left = max(0, deadline - time.monotonic())
        done, pending = await asyncio.wait(
            pending, timeout=left, return_when=asyncio.FIRST_COMPLETED
        )
        for attempt in done:
            if not isinstance(attempt.exception(), ConnectionTimeout):
                return attempt
        if not done:
            break
    return None


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
