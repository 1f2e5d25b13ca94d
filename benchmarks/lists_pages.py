"""Pages far down, by their cursors."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from functools import partial

from benchmarks.lists_questions import HUGE, orders
from benchmarks.lists_timing import Times, timed
from benchmarks.measurement import Measurement
from search.engine import Engine
from search.query import MAX_PAGE, After, SearchRequest

_PAGES = (10, 100, 1_000)
_AMONG = "g" * 26
"""An id in the middle of all."""


async def deep(engine: Engine, listed: SearchRequest, what: str) -> AsyncIterator[Measurement]:
    """The first page and pages further down, for every order of the dataset."""
    for order in orders(listed.dataset):
        name = f"{what} by {order.field} {'down' if order.descending else 'up'}"
        request = replace(listed, order=order)
        first = await timed(f"{name}, page 1", partial(engine.search, request))
        yield first.measurement()
        async for page, after in _cursors(engine, request):
            asked = replace(request, after=after)
            found = await timed(f"{name}, {page}", partial(engine.search, asked))
            yield found.measurement(_beside(found, first))


def _beside(found: Times, first: Times) -> str:
    return f"{found.p50 / first.p50:.2f} times page 1"


async def _cursors(engine: Engine, request: SearchRequest) -> AsyncIterator[tuple[str, After]]:
    """Where pages begin: so many down, within one value that very many have, and where none is."""
    after, passed = None, 0
    for page in _PAGES:
        while passed < (page - 1) * request.first:
            size = min(MAX_PAGE, (page - 1) * request.first - passed)
            hits = (await engine.search(replace(request, first=size, after=after))).hits
            if len(hits) < size:
                break
            passed, after = passed + size, After(hits[-1].sort_value, str(hits[-1].document["id"]))
        else:
            assert after is not None
            yield f"page {page:,}", after
    if (huge := HUGE.get(request.order.field)) is not None:
        yield "within one value", After(huge, _AMONG)
    yield "where it is missing", After(None, _AMONG)
