"""What one GraphQL request asks for many objects at once: one request of the engine a level, not one an object.

What objects side by side need is collected and asked together, and the same thing only once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from strawberry.dataloader import DataLoader

from api.graphql.errors import ApiError, Code
from search.engine import Document, Engine, Page
from search.finding.found import Found, find_many
from search.query import MAX_PAGE, SUBJECTS, TOTAL_CAP, AnyOf, Order, SearchRequest, Total

_MOST_AT_ONCE = 500
"""Requests in one of the engine: more would keep it from answering others."""
MOST_LISTED = 10_000
"""Entries of lists inside of other objects in one answer, before no other one is begun; a list counts as one."""
_EVERYBODY = "kind"
_EVERY_SUBJECT = "subject_kind"
"""Fields of which each record, or subject, has exactly one value, so that its counts add up to the total."""

BY_NAME = Order("name_order", descending=False)
"""The one order that lists of subjects have."""


class Batches:
    """The batches of one request; made with it, for its event loop. All methods raise SearchError.

    Reads as an engine does (see api.graphql.listing.Reading).
    """

    def __init__(self, engine: Engine, today: date) -> None:
        self._engine, self._today = engine, today
        self._listed = 0
        self._pages = DataLoader(self._search_many, max_batch_size=_MOST_AT_ONCE)
        self._values: dict[str, DataLoader[SearchRequest, Mapping[str, int]]] = {}
        self._documents = DataLoader(self._get, max_batch_size=MAX_PAGE)
        self._subjects = DataLoader(self._by_anchor, max_batch_size=_MOST_AT_ONCE)
        self._found = DataLoader(self._find, max_batch_size=MAX_PAGE)

    async def search(self, request: SearchRequest) -> Page:
        """One page of a list."""
        page = await self._pages.load(request)
        self._listed += len(page.hits)
        return page

    def admit(self) -> None:
        """Count a list inside of an object. Raises ApiError QUERY_TOO_EXPENSIVE when there was too much."""
        self._listed += 1
        if self._listed > MOST_LISTED:
            raise ApiError(
                Code.QUERY_TOO_EXPENSIVE,
                f"各列表内的列表合计多于 {MOST_LISTED} 条",
                f"lists inside of lists have more than {MOST_LISTED} entries together",
                hint="减小 first 或嵌套 / ask for smaller pages, or nest less",
                limit=MOST_LISTED,
            )

    async def count(self, request: SearchRequest) -> Total:
        """How many records match, exact up to TOTAL_CAP."""
        field = _EVERY_SUBJECT if request.dataset == SUBJECTS else _EVERYBODY
        count = sum((await self.values(request, field)).values())
        return Total(min(count, TOTAL_CAP), exact=count <= TOTAL_CAP)

    async def values(self, request: SearchRequest, field: str) -> Mapping[str, int]:
        """How many of the matching records have each value of a counted field."""
        loader = self._values.get(field)
        if loader is None:
            count = partial(self._count_values, field)
            loader = self._values[field] = DataLoader(count, max_batch_size=_MOST_AT_ONCE)
        return await loader.load(SearchRequest(request.dataset, request.today, request.where))

    async def months(self, request: SearchRequest, field: str) -> Mapping[int, int]:
        """How many of the matching records have a day in each month; asked one by one."""
        return await self._engine.months(request, field)

    async def search_many(self, requests: Sequence[SearchRequest]) -> list[Page]:
        """Pages of several lists."""
        return await self._pages.load_many(requests)

    async def find(self, query: str) -> Found:
        """The subjects that a query finds."""
        return await self._found.load(query)

    async def document(self, document_id: str) -> Document | None:
        """The visible document of an id."""
        return await self._documents.load(document_id)

    async def documents(self, ids: Sequence[str]) -> list[Document | None]:
        """The visible documents of several ids, in order."""
        return await self._documents.load_many(ids)

    async def subject(self, anchor: str) -> Document | None:
        """The visible subject that has this anchor, which is an id of it."""
        return await self._subjects.load(anchor)

    async def _search_many(self, requests: list[SearchRequest]) -> Sequence[Page]:
        return await self._engine.search_many(requests)

    async def _count_values(
        self, field: str, requests: list[SearchRequest]
    ) -> Sequence[Mapping[str, int]]:
        return await self._engine.values_many(requests, field)

    async def _get(self, ids: list[str]) -> Sequence[Document | None]:
        documents = await self._engine.get(ids, self._today)
        for document in documents:
            if document is not None and document["dataset"] == SUBJECTS:
                self._subjects.prime_many(dict.fromkeys(anchors_of(document), document))
        return documents

    async def _find(self, queries: list[str]) -> Sequence[Found]:
        return await find_many(self._engine, queries, self._today)

    async def _by_anchor(self, anchors: list[str]) -> Sequence[Document | None]:
        chunks = [anchors[at : at + MAX_PAGE] for at in range(0, len(anchors), MAX_PAGE)]
        asked = SearchRequest(SUBJECTS, self._today, order=BY_NAME, first=MAX_PAGE)
        # An anchor belongs to one subject, so that no chunk finds more than a page.
        requests = [replace(asked, where=AnyOf("anchors", tuple(chunk))) for chunk in chunks]
        found: dict[str, Document] = {}
        for page in await self._engine.search_many(requests):
            for hit in page.hits:
                found |= dict.fromkeys(anchors_of(hit.document), hit.document)
        return [found.get(anchor) for anchor in anchors]


def anchors_of(subject: Document) -> tuple[str, ...]:
    """The anchors of a subject's document."""
    anchors = subject["anchors"]
    return tuple(map(str, anchors)) if isinstance(anchors, list | tuple) else ()
