"""A list as a connection shows it: its page, its total, and what its counts are asked of."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol

from api.graphql import cursors
from api.graphql.errors import ApiError, Code
from api.graphql.scalars import Cursor
from api.graphql.types import Highlight, ScorePart
from search.engine import Document, Page
from search.query import MAX_PAGE, After, SearchRequest, Total

DEFAULT_PAGE = 20


class Reading(Protocol):
    """What a list is read from: an engine, or the batches of one request (api/graphql/batches.py).

    All methods raise SearchError; they are those of search.engine.Engine.
    """

    async def search(self, request: SearchRequest) -> Page:
        """One page."""

    async def count(self, request: SearchRequest) -> Total:
        """How many records match."""

    async def values(self, request: SearchRequest, field: str) -> Mapping[str, int]:
        """How many of them have each value of a field."""

    async def months(self, request: SearchRequest, field: str) -> Mapping[int, int]:
        """How many of them have a day in each month."""


@dataclass(frozen=True, slots=True)
class Match:
    """How well a row fits the query of its list. `name`: the one that a subject was found by."""

    score: float
    name: str | None = None
    highlights: tuple[Highlight, ...] = ()
    explanation: tuple[ScorePart, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One object of a page. `match` is None in a list without a query, and where nothing is said of it."""

    node: object
    cursor: Cursor
    match: Match | None = None


@dataclass(frozen=True, slots=True)
class Rows:
    """A page in order, and whether the list goes on after and before it."""

    rows: tuple[Row, ...]
    has_more: bool
    has_previous: bool

    @property
    def first_cursor(self) -> Cursor | None:
        """Of the first record, None on an empty page."""
        return self.rows[0].cursor if self.rows else None

    @property
    def last_cursor(self) -> Cursor | None:
        """Of the last record, None on an empty page."""
        return self.rows[-1].cursor if self.rows else None


class Listed(Protocol):
    """The source object of every connection. Facets and timelines count what `request` matches."""

    @property
    def reading(self) -> Reading:
        """What counts are asked of."""

    @property
    def request(self) -> SearchRequest:
        """What is listed; its order and page do not matter to counts."""

    async def rows(self) -> Rows:
        """The page. Raises SearchError."""

    async def total(self) -> Total:
        """How many records the list has. Raises SearchError."""


def no_match(_document: Document) -> None:
    """What a list without a query says of how well a document fits."""


@dataclass(slots=True)
class Listing:
    """A list in the order of one field: page and total are asked once, and only when selected.

    `listed`: the fingerprint of its cursors. `to_node` makes the output object of a document, `to_match` says
    how well it fits the query of the list. `limited`: more may match than were looked for.
    """

    reading: Reading
    request: SearchRequest
    cursor_key: bytes
    listed: str
    to_node: Callable[[Document], object]
    to_match: Callable[[Document], Match | None] = no_match
    limited: bool = False
    _rows: asyncio.Task[Rows] | None = field(default=None)
    _total: asyncio.Task[Total] | None = field(default=None)

    async def rows(self) -> Rows:
        """The page. Raises SearchError."""
        if self._rows is None:
            self._rows = asyncio.ensure_future(self._search())
        return await self._rows

    async def total(self) -> Total:
        """How many records the list has. Raises SearchError."""
        if self._total is None:
            self._total = asyncio.ensure_future(self._count())
        return await self._total

    async def _count(self) -> Total:
        total = await self.reading.count(self.request)
        return replace(total, exact=total.exact and not self.limited)

    async def _search(self) -> Rows:
        page = await self.reading.search(self.request)
        rows = []
        for hit in page.hits:
            after = After(hit.sort_value, str(hit.document["id"]), hit.sort_text)
            cursor = cursors.encode(self.cursor_key, self.listed, after)
            rows.append(Row(self.to_node(hit.document), cursor, self.to_match(hit.document)))
        return Rows(tuple(rows), page.has_more, self.request.after is not None)


def checked_size(argument: str, given: int | None, default: int) -> int:
    """How many records or buckets are asked for: 1..100, the default when not given.

    Raises ApiError BAD_PAGE_SIZE.
    """
    size = default if given is None else given
    if not 1 <= size <= MAX_PAGE:
        raise ApiError(
            Code.BAD_PAGE_SIZE,
            f"{argument} 须在 1 至 {MAX_PAGE} 之间",
            f"{argument} must lie between 1 and {MAX_PAGE}",
            limit=MAX_PAGE,
        )
    return size
