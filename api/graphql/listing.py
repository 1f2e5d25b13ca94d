"""One page of a list and its total, each asked of the engine once and only when selected."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from api.graphql import cursors
from api.graphql.errors import ApiError, Code
from api.graphql.scalars import Cursor
from search.engine import Document, Engine
from search.query import MAX_PAGE, After, SearchRequest, Total

DEFAULT_PAGE = 20


@dataclass(frozen=True, slots=True)
class Rows:
    """A page as the connection shows it: objects and their cursors, in order."""

    nodes: tuple[object, ...]
    cursors: tuple[Cursor, ...]
    has_more: bool

    @property
    def first_cursor(self) -> Cursor | None:
        """Of the first record, None on an empty page."""
        return self.cursors[0] if self.cursors else None

    @property
    def last_cursor(self) -> Cursor | None:
        """Of the last record, None on an empty page."""
        return self.cursors[-1] if self.cursors else None


@dataclass(slots=True)
class Listing:
    """The source object of a connection. `to_node` makes the output object of a document."""

    engine: Engine
    request: SearchRequest
    cursor_key: bytes
    to_node: Callable[[Document], object]
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
            self._total = asyncio.ensure_future(self.engine.count(self.request))
        return await self._total

    async def _search(self) -> Rows:
        page = await self.engine.search(self.request)
        ends = [After(hit.sort_value, str(hit.document["id"])) for hit in page.hits]
        return Rows(
            tuple(self.to_node(hit.document) for hit in page.hits),
            tuple(cursors.encode(self.cursor_key, self.request, end) for end in ends),
            page.has_more,
        )


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
