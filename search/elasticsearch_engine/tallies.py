"""How many of the records there are in all, and with each value of a field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypedDict, cast

from search.elasticsearch_engine.queries import Query, compile_request
from search.engine import VALUES_CAP, IndexState
from search.query import SearchRequest, Total
from search.schema import IndexField, IndexSchema

_MOST_HITS = 2**31 - 1
"""Up to which Elasticsearch counts, and the number by which it is told to count all."""
_NAME = "tally"


class _Bucket(TypedDict):
    key: str | int
    doc_count: int


def count_search(schema: IndexSchema, state: IndexState, request: SearchRequest, cap: int) -> Query:
    """The search that counts what a request lists, up to a cap or a little further. Raises BadQuery."""
    query = compile_request(schema, state, request)
    return {"query": query, "size": 0, "track_total_hits": min(cap + 1, _MOST_HITS)}


def count_in(answer: Mapping[str, object], cap: int) -> Total:
    """The count in the answer to its search."""
    hits = cast("Mapping[str, Mapping[str, int]]", answer["hits"])
    count = hits["total"]["value"]
    return Total(min(count, cap), count <= cap)


def tally_search(
    schema: IndexSchema, state: IndexState, request: SearchRequest, field: IndexField
) -> Query:
    """The search that counts each value of a field in what a request lists. Raises BadQuery."""
    return {
        "query": compile_request(schema, state, request),
        "size": 0,
        "track_total_hits": False,
        "aggregations": {_NAME: {"terms": {"field": field.name, "size": VALUES_CAP}}},
    }


def tally_in(answer: Mapping[str, object]) -> list[tuple[str | int, int]]:
    """Values and their counts in the answer to their search."""
    tallies = cast("Mapping[str, Mapping[str, Sequence[_Bucket]]]", answer["aggregations"])
    return [(bucket["key"], bucket["doc_count"]) for bucket in tallies[_NAME]["buckets"]]
