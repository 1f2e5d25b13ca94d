"""A search in a request of its own, and several in one: an answer among others is worth as much.

A request of several comes back as a success whatever became of each: what the client does with a status for
a single search is done here for those of the answers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from elastic_transport import ApiResponseMeta
from elasticsearch import ApiError, AsyncElasticsearch

from search.elasticsearch_engine.clients import READ_RETRIES, RETRIED
from search.elasticsearch_engine.failures import unreadable
from search.elasticsearch_engine.queries import Query

Answer = Mapping[str, object]
"""What a search of its own would have answered."""

MOST_TOGETHER = 100
"""Of one request: a cluster keeps them all, and their answers, in memory at once."""
_HEADER: Query = {"allow_partial_search_results": False}


async def answer(client: AsyncElasticsearch, index: str, search: Query) -> Answer:
    """The answer to a search of its own. Raises ApiError."""
    found = await client.search(index=index, body=search, allow_partial_search_results=False)
    body: Answer = found.body
    return body


async def answers(
    client: AsyncElasticsearch, index: str, searches: Sequence[Query]
) -> list[Answer]:
    """One answer a search, in order; all in one request, or in several when there are very many.

    Raises ApiError with the status of the first that failed, or IndexUnavailable.
    """
    found: list[Answer] = []
    for some in _parts(searches):
        found += await _answered(client, index, some)
    return found


async def _answered(
    client: AsyncElasticsearch, index: str, searches: Sequence[Query]
) -> list[Answer]:
    found: dict[int, Answer] = {}
    waiting = list(range(len(searches)))
    for tries_left in reversed(range(READ_RETRIES + 1)):
        sent = await client.msearch(
            index=index,
            searches=[line for n in waiting for line in (_HEADER, searches[n])],
        )
        found |= zip(waiting, _items(sent.body, len(waiting)), strict=True)
        waiting = [n for n in waiting if _status(found[n]) in RETRIED]
        if not waiting or not tries_left:
            break
    return [_succeeded(found[n], sent.meta) for n in range(len(searches))]


def _parts(searches: Sequence[Query]) -> Iterator[Sequence[Query]]:
    for start in range(0, len(searches), MOST_TOGETHER):
        yield searches[start : start + MOST_TOGETHER]


def _items(body: object, expected: int) -> list[Answer]:
    items = body.get("responses") if isinstance(body, dict) else None
    if not isinstance(items, list) or len(items) != expected:
        raise unreadable()
    if not all(isinstance(item, dict) for item in items):
        raise unreadable()
    return items


def _status(answer: Answer) -> int:
    status = answer.get("status")
    return status if isinstance(status, int) else 0


def _succeeded(answer: Answer, meta: ApiResponseMeta) -> Answer:
    if "error" in answer:
        raise ApiError("search", replace(meta, status=_status(answer)), answer)
    return answer
