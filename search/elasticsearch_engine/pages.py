"""A page of a list: what is asked for it, and what the answer says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypedDict, cast

from search.elasticsearch_engine.mapping import STORED
from search.elasticsearch_engine.queries import (
    Query,
    compile_request,
    place_of,
    sort_of,
    value_in,
    without_value,
)
from search.engine import Document, Hit, IndexState, Page
from search.name_order import name_key
from search.query import MAX_PAGE, SearchRequest
from search.schema import IndexSchema, Storage


class _Hit(TypedDict):
    _source: Mapping[str, Document]
    sort: Sequence[object]


def page_search(schema: IndexSchema, state: IndexState, request: SearchRequest) -> Query:
    """The search for a page, and for one record more, which tells whether others follow. Raises BadQuery."""
    field = schema.resolve(request.dataset, request.order.field, Storage.NUMBER)
    query = compile_request(schema, state, request)
    after, descending = request.after, request.order.descending
    text = schema.order_text(field)
    search: Query = {
        "query": query,
        "sort": sort_of(field, text, descending=descending),
        "size": _size(request) + 1,
        "track_total_hits": False,
    }
    if after is None:
        return search
    if after.value is None:
        search["query"] = without_value(query, field)
    key = name_key(after.text) if text else None
    return search | {"search_after": place_of(after, key, descending=descending)}


def page_in(schema: IndexSchema, answer: Mapping[str, object], request: SearchRequest) -> Page:
    """The page in the answer to its search."""
    field = schema.resolve(request.dataset, request.order.field, Storage.NUMBER)
    named = schema.order_text(field) is not None
    found, size = hits_in(answer), _size(request)
    return Page([_hit(hit, named=named) for hit in found[:size]], len(found) > size)


def hits_in(answer: Mapping[str, object]) -> Sequence[_Hit]:
    """The documents of an answer, in its order."""
    return cast("Mapping[str, Sequence[_Hit]]", answer["hits"])["hits"]


def _hit(hit: _Hit, *, named: bool) -> Hit:
    document = hit["_source"][STORED]
    return Hit(document, value_in(hit["sort"][0]), str(document["name"]) if named else "")


def _size(request: SearchRequest) -> int:
    return max(1, min(request.first, MAX_PAGE))
