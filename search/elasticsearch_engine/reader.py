"""Reading: implements search.engine.Engine on the live generation of a cluster."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from records.errors import BadQuery
from search.documents import is_visible
from search.elasticsearch_engine.batches import Answer, answer, answers
from search.elasticsearch_engine.candidates import candidate_search, candidates_in
from search.elasticsearch_engine.clients import reading_client
from search.elasticsearch_engine.cluster import Cluster
from search.elasticsearch_engine.live import LiveIndex
from search.elasticsearch_engine.mapping import STORED, fingerprint
from search.elasticsearch_engine.pages import hits_in, page_in, page_search
from search.elasticsearch_engine.patience import PatientClient
from search.elasticsearch_engine.queries import Query
from search.elasticsearch_engine.tallies import (
    count_in,
    count_search,
    tally_in,
    tally_search,
)
from search.elasticsearch_engine.term_statistics import KeptStatistics
from search.engine import Document, IndexState, Page
from search.plan import Candidate, Plan
from search.query import TOTAL_CAP, SearchRequest, Total
from search.schema import IndexField, IndexSchema
from search.statistics import TermStatistics

_MOST_IDS = 1_000
_RECORD_ID = re.compile(r"[0-9a-v]{1,64}")


class ElasticsearchEngine:
    """One per process; for one event loop, in which it must be closed."""

    def __init__(self, cluster: Cluster, schema: IndexSchema, freshness: float) -> None:
        self._schema = schema
        self._client = PatientClient(reading_client(cluster))
        self._live = LiveIndex(self._client, cluster, fingerprint(schema), freshness)
        self._statistics = KeptStatistics(self._client, self._live)

    async def search(self, request: SearchRequest) -> Page:
        """One page in the request's order. Raises BadQuery or IndexUnavailable."""
        found = await self._ask(lambda state: page_search(self._schema, state, request))
        return page_in(self._schema, found, request)

    async def search_many(self, requests: Sequence[SearchRequest]) -> list[Page]:
        """Several pages in one request, each in its order. Raises BadQuery or IndexUnavailable."""
        found = await self._ask_all(
            lambda state: [page_search(self._schema, state, request) for request in requests]
        )
        pairs = zip(found, requests, strict=True)
        return [page_in(self._schema, answer, request) for answer, request in pairs]

    async def count(self, request: SearchRequest, cap: int = TOTAL_CAP) -> Total:
        """How many records match, capped. Raises BadQuery or IndexUnavailable."""
        found = await self._ask(lambda state: count_search(self._schema, state, request, cap))
        return count_in(found, cap)

    async def values(self, request: SearchRequest, field: str) -> Mapping[str, int]:
        """Values of a counted field over the matching records. Raises BadQuery or IndexUnavailable."""
        index_field = self._schema.values(request.dataset, field)
        found = await self._ask(lambda state: self._tally(state, request, index_field))
        return _values_in(found)

    async def values_many(
        self, requests: Sequence[SearchRequest], field: str
    ) -> list[Mapping[str, int]]:
        """The same of several requests in one of the cluster's. Raises BadQuery or IndexUnavailable."""
        asked = [(request, self._schema.values(request.dataset, field)) for request in requests]
        found = await self._ask_all(lambda state: [self._tally(state, *one) for one in asked])
        return list(map(_values_in, found))

    async def months(self, request: SearchRequest, field: str) -> Mapping[int, int]:
        """Months of a date over the matching records. Raises BadQuery or IndexUnavailable."""
        index_field = self._schema.months(request.dataset, field)
        found = await self._ask(lambda state: self._tally(state, request, index_field))
        return {int(key): count for key, count in tally_in(found)}

    async def candidates(self, plans: Sequence[Plan], today: date) -> list[list[Candidate]]:
        """Of each plan the visible subjects that fit best, in order. Raises IndexUnavailable."""
        # Of a plan that requires nothing there are none; the cluster would take it for everything.
        asked = [plan for plan in plans if plan.required]
        found = iter(
            await self._ask_all(
                lambda state: [candidate_search(plan, state, today) for plan in asked]
            )
        )
        return [candidates_in(next(found)) if plan.required else [] for plan in plans]

    async def statistics(self) -> TermStatistics:
        """What the plans of the live index are made with. Raises IndexUnavailable."""
        return await self._statistics.now()

    async def get(self, ids: Sequence[str], today: date) -> list[Document | None]:
        """The visible documents of these ids, in the order asked. Raises BadQuery or IndexUnavailable."""
        if len(ids) > _MOST_IDS:
            raise BadQuery("一次取得的记录过多 / too many ids at once")
        asked = sorted({record_id for record_id in ids if _RECORD_ID.fullmatch(record_id)})
        if not asked:
            return [None] * len(ids)
        # A search, as lists are: multi-get takes a missing index or shard for missing documents.
        found = await self._ask(
            lambda _state: {
                "query": {"ids": {"values": asked}},
                "size": len(asked),
                "track_total_hits": False,
            }
        )
        documents = [hit["_source"][STORED] for hit in hits_in(found)]
        visible = {d["id"]: d for d in documents if is_visible(d, today)}
        return [visible.get(record_id) for record_id in ids]

    async def state(self) -> IndexState:
        """The state of the live index, as old as its freshness at most. Raises IndexUnavailable."""
        return (await self._live.now()).state

    async def close(self) -> None:
        """Close the connections."""
        await self._statistics.close()
        await self._live.close()
        await self._client.close()

    def _tally(self, state: IndexState, request: SearchRequest, field: IndexField) -> Query:
        return tally_search(self._schema, state, request, field)

    async def _ask(self, search: Callable[[IndexState], Query]) -> Answer:
        """The answer of the live index to one search, made for its state."""
        return await self._live.asked(
            lambda live: self._client.ask(
                lambda client: answer(client, live.index, search(live.state))
            )
        )

    async def _ask_all(self, searches: Callable[[IndexState], Sequence[Query]]) -> list[Answer]:
        """The same of several."""
        return await self._live.asked(
            lambda live: self._client.ask(
                lambda client: answers(client, live.index, searches(live.state))
            )
        )


def _values_in(answer: Answer) -> Mapping[str, int]:
    return {str(key): count for key, count in tally_in(answer)}
