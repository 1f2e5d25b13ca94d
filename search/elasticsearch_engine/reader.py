"""Reading: implements search.engine.Engine on the live generation of a cluster."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import date
from typing import TypeVar

from elasticsearch import AsyncElasticsearch

from records.errors import BadQuery
from search.documents import is_visible
from search.elasticsearch_engine.clients import reading_client
from search.elasticsearch_engine.cluster import Cluster
from search.elasticsearch_engine.failures import IndexGone
from search.elasticsearch_engine.live import Live, LiveIndex
from search.elasticsearch_engine.mapping import STORED, fingerprint
from search.elasticsearch_engine.patience import PatientClient
from search.elasticsearch_engine.queries import (
    Query,
    compile_request,
    place_of,
    sort_of,
    value_in,
    without_value,
)
from search.engine import VALUES_CAP, Document, Hit, IndexState, Page
from search.query import MAX_PAGE, TOTAL_CAP, SearchRequest, Total
from search.schema import IndexField, IndexSchema, Storage

T = TypeVar("T")

_MOST_IDS = 1_000
_MOST_HITS = 2**31 - 1
"""Up to which Elasticsearch counts, and the number by which it is told to count all."""
_RECORD_ID = re.compile(r"[0-9a-v]{1,64}")


class ElasticsearchEngine:
    """One per process; for one event loop, in which it must be closed."""

    def __init__(self, cluster: Cluster, schema: IndexSchema, freshness: float) -> None:
        self._schema = schema
        self._client = PatientClient(reading_client(cluster))
        self._live = LiveIndex(self._client, cluster, fingerprint(schema), freshness)

    async def search(self, request: SearchRequest) -> Page:
        """One page in the request's order. Raises BadQuery or IndexUnavailable."""
        field = self._schema.resolve(request.dataset, request.order.field, Storage.NUMBER)
        first = max(1, min(request.first, MAX_PAGE))
        after, descending = request.after, request.order.descending
        place = place_of(after.value, after.id, descending=descending) if after else None

        def query(state: IndexState) -> Query:
            listed = compile_request(self._schema, state, request)
            return without_value(listed, field) if after and after.value is None else listed

        found = await self._ask(
            lambda client, live: client.search(
                index=live.index,
                query=query(live.state),
                sort=sort_of(field, descending=descending),
                search_after=place,
                size=first + 1,
                track_total_hits=False,
                allow_partial_search_results=False,
            )
        )
        found_hits = found["hits"]["hits"]
        hits = [Hit(hit["_source"][STORED], value_in(hit["sort"][0])) for hit in found_hits[:first]]
        return Page(hits, len(found_hits) > first)

    async def count(self, request: SearchRequest, cap: int = TOTAL_CAP) -> Total:
        """How many records match, capped. Raises BadQuery or IndexUnavailable."""
        found = await self._ask(
            lambda client, live: client.search(
                index=live.index,
                query=compile_request(self._schema, live.state, request),
                size=0,
                track_total_hits=min(cap + 1, _MOST_HITS),
                allow_partial_search_results=False,
            )
        )
        count = int(found["hits"]["total"]["value"])
        return Total(min(count, cap), count <= cap)

    async def values(self, request: SearchRequest, field: str) -> Mapping[str, int]:
        """Values of a counted field over the matching records. Raises BadQuery or IndexUnavailable."""
        buckets = await self._tally(request, self._schema.values(request.dataset, field))
        return {str(key): count for key, count in buckets}

    async def months(self, request: SearchRequest, field: str) -> Mapping[int, int]:
        """Months of a date over the matching records. Raises BadQuery or IndexUnavailable."""
        buckets = await self._tally(request, self._schema.months(request.dataset, field))
        return {int(key): count for key, count in buckets}

    async def get(self, ids: Sequence[str], today: date) -> list[Document | None]:
        """The visible documents of these ids, in the order asked. Raises BadQuery or IndexUnavailable."""
        if len(ids) > _MOST_IDS:
            raise BadQuery("一次取得的记录过多 / too many ids at once")
        asked = sorted({record_id for record_id in ids if _RECORD_ID.fullmatch(record_id)})
        if not asked:
            return [None] * len(ids)
        # A search, as lists are: multi-get takes a missing index or shard for missing documents.
        found = await self._ask(
            lambda client, live: client.search(
                index=live.index,
                query={"ids": {"values": asked}},
                size=len(asked),
                track_total_hits=False,
                allow_partial_search_results=False,
            )
        )
        documents = [hit["_source"][STORED] for hit in found["hits"]["hits"]]
        visible = {d["id"]: d for d in documents if is_visible(d, today)}
        return [visible.get(record_id) for record_id in ids]

    async def state(self) -> IndexState:
        """The state of the live index, as old as its freshness at most. Raises IndexUnavailable."""
        return (await self._live.now()).state

    async def close(self) -> None:
        """Close the connections."""
        await self._live.close()
        await self._client.close()

    async def _tally(
        self, request: SearchRequest, field: IndexField
    ) -> list[tuple[str | int, int]]:
        terms: Query = {"terms": {"field": field.name, "size": VALUES_CAP}}
        found = await self._ask(
            lambda client, live: client.search(
                index=live.index,
                query=compile_request(self._schema, live.state, request),
                size=0,
                track_total_hits=False,
                aggregations={"tally": terms},
                allow_partial_search_results=False,
            )
        )
        buckets = found["aggregations"]["tally"]["buckets"]
        return [(bucket["key"], bucket["doc_count"]) for bucket in buckets]

    async def _ask(self, request: Callable[[AsyncElasticsearch, Live], Awaitable[T]]) -> T:
        """The answer of the live index; asked again when it was replaced meanwhile."""
        live = await self._live.usable()
        try:
            return await self._client.ask(lambda client: request(client, live))
        except IndexGone:
            self._live.forget()
            replaced = await self._live.now()
            return await self._client.ask(lambda client: request(client, replaced))
